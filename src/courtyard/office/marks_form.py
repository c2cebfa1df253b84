"""One evaluator's typed sheet: fields of a form to marks, row by row. Nothing has a default; empty rows stay out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from courtyard.inspections.actions.marks import HomeMarks
from courtyard.inspections.queries.sheets import SheetRow
from courtyard.inspections.rules.marks import Found, Given
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.problems import refuse
from courtyard.office.number_form import AreaCells, Ticked, area_cells, given_of
from courtyard.rating.rules.documents import Area
from courtyard.rating.rules.sheet import ScoreSheet

MARK = re.compile(r"m-([0-9a-f]{32})-")


@dataclass(frozen=True)
class Cell:
    """One area of one home: the form field's name, what was typed before a refusal, its pictures."""

    area: Area
    name: str
    typed: str
    pictures: tuple[Ticked, ...]


@dataclass(frozen=True)
class TypingRow:
    """A home on the screen: to be typed (cells), or already in (`said`: the words of each area)."""

    row: SheetRow
    name: str
    cells: tuple[Cell, ...]
    said: tuple[tuple[Area, str], ...]
    presence: str
    numbers: tuple[AreaCells, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it is to be typed."""
        return bool(self.cells or self.numbers)


def field(row: SheetRow, area: str) -> str:
    """The form field of a mark."""
    return f"m-{row.household.hex}-{area}"


def typing_rows(
    rows: Iterable[SheetRow], sheet: ScoreSheet, names: Mapping[UUID, str], post: Any, again: frozenset[str]
) -> list[TypingRow]:
    """The sheet as the screen shows it: homes whose marks are in are shown in words, unless they are typed again."""
    words = {choice.code: choice.name for choice in sheet.choices}
    answer = []
    for row in rows:
        open_row = not row.kin and (row.marks is None or row.household.hex in again)
        cells = tuple(_cell(row, area, post) for area in sheet.areas) if open_row and sheet.words_only else ()
        numbers = area_cells(sheet, f"m-{row.household.hex}-", post) if open_row and not sheet.words_only else ()
        given = dict(row.marks.given.values) if row.marks else {}
        said = tuple((area, words.get(what) or sheet.said(area, what)) for area, what in _each(sheet, given))
        presence = row.marks.given.presence.label if row.marks and row.marks.given.presence != Presence.SEEN else ""
        answer.append(TypingRow(row, names[row.household], cells, said, presence, numbers))
    return answer


def _each(sheet: ScoreSheet, given: Mapping[str, str]) -> Iterable[tuple[Area, str]]:
    return ((area, given.get(area.code, "")) for area in sheet.areas)


def _cell(row: SheetRow, area: Area, post: Any) -> Cell:
    name = field(row, area.code)
    seen, mended = set(post.getlist(f"{name}-f")), set(post.getlist(f"{name}-d"))
    pictures = tuple(
        Ticked(p.code, p.name, p.needs_words, p.code in seen, p.code in mended, post.get(f"{name}-w-{p.code}", ""))
        for p in area.pictures
    )
    return Cell(area, name, post.get(name, ""), pictures)


def strays(rows: Iterable[SheetRow], post: Any) -> list[UUID]:
    """The homes that something was typed for and that do not stand on this sheet."""
    here = {row.household.hex for row in rows}
    named = {found[1] for key in post if (found := MARK.match(key)) and str(post[key]).strip()}
    return [UUID(hex=one) for one in sorted(named - here)]


def read(rows: Iterable[SheetRow], sheet: ScoreSheet, post: Any, day: date) -> list[HomeMarks]:
    """The marks that were typed. Refuses office.unknown_key, office.nothing_typed, inspections.kin_steps_aside."""
    found = [(row, given) for row in rows if (given := _given(row, sheet, post)) is not None]
    if not any(given.presence is not Presence.KIN or not row.kin for row, given in found):
        refuse("office.nothing_typed")
    return [HomeMarks(row.household, given, day=day) for row, given in found]


def _given(row: SheetRow, sheet: ScoreSheet, post: Any) -> Given | None:
    if not sheet.words_only:
        given = given_of(sheet, f"m-{row.household.hex}-", post, household=row.code)
        if row.kin and given is not None and given.presence is not Presence.KIN:
            refuse("inspections.kin_steps_aside", household=row.code)
        return Given(Presence.KIN) if row.kin else given
    typed = {area.code: str(post.get(field(row, area.code), "")).strip() for area in sheet.areas}
    pressed = [key for key in typed.values() if key]
    found = tuple(_found(row, sheet, post))
    whole = {choice.key: choice.code for choice in sheet.whole_home}
    absent = whole[pressed[0]] if pressed and pressed[0] in whole and set(pressed) == {pressed[0]} else ""
    if row.kin:
        if (pressed or found) and absent != Presence.KIN.value:
            refuse("inspections.kin_steps_aside", household=row.code)
        return Given(Presence.KIN)  # every time: a form sent again must say the same
    if absent:
        return Given(Presence(absent), found=found)
    if not pressed and not found:
        return None
    values = tuple((area.code, _value(row, area, typed[area.code], sheet)) for area in sheet.areas if typed[area.code])
    return Given(Presence.SEEN, values, found)


def _value(row: SheetRow, area: Area, key: str, sheet: ScoreSheet) -> str:
    taken = (choice for choice in sheet.choices if area.consent or not choice.consent_only)
    found = next((choice.code for choice in taken if choice.key == key), None)
    return found or refuse("office.unknown_key", household=row.code, area=area.name, key=key)


def _found(row: SheetRow, sheet: ScoreSheet, post: Any) -> Iterable[Found]:
    for area in sheet.areas:
        name = field(row, area.code)
        mended = set(post.getlist(f"{name}-d"))
        for code in post.getlist(f"{name}-f"):
            yield Found(area.code, code, str(post.get(f"{name}-w-{code}", "")), code in mended)
