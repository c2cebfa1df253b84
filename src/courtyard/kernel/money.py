"""Amounts of money: whole fen inside, yuan for people to read and to type."""

from __future__ import annotations

import re

_TYPED = re.compile(r"[0-9]{1,9}([.][0-9]{1,2})?", re.ASCII)


def yuan(fen: int) -> str:
    """An amount in fen as yuan, without needless zeros: 120000 → '1200', 1250 → '12.50'."""
    return str(fen // 100) if fen % 100 == 0 else f"{fen // 100}.{fen % 100:02d}"


def fen_of(text: str) -> int | None:
    """The fen of yuan typed in plain digits with at most two places (2, 2.5, 2.50); None for anything else."""
    text = text.strip(" \t\r\n")
    if not _TYPED.fullmatch(text):
        return None
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or "0")
