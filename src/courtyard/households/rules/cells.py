"""What one cell of a clerk's file says: a value, or a Problem that names why it cannot be read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from courtyard.kernel.glyphs import named, unprintable
from courtyard.kernel.paths import chinese_number
from courtyard.kernel.problems import Problem

MOST_PEOPLE = 50
LONGEST_NAME = 40
LONGEST_CODE = 30
LONGEST_BAY = 40
LONGEST_DOOR = 80
MOST_GROUPS = 199


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that is neither text nor number: formula, date, error, yesno, identity (an ID number, never kept)."""

    kind: Literal["formula", "date", "error", "yesno", "identity"]
    text: str = ""


_ODD = {
    "formula": "households.formula_cell",
    "date": "households.date_cell",
    "error": "households.error_cell",
    "yesno": "households.yesno_cell",
    "identity": "households.identity_cell",
}
Cell = str | float | Odd

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_PLAIN_NAME = re.compile("[\u4e00-\u9fa5]{2,4}")
_NAME = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇A-Za-z·' .\-]+")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇·"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) +| +(?=[{_HAN}])")
_DOTS = str.maketrans(dict.fromkeys("•‧・∙⋅●・᛫", "·"))
_NO_NAME = frozenset({"无", "空", "空户", "同上", "待定", "不详", "无名", "未知", "未填", "暂无", "无户主"})
_CODE = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_NO_PHONE = frozenset(
    {"无", "没有", "无电话", "暂无", "无手机", "没电话", "空", "-", "--", "—", "——", "/", "\\", "不详"}
)
_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"0[0-9]{9,11}|[2-8][0-9]{6,7}")
_PHONE_MARKS = re.compile(r"[\s\-()._]+")
_GROUP = re.compile(
    r"(?:.*?(?:村|社区))?第?([0-9]{1,3}|[零〇一二两三四五六七八九十]{1,3})(?:村民|居民)?(?:小组|组|生产队|队)?"
)
_NAMED_GROUP = re.compile("[\u4e00-\u9fff]{1,8}组")
_ONLY_NUMBER = re.compile("第?[零〇一二两三四五六七八九十百]+组")
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_NO_GROUP = frozenset({"无组", "本组", "各组", "全组", "同组", "村组", "小组", "几组", "每组"})
_IDENTITY = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]")


def is_identity(text: str) -> bool:
    """Whether a text is an ID number of 18 places; such a cell is never kept wherever it stands."""
    return len(text) >= 18 and _IDENTITY.fullmatch("".join(text.split())) is not None


def plain(text: str) -> str:
    """A cell's text with full width made narrow and marks nobody sees taken out (ZWSP, BOM, quote prefix)."""
    text = text.strip() if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()
    return text[1:].strip() if text.startswith("'") else text


_printing: set[str] = set()


def _lost(text: str) -> str:
    """The characters no font prints; those found to print are remembered."""
    if _printing.issuperset(text):
        return ""
    lost = unprintable(text)
    if not lost:
        _printing.update(text)
    return lost


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    return isinstance(cell, str) and not plain(cell)


def _odd(cell: Odd, field: str) -> Problem:
    return Problem(_ODD[cell.kind], {"field": field})


def is_plain_code(cell: Cell) -> bool:
    """Whether a cell is a 户编号 as code_in gives it back, letter by letter."""
    return isinstance(cell, str) and len(cell) <= LONGEST_CODE and _CODE.fullmatch(cell) is not None


def is_plain_name(cell: Cell) -> bool:
    """Whether a cell is a short Chinese name as name_in gives it back."""
    return (
        isinstance(cell, str)
        and _PLAIN_NAME.fullmatch(cell) is not None
        and cell not in _NO_NAME
        and _printing.issuperset(cell)
    )


def is_plain_phone(cell: Cell) -> bool:
    """Whether a cell is a mobile's eleven digits."""
    return isinstance(cell, str) and len(cell) == 11 and cell.isascii() and cell.isdigit() and "13" <= cell[:2] <= "19"


def name_in(cell: Cell) -> str | Problem:
    """The head's name: blanks inside Chinese names go, · stays; every character must print."""
    if isinstance(cell, str) and _PLAIN_NAME.fullmatch(cell) and cell not in _NO_NAME:
        lost = _lost(cell)
        return cell if not lost else Problem("households.name_unprintable", {"characters": named(lost)})
    if isinstance(cell, Odd):
        return _odd(cell, "户主姓名")
    if not isinstance(cell, str):
        return Problem("households.name_is_number")
    text = " ".join(plain(cell).translate(_DOTS).split())
    text = _BETWEEN_HAN.sub("", text)
    if not text or text in _NO_NAME:
        return Problem("households.no_name")
    strange = "".join(dict.fromkeys(letter for letter in text if not _NAME.fullmatch(letter)))
    lost = unprintable(
        "".join(letter for letter in strange if unicodedata.category(letter) in ("Co", "Cn", "So", "Lo"))
    )
    if lost or (lost := unprintable("".join(letter for letter in text if letter not in strange))):
        return Problem("households.name_unprintable", {"characters": named(lost)})
    if strange:
        return Problem("households.name_unfit", {"characters": strange})
    if len(text) == 1:
        return Problem("households.name_too_short", {"name": text})
    if len(text) > LONGEST_NAME:
        return Problem("households.name_too_long", {"most": LONGEST_NAME})
    return text


