"""Which village a sheet is about, and how places an import needs are coded. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import lru_cache

_VILLAGE = re.compile("[\u3400-\u9fff]{1,17}(?:村|社区|居委会|村委会|居民委员会|村民委员会|林场|农场)")


def looks_like_village(name: str) -> bool:
    """Whether a sheet's name is a village's (小河沟村), so that the village may be made; 花名册 and Sheet1 are not."""
    return _VILLAGE.fullmatch(name) is not None and not name.endswith(("全村", "各村"))


def same_village(sheet: str, names: Iterable[str]) -> str | None:
    """The village among `names` that a sheet's name means, with or without 村."""
    bare = _bare(sheet)
    return next((name for name in names if _bare(name) == bare), None)


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    text = "".join(name.split())
    return re.sub(r"(?:村民委员会|村委会|村)$", "", text) or text


def group_name(group: str) -> str:
    """What a group's place is called: 1组, 桂花组."""
    return f"{group}组" if group.isdigit() else group


def group_code(group: str, taken: Set[str]) -> str:
    """The code of a new group: G01 for group 1; groups with names take N01, N02 …"""
    if group.isdigit():
        wanted = f"G{int(group):02d}"
        if wanted not in taken:
            return wanted
    return next(code for code in (f"N{number:02d}" for number in range(1, 1000)) if code not in taken)


def village_code(taken: Set[str]) -> str:
    """The code of a village that an import makes: the first two digits free in its town."""
    return next(code for code in (f"{number:02d}" for number in range(1, 1000)) if code not in taken)


def group_order(group: str) -> int:
    """Numbered groups stand in order of number, named ones after them."""
    return int(group) if group.isdigit() else 1000
