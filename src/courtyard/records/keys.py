"""Secrets outside database and backups (D16): var/keys.toml, mode 0600, each with a key id. No Django here."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path

NAMES = ("django", "phone", "phone_index", "pin", "extract")


@dataclass(frozen=True)
class Key:
    """A secret of 32 bytes and the short id stored beside what it sealed."""

    id: str
    secret: bytes


class KeysMissing(SystemExit):
    """The keys file is not there and this profile does not make its own."""


def _write(path: Path, seed: str | None) -> None:
    lines = ["# Secrets of this installation. Keep a copy apart from the backups; without it phones cannot be read.\n"]
    for name in NAMES:
        secret = (
            hashlib.sha256(f"{seed}/{name}".encode()).digest() if seed and name != "django" else secrets.token_bytes(32)
        )
        lines.append(f'[{name}]\nid = "{name[0]}1"\nsecret = "{base64.b64encode(secret).decode()}"\n')
    temporary = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(lines))
        file.flush()
        os.fsync(file.fileno())
    try:
        # Two first commands at once: whoever comes second takes the first one's keys.
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink()


def make_keys(var: Path, *, seed: str | None = None) -> Path:
    """Make `var/keys.toml` where there is none (from `seed` in the demonstration); returns its path."""
    path = var / "keys.toml"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        _write(path, seed)
    return path


def read_keys(var: Path) -> dict[str, Key]:
    """The keys by name. Raises KeysMissing with what to do."""
    path = var / "keys.toml"
    if not path.exists():
        raise KeysMissing(f"没有找到密钥文件 {path}。请先运行 courtyard make_keys,并把它另外保存一份。")
    found = tomllib.loads(path.read_text())
    return {name: Key(found[name]["id"], base64.b64decode(found[name]["secret"])) for name in NAMES}


def django_secret(var: Path, *, make: bool) -> str:
    """Django's own key; made with the rest where `make`."""
    if make:
        make_keys(var)
    elif not (var / "keys.toml").exists():
        return secrets.token_urlsafe(50)  # only make_keys runs without keys; serve refuses (ops)
    return read_keys(var)["django"].secret.hex()


_kept: dict[str, dict[str, Key]] = {}


def key(name: str) -> Key:
    """The key of this name for the running installation (read once a process)."""
    from django.conf import settings

    var = str(settings.VAR)
    if var not in _kept:
        _kept[var] = read_keys(Path(var))
    return _kept[var][name]


def forget() -> None:
    """Read the keys anew at next use (after the demonstration made its own)."""
    _kept.clear()
