"""Which row of a clerk's sheet is the heading, and what each of its columns holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Headings stand somewhere above the first household: titles, "填报人" lines and blanks come before them.
SEARCHED_ROWS = 30
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "identity": (
        "身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号码", "证件号", "证件号码", "户主身份证号",
        "户主身份证号码", "户主身份证", "身份证编号", "居民身份证号码", "身份号码",
    ),
    "seq": ("序号", "序", "序列", "行号", "no", "顺序号", "流水号"),
    "code": (
        "户编号", "户编码", "农户编号", "农户编码", "户号", "编号", "编码", "家庭编号", "家庭编码", "农户号",
        "住户编号", "户主编号",
    ),
    "name": ("户主姓名", "户主", "户主名", "户主名字", "姓名", "户名", "农户姓名", "农户", "农户户主", "名字"),
    "people": (
        "家庭人口", "家庭人口数", "家庭人数", "户籍人口", "人口数", "人口", "人数", "户籍人数", "家庭成员数", "总人口",
        "在册人口", "常住人口", "常住人数", "人口总数",
    ),
    "phone": (
        "联系电话", "电话", "电话号码", "手机号", "手机号码", "手机", "户主电话", "联系方式", "户主联系电话",
        "联系电话号码", "户主手机号", "户主手机", "移动电话", "联络电话",
    ),
    "group": (
        "村民小组", "组别", "小组", "组", "组号", "所在组", "所属组", "村民组", "所在小组", "所属小组", "组名", "居民小组",
        "所在村民小组", "所属村民小组", "小组名称", "村组",
    ),
    "bay": ("湾", "自然湾", "湾子", "湾名", "自然村", "塆", "塆子", "自然塆", "湾组", "所在湾", "屋场", "自然村湾"),
    "door": ("门牌", "门牌号", "地址", "住址", "家庭住址", "家庭地址", "详细地址", "门牌号码", "居住地址", "房屋地址"),
    "village": ("村", "行政村", "村名", "所在村", "村名称", "所属村", "村社区", "行政村名称", "村别"),
    "remark": ("备注", "附注", "说明", "备考", "家庭情况", "居住情况", "居住状况", "特殊情况", "住房情况", "情况说明"),
}  # fmt: skip
_EXACT = {word: (kind, place) for kind, words in _SYNONYMS.items() for place, word in enumerate(words)}
# Where no word fits exactly: the first of these found inside the heading. Identity comes first, so that it never leaks.
_INSIDE = (
    ("身份证", "identity"), ("证件号", "identity"), ("户编", "code"), ("户号", "code"), ("备注", "remark"),
    ("电话", "phone"), ("手机", "phone"), ("家庭人", "people"), ("户主姓名", "name"), ("村民小组", "group"),
    ("门牌", "door"),
)  # fmt: skip
_NOT_THE_HOUSEHOLD = re.compile(
    r"组长|联系人|包保|包户|包组|干部|网格|成员|配偶|子女|与户主|填报|经办|负责人|审核|监护"
)
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】|<[^>]*>")
_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading's last row (1-based), column (0-based) by kind, remark and identity columns."""

    row: int
    columns: Mapping[str, int]
    remarks: tuple[int, ...] = ()
    identities: tuple[int, ...] = ()


@lru_cache(maxsize=4096)
def kind_of(heading: str) -> tuple[str, int] | None:
    """What a heading's text names and how plainly (0 is plainest), or None where it is none of ours."""
    text = unicodedata.normalize("NFKC", heading).lower()
    text = _NOISE.sub("", _BRACKETED.sub("", text))
    if not text or len(text) > 16:
        return None
    if text in _EXACT:
        return _EXACT[text]
    if "身份证" in text or "证件号" in text:
        return "identity", 50
    if _NOT_THE_HOUSEHOLD.search(text):
        return None
    return next(((kind, 50) for part, kind in _INSIDE if part in text), None)


def _read(row: int, texts: Sequence[str]) -> Headings | None:
    best: dict[str, tuple[int, int]] = {}
    remarks, identities = [], []
    for column, text in enumerate(texts):
        found = kind_of(text) if text else None
        if found is None:
            continue
        kind, plainness = found
        if kind == "remark":
            remarks.append(column)
        elif kind == "identity":
            identities.append(column)
        elif kind not in best or plainness < best[kind][0]:
            best[kind] = (plainness, column)
    columns = {kind: column for kind, (_, column) in best.items()}
    # A heading names the head and at least two things more; a sentence in a title never does.
    if "name" not in columns or len(columns) < 3:
        return None
    return Headings(row, columns, tuple(remarks), tuple(identities))


def _texts(row: Sequence[object]) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in row]


def find_headings(rows: Sequence[tuple[int, Sequence[object]]]) -> Headings | None:
    """The heading among the first rows of a sheet, or None. `rows`: (1-based row number, cells).

    A heading of two rows (户主 over 姓名 and 电话) is read as one: the lower text counts where it says something.
    """
    best: Headings | None = None
    for place, (row, cells) in enumerate(rows[:SEARCHED_ROWS]):
        upper = _texts(cells)
        candidates = [_read(row, upper)]
        if place + 1 < min(len(rows), SEARCHED_ROWS):
            below_row, below_cells = rows[place + 1]
            lower = _texts(below_cells)
            width = max(len(upper), len(lower))
            upper += [""] * (width - len(upper))
            lower += [""] * (width - len(lower))
            both = [low if low and kind_of(low) else up for up, low in zip(upper, lower, strict=True)]
            if both != upper and sum(1 for text in lower if text and kind_of(text)) >= 2:
                candidates.append(_read(below_row, both))
        for found in candidates:
            if found and (best is None or _weight(found) > _weight(best)):
                best = found
    return best


def _weight(found: Headings) -> int:
    return len(found.columns) + len(found.identities) + (1 if found.remarks else 0)


def is_heading_again(cells: Sequence[object], headings: Headings) -> bool:
    """Whether a row below repeats the heading (printed pages do)."""
    texts = _texts(cells)
    same = 0
    for kind, column in headings.columns.items():
        if column < len(texts) and texts[column]:
            found = kind_of(texts[column])
            same += bool(found and found[0] == kind)
    return same >= 3
