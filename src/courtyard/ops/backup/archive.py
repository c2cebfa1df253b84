"""The archive: a compressed tar whose last member, the manifest, names every other with its SHA-256."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from courtyard.ops.backup.sealing import Damaged, Opener, Sealer, is_sealed

MANIFEST = "manifest.json"
FORMAT = 1
PART = 1 << 20
TRAILER = b"\nCOURTYARD-SHA256 "
TRAILER_BYTES = len(TRAILER) + 65


class PasswordWanted(Exception):
    """The archive is sealed and no password was given."""


@contextmanager
def writing(path: Path, password: str) -> Iterator[tarfile.TarFile]:
    """A tar stream into `path`, sealed where there is a password; on leaving, all of it is on the disk."""
    with ExitStack() as stack:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        file = stack.enter_context(os.fdopen(handle, "wb"))
        target: IO[bytes] = file
        if password:
            target = cast(IO[bytes], stack.enter_context(Sealer(file, password)))
        packed = stack.enter_context(gzip.GzipFile(fileobj=target, mode="wb", compresslevel=3, mtime=0))
        yield stack.enter_context(tarfile.open(fileobj=packed, mode="w|"))
    with path.open("r+b") as again:
        if not password:
            seal = _seal(again, path.stat().st_size)
            again.seek(0, os.SEEK_END)
            again.write(seal)
            again.flush()
        os.fsync(again.fileno())


def _seal(file: IO[bytes], size: int) -> bytes:
    """The last line of an archive without a password: the SHA-256 of everything before it (gzip reads past it)."""
    file.seek(0)
    seal = hashlib.sha256()
    while size and (part := file.read(min(PART, size))):
        seal.update(part)
        size -= len(part)
    return TRAILER + seal.hexdigest().encode() + b"\n"


class _Hashing:
    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.seal = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self._source.read(size)
        self.seal.update(part)
        return part


def put(tar: tarfile.TarFile, name: str, source: Path) -> dict[str, Any]:
    """Add a file as this member; returns what the manifest says of it."""
    size = source.stat().st_size
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    with source.open("rb") as file:
        hashing = _Hashing(file)
        tar.addfile(info, cast(IO[bytes], hashing))
    return {"sha256": hashing.seal.hexdigest(), "bytes": size}


def put_manifest(tar: tarfile.TarFile, manifest: Mapping[str, Any]) -> None:
    """Add the manifest: the last member."""
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(text), 0o600
    tar.addfile(info, io.BytesIO(text))


def extract(path: Path, folder: Path, password: str) -> dict[str, Any]:
    """Unpack the archive into `folder`, every member's hash compared; returns the manifest.

    Raises Damaged (cut, altered, wrong password, no archive of ours) and PasswordWanted.
    """
    try:
        with path.open("rb") as file:
            sealed = is_sealed(file)
            if sealed and not password:
                raise PasswordWanted
            source = cast(IO[bytes], io.BufferedReader(Opener(file, password), PART)) if sealed else _open(file)
            with gzip.GzipFile(fileobj=source, mode="rb") as packed:
                found, manifest = _unpack(cast(IO[bytes], packed), folder)
                while packed.read(PART):  # to the end, so that the stream's own check sum is compared
                    pass
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise Damaged(str(error)) from error
    if manifest is None:
        raise Damaged("no manifest")
    if manifest.get("format") != FORMAT or manifest.get("members") != found:
        raise Damaged("manifest")
    return manifest


def _open(file: IO[bytes]) -> IO[bytes]:
    """The stream of an archive without a password, once its last line agrees with all before it. Raises Damaged."""
    size = file.seek(0, os.SEEK_END) - TRAILER_BYTES
    file.seek(max(size, 0))
    if size <= 0 or file.read() != _seal(file, size):
        raise Damaged("sum")
    file.seek(0)
    return cast(IO[bytes], _Bounded(file, size))


class _Bounded:
    """A file up to `left` bytes."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self._file, self._left = file, left

    def read(self, size: int = -1) -> bytes:
        part = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(part)
        return part


def _unpack(packed: IO[bytes], folder: Path) -> tuple[dict[str, Any], dict[str, Any] | None]:
    found: dict[str, Any] = {}
    manifest = None
    with tarfile.open(fileobj=packed, mode="r|") as tar:
        for member in tar:
            source = tar.extractfile(member) if member.isfile() else None
            if source is None or manifest is not None or not _ours(member.name):
                raise Damaged(f"member {member.name}")
            if member.name == MANIFEST:
                manifest = json.loads(source.read(1 << 26))
                continue
            found[member.name] = _copy(source, folder / member.name)
    return found, manifest


def _ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if ".." in parts or name.startswith("/") or name != str(PurePosixPath(name)):
        return False
    return len(parts) == 1 or parts[0] == "files"


def _copy(source: IO[bytes], target: Path) -> dict[str, Any]:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    seal, size = hashlib.sha256(), 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while part := source.read(PART):
            seal.update(part)
            size += len(part)
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    return {"sha256": seal.hexdigest(), "bytes": size}