def code_in(cell: Cell) -> str | Problem:
    """A 户编号 as text (D2); a number cell is refused, since its leading zeros are gone."""
    if isinstance(cell, Odd):
        return _odd(cell, "户编号")
    if not isinstance(cell, str):
        return Problem("households.code_is_number", {"value": _shown(cell)})
    text = "".join(plain(cell).split())
    if not text:
        return Problem("households.no_code")
    if _CODE.fullmatch(text) is None:
        if _SCIENTIFIC.fullmatch(text):
            return Problem("households.code_scientific", {"value": text})
        return Problem("households.code_unfit")
    if len(text) > LONGEST_CODE:
        return Problem("households.code_too_long", {"most": LONGEST_CODE})
    return text


def people_in(cell: Cell) -> int | Problem:
    """How many live in the household: 1 to 50, as 4, ４, 4人, 四口."""
    if isinstance(cell, Odd):
        return _odd(cell, "家庭人口")
    if isinstance(cell, str):
        text = "".join(plain(cell).split())
        if not text:
            return Problem("households.no_people")
        text = re.sub(r"(?:口人|个人|人|口)$", "", text)
        if _NUMBER.fullmatch(text.replace("−", "-")):
            number = float(text.replace("−", "-")) if len(text) < 16 else 1e9
        else:
            words = chinese_number(text)
            if words is None:
                return Problem("households.people_not_number")
            number = float(words)
    else:
        number = cell
    if number <= 0:
        return Problem("households.people_not_positive")
    if number != int(number):
        return Problem("households.people_not_whole")
    if number > MOST_PEOPLE:
        return Problem("households.people_too_many", {"most": MOST_PEOPLE})
    return int(number)


def phone_in(cell: Cell) -> str | None | Problem:
    """A phone as digits only: a mobile of 11, or a landline with or without its area code; empty and 无 are none."""
    if is_plain_phone(cell):
        return cell  # type: ignore[return-value]
    if isinstance(cell, Odd):
        return _odd(cell, "联系电话")
    if isinstance(cell, str):
        text = plain(cell).replace("−", "-").replace("—", "-").replace("–", "-")
        if not text or text in _NO_PHONE or plain(cell) in _NO_PHONE:
            return None
        if _SCIENTIFIC.fullmatch(text):
            return Problem("households.phone_scientific")
        text = text[:-2] if text.endswith(".0") else text
    else:
        if cell != int(cell) or not 0 < cell < 1e15:
            return Problem("households.phone_unfit")
        text = str(int(cell))
    parts = [part for part in re.split(r"[/、,;，；\n]+| 或 ?", text) if part.strip()]
    if len(parts) > 1 and all(len(re.sub(r"\D", "", part)) >= 7 for part in parts):
        return Problem("households.phone_two")
    digits = _PHONE_MARKS.sub("", text)
    if found := _MOBILE.fullmatch(digits):
        return found[1]
    if _LANDLINE.fullmatch(digits):
        return digits
    return Problem("households.phone_unfit")


@lru_cache(maxsize=8192)
def _group(text: str) -> str | Problem:
    bare = "".join(plain(text).split())
    if not bare:
        return Problem("households.no_group")
    if found := _GROUP.fullmatch(bare) or _GROUP.fullmatch(bare.translate(_FORMAL)):
        number = chinese_number(found[1])
        if number is not None and 1 <= number <= MOST_GROUPS:
            return str(number)
        return Problem("households.group_unfit", {"text": bare[:12]})
    if (
        _NAMED_GROUP.fullmatch(bare)
        and bare not in _NO_GROUP
        and not _ONLY_NUMBER.fullmatch(bare)
        and not unprintable(bare)
    ):
        return bare
    return Problem("households.group_unfit", {"text": bare[:12]})


def group_in(cell: Cell) -> str | Problem:
    """A villagers' group: "29" for 二十九组, 29组, 第29村民小组, 29; a group with a name keeps it (桂花组)."""
    if isinstance(cell, Odd):
        return _odd(cell, "组别")
    return _group(cell if isinstance(cell, str) else _shown(cell))


def words_in(cell: Cell, field: str, most: int) -> str | Problem:
    """A bay's name or a door's address; '' where nothing is written."""
    if cell == "":
        return ""
    if isinstance(cell, Odd):
        return _odd(cell, field)
    text = " ".join(plain(cell if isinstance(cell, str) else _shown(cell)).split())
    if len(text) > most:
        return Problem("kernel.too_long", {"field": field, "most": most, "length": len(text)})
    if not text.isprintable() and any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        return Problem("kernel.unfit_character", {"field": field})
    if lost := _lost(text):
        return Problem("households.words_unprintable", {"field": field, "characters": named(lost)})
    return text


def _shown(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)
