"""A clerk's sheets read as households: rows taken, cells refused, rows skipped. Pure; nothing is guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from courtyard.households.rules import cells as read
from courtyard.households.rules.cells import Cell, Odd
from courtyard.households.rules.headings import Headings, is_heading_again
from courtyard.households.rules.remarks import Meaning, meaning_of
from courtyard.households.rules.states import CareKind, Living
from courtyard.households.rules.villages import looks_like_village, same_village
from courtyard.kernel.problems import Problem

FIELDS = {
    "group": "组别",
    "code": "户编号",
    "name": "户主姓名",
    "people": "家庭人口",
    "phone": "联系电话",
    "bay": "湾",
    "door": "门牌",
}
NEEDED = ("group", "code", "name", "people")
LONGEST_GAP = 1000
_TOTAL = re.compile(r"(?:小计|合计|总计|共计|累计|总户数|总人数|合計|小計)[::]?|共[\d一二三四五六七八九十百]+户.{0,12}")
_COUNTS = re.compile("[计計共总]")
_NOTE = re.compile(
    r"^(?:说明|备注|注|填报|填表|制表|审核|审批|负责人|单位|联系人|日期|时间|盖章|签字|签名|第.{1,4}页|共.{1,4}页|村支书|\d{4}年)"
)
_GROUP_INSIDE = re.compile(r"第?([0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:村民|居民)?小?组")
_SECTION = re.compile(r"组$|小组|队$")
NOTHING_SAID = Meaning()
_PEOPLE: dict[Cell, int] = {number: number for number in range(1, read.MOST_PEOPLE + 1)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as opened: `rows` are (1-based row number, cells), wholly blank rows left out."""

    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]] = ()
    headings: Headings | None = None
    hidden: bool = False
    identities: int = 0
    hidden_rows: int = 0


class Taken(NamedTuple):
    """A row that was understood: a household as the clerk's file gives it."""

    sheet: str
    row: int
    group: str
    code: str
    name: str
    people: int
    phone: str | None
    bay: str = ""
    door: str = ""
    care: tuple[CareKind, ...] = ()
    living: Living = Living.LIVED_IN


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell that keeps its row out: `cell` as the clerk's program names it (C30)."""

    sheet: str
    row: int
    cell: str
    problem: Problem


@dataclass(frozen=True)
class Interpretation:
    """Every row of every visible sheet is in exactly one of taken, refused, skipped; row None is a whole sheet."""

    taken: list[Taken] = field(default_factory=list)
    refused: list[RefusedCell] = field(default_factory=list)
    skipped: list[tuple[str, int | None]] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    # Codes that stand in refused rows: such a household is not asked about as vanished.
    mentioned: dict[str, set[str]] = field(default_factory=dict)


