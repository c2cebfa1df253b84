"""A name's pinyin initials for search (zsf finds 张淑芬): by table, surnames read as surnames (单 is shàn)."""

from __future__ import annotations

import unicodedata
from functools import cache

from pypinyin.constants import PINYIN_DICT

# Characters whose reading as a surname begins with another letter than their usual one.
SURNAMES = {
    "曾": "z", "单": "s", "仇": "q", "解": "x", "查": "z", "区": "o", "翟": "z", "种": "c", "乐": "y", "秘": "b", "折": "s",
    "召": "s", "覃": "q", "繁": "p", "乜": "n", "祭": "z", "句": "g", "郇": "x", "隗": "w", "藏": "z", "么": "y", "调": "t",
    "颉": "x", "阚": "k",
}  # fmt: skip
DOUBLE_SURNAMES = {"尉迟": "yc", "万俟": "mq", "单于": "cy", "长孙": "zs", "澹台": "tt"}


@cache
def _letter(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    reading = PINYIN_DICT.get(ord(character), "").split(",")[0]
    bare = unicodedata.normalize("NFD", reading)[:1].lower()
    return bare if bare.isascii() else ""


def initials(name: str) -> str:
    """The first letters of a name's characters; characters without a reading are left out."""
    if name[:2] in DOUBLE_SURNAMES:
        return DOUBLE_SURNAMES[name[:2]] + "".join(map(_letter, name[2:]))
    first = SURNAMES.get(name[:1]) or "".join(map(_letter, name[:1]))
    return first + "".join(map(_letter, name[1:]))
