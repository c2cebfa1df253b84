"""A sheet with numbers on a screen: the cells of each area, and what was typed or pressed there as marks.

A cell takes a number, the sign for 没同意进屋 or 不适用, a word's key or code, or that the area was looked at; where findings
count, each has the number of its places. Nothing has a default.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from courtyard.inspections.rules.marks import Found, Given
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.problems import refuse
from courtyard.rating.rules.documents import DECLINED, LOOKED, NOT_APPLICABLE, Area
from courtyard.rating.rules.sheet import DECLINED_SIGN, LOOKED_KEY, NOT_APPLICABLE_SIGN, ScoreSheet, Unit

BUTTONS_MOST = 10  # up to so many points each whole number is a button of its own


@dataclass(frozen=True)
class Ticked:
    """A picture of the sheet as it was ticked, or its places counted, before a refusal."""

    code: str
    name: str
    needs_words: bool
    seen: bool
    mended: bool
    words: str
    places: str = ""


@dataclass(frozen=True)
class UnitCell:
    """One cell: the form field's name, what was typed before a refusal, its buttons (value, words, pressed) where it
    has few enough; `absent`: 不适用 was ticked."""

    unit: Unit
    name: str
    typed: str
    buttons: tuple[tuple[str, str, bool], ...]
    absent: bool


@dataclass(frozen=True)
class AreaCells:
    """An area's cells and pictures; `counts`: each picture has a number of places; `declined`: 没同意进屋 was ticked."""

    area: Area
    name: str
    cells: tuple[UnitCell, ...]
    pictures: tuple[Ticked, ...]
    counts: bool
    declined: bool


def area_cells(sheet: ScoreSheet, prefix: str, post: Any, only: Collection[str] | None = None) -> tuple[AreaCells, ...]:
    """The areas of a sheet (only these) whose form fields begin with `prefix`."""
    found = []
    for area in sheet.areas:
        if only is not None and area.code not in only:
            continue
        name, units = f"{prefix}{area.code}", sheet.of(area)
        cells = tuple(_cell(sheet, unit, prefix, post) for unit in units)
        counts = units[0].marks == "findings"
        pictures = tuple(_ticked(area, name, post))
        found.append(AreaCells(area, name, cells, pictures, counts, bool(post.get(f"{name}-x"))))
    return tuple(found)


def _cell(sheet: ScoreSheet, unit: Unit, prefix: str, post: Any) -> UnitCell:
    name = f"{prefix}{unit.key}"
    typed = str(post.get(name, ""))
    buttons = tuple((value, words, typed == value) for value, words in _buttons(sheet, unit))
    return UnitCell(unit, name, typed, buttons, bool(post.get(f"{name}-na")))


def _buttons(sheet: ScoreSheet, unit: Unit) -> list[tuple[str, str]]:
    if unit.marks == "labels":
        return [(choice.code, choice.name) for choice in sheet.choices if not choice.consent_only]
    if unit.marks == "findings":
        return [(LOOKED, "看过了")]
    if unit.most.isdigit() and int(unit.most) <= BUTTONS_MOST:
        return [(str(n), str(n)) for n in range(int(unit.most) + 1)]
    return []


def _ticked(area: Area, name: str, post: Any) -> Iterator[Ticked]:
    seen, mended = set(post.getlist(f"{name}-f")), set(post.getlist(f"{name}-d"))
    for one in area.pictures:
        places = str(post.get(f"{name}-n-{one.code}", ""))
        words = str(post.get(f"{name}-w-{one.code}", ""))
        yield Ticked(one.code, one.name, one.needs_words, one.code in seen, one.code in mended, words, places)


def given_of(sheet: ScoreSheet, prefix: str, post: Any, *, household: str = "") -> Given | None:
    """What was typed for one home, None where nothing was. Refuses office.unknown_key, .item_missing, .places_unknown."""
    found = tuple(one for area in sheet.areas for one in _found(sheet, area, prefix, post, household))
    typed = {unit.key: _typed(unit, prefix, post) for unit in sheet.units}
    pressed = {text for text in typed.values() if text}
    whole = {choice.key: choice.code for choice in sheet.whole_home}
    if len(pressed) == 1 and (sign := next(iter(pressed))) in whole:
        return Given(Presence(whole[sign]), found=found)
    values = []
    for area in sheet.areas:
        seen = any(one.area == area.code for one in found)
        declined = bool(post.get(f"{prefix}{area.code}-x"))
        what = DECLINED if declined else _value(sheet, area, typed, seen, household)
        values += [(area.code, what)] if what else []
    return Given(Presence.SEEN, tuple(values), found) if values or found else None


def _typed(unit: Unit, prefix: str, post: Any) -> str:
    name = f"{prefix}{unit.key}"
    if unit.optional and post.get(f"{name}-na"):
        return NOT_APPLICABLE_SIGN
    return unicodedata.normalize("NFKC", str(post.get(name, ""))).strip()


def joint_value(sheet: ScoreSheet, area: Area, prefix: str, post: Any, household: str) -> str:
    """What an area was given in a joint grading, '' where nothing was: as in a round, but where findings count the
    number of their places. Refuses office.unknown_key, .item_missing."""
    typed = {unit.key: _typed(unit, prefix, post) for unit in sheet.of(area)}
    texts = list(typed.values())
    if sheet.of(area)[0].marks == "findings" and texts != [DECLINED_SIGN]:
        return texts[0].lstrip("0") or texts[0][:1]
    return _value(sheet, area, typed, False, household)


def _value(sheet: ScoreSheet, area: Area, typed: dict[str, str], seen: bool, household: str) -> str:
    """What an area was given; '' where nothing was typed. A finding noted says that the area was looked at."""
    units = sheet.of(area)
    texts, marks = [typed[unit.key] for unit in units], units[0].marks
    if set(texts) == {DECLINED_SIGN}:
        return DECLINED
    if marks == "scores":
        return _numbers(units, texts, household)
    text = texts[0]
    if not text:
        return LOOKED if marks == "findings" and seen else ""
    known = {LOOKED_KEY: LOOKED, LOOKED: LOOKED}
    if marks == "labels":
        known = {word: one.code for one in sheet.choices if not one.consent_only for word in (one.key, one.code)}
    return known.get(text) or refuse("office.unknown_key", household=household, area=area.name, key=text)


def _numbers(units: tuple[Unit, ...], texts: list[str], household: str) -> str:
    if not any(texts):
        return ""
    for unit, text in zip(units, texts, strict=True):
        if not text:
            refuse("office.item_missing", household=household, area=unit.area.name, item=unit.name)
    return "+".join(NOT_APPLICABLE if text == NOT_APPLICABLE_SIGN else text for text in texts)


def _found(sheet: ScoreSheet, area: Area, prefix: str, post: Any, household: str) -> Iterator[Found]:
    name = f"{prefix}{area.code}"
    counts = sheet.of(area)[0].marks == "findings"
    mended, ticked = set(post.getlist(f"{name}-d")), set(post.getlist(f"{name}-f"))
    for one in area.pictures:
        words = str(post.get(f"{name}-w-{one.code}", ""))
        places = unicodedata.normalize("NFKC", str(post.get(f"{name}-n-{one.code}", ""))).strip() if counts else ""
        if places and not (places.isascii() and places.isdigit() and len(places) <= 4):
            refuse("office.places_unknown", household=household, area=area.name, found=places[:20])
        if places and int(places):
            yield Found(area.code, one.code, words, one.code in mended, int(places))
        elif one.code in (mended | ticked if counts else ticked):
            yield Found(area.code, one.code, words, one.code in mended)