def column_letters(column: int) -> str:
    """A, B … Z, AA … for a 0-based column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def interpret(sheets: Iterable[Sheet], *, one_village: bool = False, village: str = "") -> Interpretation:
    """Read all sheets. `one_village`: every sheet belongs to the same village, so a code may stand only once in all.

    `village` is that village's name where it is known; else a sheet's own name is, if it is a village's. A row whose
    village column names another one is refused.
    """
    found = Interpretation()
    seen: dict[str, tuple[str, int]] = {}
    for sheet in sheets:
        if sheet.hidden or sheet.headings is None:
            found.skipped.append((sheet.name, None))
            found.notes.append(
                Problem("households.hidden_sheet" if sheet.hidden else "households.no_heading", {"sheet": sheet.name})
            )
            continue
        target = village or (sheet.name if not one_village and looks_like_village(sheet.name) else "")
        _SheetReader(sheet, sheet.headings, found, seen if one_village else {}, target).read()
        if sheet.identities:
            found.notes.append(Problem("households.identities_dropped", {"sheet": sheet.name}))
        if sheet.hidden_rows:
            found.notes.append(Problem("households.hidden_rows", {"sheet": sheet.name, "rows": sheet.hidden_rows}))
    return found


class _PlainRows:
    """Reads the rows that hold nothing unusual, as most do, at a fraction of the cost; the rest is _SheetReader's."""

    def __init__(self, sheet: str, headings: Headings) -> None:
        columns = headings.columns
        self.sheet, self.remarks = sheet, headings.remarks
        self.able = all(kind in columns for kind in NEEDED)
        self.where = tuple(columns.get(kind, 0) for kind in NEEDED)
        self.phone, self.bay, self.door = (columns.get(kind) for kind in ("phone", "bay", "door"))
        self.width = 1 + max((*columns.values(), *self.remarks))
        self.groups: dict[Cell, str] = {}

    def taken(self, row: int, cells: Sequence[Cell]) -> Taken | None:
        """The household of this row, or None where it takes a closer look."""
        if not self.able or len(cells) < self.width:
            return None
        group, code, name, people = self.where
        if not (read.is_plain_code(cells[code]) and read.is_plain_name(cells[name])) or _COUNTS.search(cells[name]):  # type: ignore[arg-type]
            return None
        number = _PEOPLE.get(cells[people])
        where = self.groups.get(cells[group]) or self._group(cells[group])
        phone = "" if self.phone is None else cells[self.phone]
        if number is None or where is None or (phone != "" and not read.is_plain_phone(phone)):
            return None
        bay = "" if self.bay is None else read.words_in(cells[self.bay], FIELDS["bay"], read.LONGEST_BAY)
        door = "" if self.door is None else read.words_in(cells[self.door], FIELDS["door"], read.LONGEST_DOOR)
        if not (isinstance(bay, str) and isinstance(door, str)):
            return None
        meaning = _meaning(cells, self.remarks)
        return Taken(
            self.sheet, row, where, cells[code], cells[name], number, phone or None, bay, door, meaning.care,  # type: ignore[arg-type]
            meaning.living,
        )  # fmt: skip

    def _group(self, cell: Cell) -> str | None:
        group = read.group_in(cell)
        if isinstance(group, str):
            self.groups[cell] = group
            return group
        return None


