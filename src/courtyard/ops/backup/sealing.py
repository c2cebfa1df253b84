"""A stream under a password: AES-256-GCM over chunks of one MiB, the key by scrypt; a cut or a flipped bit is refused."""

from __future__ import annotations

import hashlib
import io
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from courtyard.kernel.ids import random_bytes

MAGIC = b"COURTYARD-SEALED-1\n"
CHUNK = 1 << 20
COST = 1 << 15


class Damaged(Exception):
    """The archive is cut, altered, or the password is another."""


def _cipher(password: str, salt: bytes) -> AESGCM:
    return AESGCM(hashlib.scrypt(password.encode(), salt=salt, n=COST, r=8, p=1, maxmem=1 << 27, dklen=32))


class Sealer(io.RawIOBase):
    """Writes what it is given as sealed chunks; only `close` writes the last one, without which nothing opens."""

    def __init__(self, target: IO[bytes], password: str) -> None:
        self._target = target
        salt = random_bytes(16)
        self._cipher = _cipher(password, salt)
        self._number = 0
        self._buffer = bytearray()
        target.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._buffer += data
        while len(self._buffer) > CHUNK:
            self._put(bytes(self._buffer[:CHUNK]), b"more")
            del self._buffer[:CHUNK]
        return len(data)

    def _put(self, text: bytes, kind: bytes) -> None:
        sealed = self._cipher.encrypt(self._number.to_bytes(12, "big"), text, kind)
        self._number += 1
        self._target.write(len(sealed).to_bytes(4, "big") + sealed)

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._buffer), b"last")
            super().close()


class Opener(io.RawIOBase):
    """Reads sealed chunks. Raises Damaged."""

    def __init__(self, source: IO[bytes], password: str) -> None:
        self._source = source
        if source.read(len(MAGIC)) != MAGIC:
            raise Damaged("not sealed")
        self._cipher = _cipher(password, source.read(16))
        self._number = 0
        self._left = b""
        self._over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._left and not self._over:
            self._left = self._next()
        part = self._left[: len(buffer)]
        buffer[: len(part)] = part
        self._left = self._left[len(part) :]
        return len(part)

    def _next(self) -> bytes:
        length = int.from_bytes(self._source.read(4), "big")
        sealed = self._source.read(length) if 16 <= length <= CHUNK + 16 else b""
        if not sealed or len(sealed) != length:
            raise Damaged("cut")
        # The last chunk is the one nothing follows; its seal says so too.
        following = self._source.read(1)
        if following:
            self._source.seek(-1, io.SEEK_CUR)
        self._over = not following
        try:
            text = self._cipher.decrypt(self._number.to_bytes(12, "big"), sealed, b"last" if self._over else b"more")
        except InvalidTag:
            raise Damaged("seal") from None
        self._number += 1
        return text


def is_sealed(source: IO[bytes]) -> bool:
    """Whether the stream begins as a sealed one; it stands where it stood."""
    found = source.read(len(MAGIC)) == MAGIC
    source.seek(0)
    return found
