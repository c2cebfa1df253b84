"""The score sheet a scheme asks for: what office entry, the paper and the phone show (the phone never scores: D14)."""

from __future__ import annotations

from dataclasses import dataclass

from courtyard.rating.rules.documents import DECLINED, LOOKED, NOT_APPLICABLE, Area, SchemeDocument, decimal_text

# Keys of a sheet of words alone, and of one with numbers, where every digit is a number: those stand on a number pad.
DECLINED_KEY, AWAY_KEY, KIN_KEY = "0", "8", "9"
DECLINED_SIGN, AWAY_SIGN, KIN_SIGN, NOT_APPLICABLE_SIGN = "-", "*", "+", "/"
LOOKED_KEY = "1"
DECLINED_WORDS = "主人没同意进屋(不算差)"


@dataclass(frozen=True)
class ChoiceKey:
    """One thing an evaluator may say, its word and its key; `consent_only`: just in areas entered by consent."""

    code: str
    name: str
    key: str
    consent_only: bool = False


@dataclass(frozen=True)
class Unit:
    """One cell of the sheet: an area's word, its number, or that it was looked at; in an area with items one a line.

    `marks`: labels, scores or findings; `item`: the line's code, '' for the area itself; `most`: the most it can get, as
    text; `optional`: the home may not have it."""

    area: Area
    marks: str
    item: str = ""
    name: str = ""
    most: str = ""
    optional: bool = False

    @property
    def key(self) -> str:
        """What names the cell in the whole sheet."""
        return f"{self.area.code}.{self.item}" if self.item else self.area.code


@dataclass(frozen=True)
class ScoreSheet:
    """Areas in walking order with their pictures; choices an area takes; keys that speak of the whole home.

    `units` are the cells in order. `words_only`: every area is marked by a word."""

    areas: tuple[Area, ...]
    choices: tuple[ChoiceKey, ...]
    whole_home: tuple[ChoiceKey, ...]
    units: tuple[Unit, ...] = ()
    words_only: bool = True

    def of(self, area: Area) -> tuple[Unit, ...]:
        """The cells of one area."""
        return tuple(unit for unit in self.units if unit.area.code == area.code)

    def said(self, area: Area, what: str) -> str:
        """What was given an area, in words: the label's, the points and the most there are, or that it was looked at."""
        if not what or what == DECLINED:
            return "没同意进屋" if what else ""
        if what == LOOKED:
            return "看过了"
        if self.of(area)[0].marks == "labels":
            return next((choice.name for choice in self.choices if choice.code == what), what)
        parts = "+".join("不适用" if part == NOT_APPLICABLE else part for part in what.split("+"))
        return f"{parts} 分(满 {area.weight} 分)"

    @property
    def has_optional(self) -> bool:
        """Whether some line may not apply to a home."""
        return any(unit.optional for unit in self.units)

    @property
    def has_looked(self) -> bool:
        """Whether some area is scored by what is found there."""
        return any(unit.marks == "findings" for unit in self.units)

    @property
    def has_numbers(self) -> bool:
        """Whether some cell takes a number."""
        return any(unit.marks == "scores" for unit in self.units)


def sheet(document: SchemeDocument) -> ScoreSheet:
    """Areas, choices, cells and picture list for one evaluator. No choice is a default."""
    words = document.labels_only
    labels = tuple(ChoiceKey(label.code, label.name, label.key) for label in document.sheet.labels)
    declined = ChoiceKey(DECLINED, DECLINED_WORDS, DECLINED_KEY if words else DECLINED_SIGN, consent_only=True)
    return ScoreSheet(
        areas=document.sheet.areas,
        choices=(*labels, declined),
        whole_home=(
            ChoiceKey("not_at_home", "没在家", AWAY_KEY if words else AWAY_SIGN),
            ChoiceKey("kin", "我是亲戚,不评", KIN_KEY if words else KIN_SIGN),
        ),
        units=tuple(unit for area in document.sheet.areas for unit in units_of(document, area)),
        words_only=words,
    )


def units_of(document: SchemeDocument, area: Area) -> tuple[Unit, ...]:
    """The cells of one area: one, or one a line where it has lines."""
    marks = document.marks_of(area)
    if marks != "scores" or not area.items:
        return (Unit(area, marks, "", area.name, str(area.weight)),)
    return tuple(
        Unit(area, marks, item.code, item.name, decimal_text(item.most_milli), item.optional) for item in area.items
    )