class _SheetReader:
    """Reads one sheet into an Interpretation."""

    def __init__(
        self, sheet: Sheet, headings: Headings, found: Interpretation, seen: dict[str, tuple[str, int]], target: str
    ) -> None:
        self.sheet, self.headings, self.found, self.seen = sheet, headings, found, seen
        self.columns = dict(headings.columns)
        self.target = target
        self.section = self._only_group()
        self.width = max((len(cells) for _, cells in sheet.rows), default=0)
        self.plain = _PlainRows(sheet.name, headings) if not self.section and "village" not in self.columns else None

    def _only_group(self) -> str:
        """The one group of a sheet without a group column: its name says it (3组), or a title above the heading."""
        if "group" in self.columns:
            return ""
        titles = [cell for row, cells in self.sheet.rows if row < self.headings.row for cell in cells]
        said = [read.plain(text) for text in [self.sheet.name, *titles] if isinstance(text, str)]
        groups = {f"{found}组" for text in said for found in _GROUP_INSIDE.findall("".join(text.split()))}
        read_groups = {group for text in groups if isinstance(group := read.group_in(text), str)}
        return read_groups.pop() if len(read_groups) == 1 else ""

    def read(self) -> None:
        if missing := [FIELDS[kind] for kind in NEEDED if kind not in self.columns and kind != "group"]:
            self._refuse_sheet(missing)
            return
        taken: list[Taken] = []
        above = 0
        for row, cells in self.sheet.rows:
            if 1 < row - above <= LONGEST_GAP:
                self.found.skipped.extend((self.sheet.name, blank) for blank in range(above + 1, row))
            above = row
            if row > self.headings.row and self.plain and (easy := self.plain.taken(row, cells)):
                taken.append(easy)
                continue
            if row <= self.headings.row or self._is_no_household(cells):
                self.found.skipped.append((self.sheet.name, row))
                continue
            household = self._household(row, cells)
            if household is not None:
                taken.append(household)
        self._keep(taken)

    def _refuse_sheet(self, missing: list[str]) -> None:
        problem = Problem("households.no_column", {"columns": "、".join(missing), "sheet": self.sheet.name})
        row = self.headings.row
        self.found.refused.append(RefusedCell(self.sheet.name, row, f"A{row}", problem))
        self.found.skipped.extend((self.sheet.name, other) for other, _ in self.sheet.rows if other != row)

    def _cell(self, cells: Sequence[Cell], kind: str) -> Cell:
        column = self.columns.get(kind)
        return cells[column] if column is not None and column < len(cells) else ""

    def _is_no_household(self, cells: Sequence[Cell]) -> bool:
        """Blank rows, subtotals, repeated headings, section lines and notes; a section line sets the group below it."""
        code, name = self._cell(cells, "code"), self._cell(cells, "name")
        if isinstance(code, str) and isinstance(name, str) and code and name and not _NOTE.match(read.plain(code)):
            if code.isascii() and not _COUNTS.search(name):
                return False
            if is_heading_again(cells, self.headings):
                return True
            if not _total(code) and not _total(name):
                return False
        texts = [cell for cell in cells if not read.is_blank(cell)]
        if not texts:
            return True
        words = [read.plain(cell) for cell in texts if isinstance(cell, str)]
        if any(_total(word) for word in (self._counted(cells) if self._is_somebody(cells) else words)):
            return True
        silent = {kind for kind in FIELDS if read.is_blank(self._cell(cells, kind))}
        if silent >= {"code", "name", "phone", "people"}:
            self._open_section(texts)
            return True
        if silent >= {"code", "name", "phone", "group"}:
            return True
        if len(set(words)) == 1 and len(texts) == len(words) and not self._says_who(code, name):
            self._open_section(texts[:1])
            return True
        return bool(words) and bool(_NOTE.match(words[0])) and not self._says_who(code, name)

    def _is_somebody(self, cells: Sequence[Cell]) -> bool:
        """Whether the row names a person and gives a number of theirs, good or bad: then its remark makes it no total."""
        numbers = (self._cell(cells, "code"), self._cell(cells, "phone"))
        return isinstance(read.name_in(self._cell(cells, "name")), str) and not all(map(read.is_blank, numbers))

    def _counted(self, cells: Sequence[Cell]) -> list[str]:
        """Where a total line of somebody's row could say so: its head, its code, its group and what stands before it."""
        told = [self._cell(cells, kind) for kind in ("seq", "group", "code", "name")]
        return [read.plain(cell) for cell in told if isinstance(cell, str)]

    def _open_section(self, texts: Sequence[Cell]) -> None:
        """一组 alone on a line above its households names their group where the sheet has no group column."""
        if len(texts) != 1 or not isinstance(texts[0], str) or not _SECTION.search(read.plain(texts[0])):
            return
        group = read.group_in(texts[0])
        if isinstance(group, str):
            self.section, self.plain = group, None

    @staticmethod
    def _says_who(code: Cell, name: Cell) -> bool:
        return isinstance(read.code_in(code), str) or (
            isinstance(read.name_in(name), str) and not _SECTION.search(str(name))
        )

    def _household(self, row: int, cells: Sequence[Cell]) -> Taken | None:
        wrong: list[tuple[str, Problem]] = []

        def value(kind: str, got: object) -> object:
            if isinstance(got, Problem):
                wrong.append((kind, got))
            return got

        code = value("code", read.code_in(self._cell(cells, "code")))
        group = self._group(cells)
        value("group", group)
        value("village", self._village(cells))
        name = value("name", read.name_in(self._cell(cells, "name")))
        people = value("people", read.people_in(self._cell(cells, "people")))
        phone = value("phone", read.phone_in(self._cell(cells, "phone")))
        bay = value("bay", read.words_in(self._cell(cells, "bay"), FIELDS["bay"], read.LONGEST_BAY))
        door = value("door", read.words_in(self._cell(cells, "door"), FIELDS["door"], read.LONGEST_DOOR))
        if wrong:
            for kind, problem in sorted(wrong, key=lambda one: self.columns.get(one[0], -1)):
                self._refuse(row, kind, problem)
            self._mention(code if isinstance(code, str) else self._cell(cells, "code"))
            return None
        meaning = _meaning(cells, self.headings.remarks)
        return Taken(
            self.sheet.name, row, group, code, name, people, phone, bay, door, meaning.care, meaning.living  # type: ignore[arg-type]
        )  # fmt: skip

    def _group(self, cells: Sequence[Cell]) -> str | Problem:
        cell = self._cell(cells, "group")
        if self.section:
            if read.is_blank(cell):
                return self.section
            self.section = ""
        return read.group_in(cell)

    def _village(self, cells: Sequence[Cell]) -> Problem | None:
        """Why this row is not the village's, where its village column names another one."""
        cell = self._cell(cells, "village")
        named = read.plain(cell) if isinstance(cell, str) else ""
        if self.target and looks_like_village(named) and same_village(named, [self.target]) is None:
            return Problem("households.other_village", {"named": named, "village": self.target})
        return None

    def _refuse(self, row: int, kind: str, problem: Problem) -> None:
        column = self.columns.get(kind, self.columns["code"])
        self.found.refused.append(RefusedCell(self.sheet.name, row, f"{column_letters(column)}{row}", problem))

    def _mention(self, code: Cell) -> None:
        if isinstance(code, Odd):
            return
        text = read.plain(code) if isinstance(code, str) else str(int(code)) if code == int(code) else ""
        if text:
            self.found.mentioned.setdefault(self.sheet.name, set()).update({text, text.lstrip("0")})

    def _keep(self, taken: list[Taken]) -> None:
        """Second look, across rows: codes that lost their leading zero, and codes that stand twice."""
        length = _common_length([row.code for row in taken])
        kept: list[Taken] = []
        for row in taken:
            if length and row.code.isdigit() and len(row.code) < length and row.code[0] != "0":
                fault = Problem("households.code_lost_zero", {"value": row.code, "places": length})
            elif row.code in self.seen:
                sheet, earlier = self.seen[row.code]
                fault = Problem("households.code_twice", {"code": row.code, "row": earlier, "sheet": sheet})
            else:
                self.seen[row.code] = (row.sheet, row.row)
                kept.append(row)
                continue
            self._refuse(row.row, "code", fault)
            self._mention(row.code)
        self.found.taken.extend(kept)
        self.found.refused.sort(key=lambda cell: 0 if cell.sheet != self.sheet.name else cell.row)


def _meaning(cells: Sequence[Cell], remarks: Sequence[int]) -> Meaning:
    texts = [cells[column] for column in remarks if column < len(cells)]
    said = [text for text in texts if isinstance(text, str) and text]
    return meaning_of(";".join(said)) if said else NOTHING_SAID


def _total(cell: Cell) -> bool:
    if not isinstance(cell, str) or not cell or len(cell) > 30:
        return False
    text = "".join(read.plain(cell).split())
    return _TOTAL.match(text) is not None or (
        len(text) <= 16 and re.search(r"(?:小计|合计|总计|共计)[::]?\d*[户人]?$", text) is not None
    )


def _common_length(codes: Sequence[str]) -> int:
    """How long codes are in this sheet, where more than half of its numbers begin with 0 at one length; else 0."""
    digits = [code for code in codes if code.isdigit()]
    lengths = Counter(len(code) for code in digits if code[0] == "0")
    if not lengths:
        return 0
    length, count = lengths.most_common(1)[0]
    return length if count * 2 > len(digits) else 0
