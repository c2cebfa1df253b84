"""Writing prints where a command was told to: whole or not at all, numbered where one file is not enough."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError


def put(out: Path, content: bytes) -> Path:
    """Write the file in one step. Raises CommandError."""
    new = out.with_name(out.name + ".part")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(out)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise CommandError(f"「{out}」没有写成:{error.strerror or error}。") from error
    return out


def numbered(out: Path, contents: Iterable[bytes]) -> list[Path]:
    """The first content under the name itself, the next as NAME-2, NAME-3 …"""
    return [
        put(out if n == 1 else out.with_name(f"{out.stem}-{n}{out.suffix}"), content)
        for n, content in enumerate(contents, 1)
    ]


def must_end(out: Path, *ends: str) -> None:
    """Refuse, before anything is done, an output whose name does not say what it will be or whose folder cannot take
    it. Raises CommandError."""
    if out.suffix.lower() not in ends:
        raise CommandError(f"「{out.name}」请以 {' 或 '.join(ends)} 结尾。")
    if out.is_dir():
        raise CommandError(f"「{out}」是一个文件夹。请写一个文件名;什么都没有办。")
    if not out.parent.is_dir():
        raise CommandError(f"没有文件夹「{out.parent}」。请先建好,或写到别处;什么都没有办。")
    if not os.access(out.parent, os.W_OK):
        raise CommandError(f"文件夹「{out.parent}」不能写。请换一个地方;什么都没有办。")
