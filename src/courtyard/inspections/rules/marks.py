"""What one evaluator gave in one visit: whether it is whole, and whether it counts, is the same, or waits for a decision."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from courtyard.inspections.rules.states import Presence, ReviewReason
from courtyard.kernel.glyphs import named, unprintable
from courtyard.kernel.problems import Problem
from courtyard.kernel.texts import clean, unfit
from courtyard.kernel.weeks import first_day, name_of
from courtyard.rating.rules.documents import LOOKED, SchemeDocument, decimal_text
from courtyard.rating.rules.engines import unfit_mark
from courtyard.rating.rules.facts import Mark, Seen
from courtyard.rating.rules.linter import CHARACTER
from courtyard.rating.rules.reading import exact_milli
from courtyard.records.rules import canonical, salted

FINDINGS_MOST = 30
PLACES_MOST = 99
WORDS_MOST = 200


@dataclass(frozen=True, order=True)
class Found:
    """One finding: its area, the picture's code, words where the picture asks for them, mended at the door or not.

    `places`: in how many places it was seen, counted only in an area that is scored by its findings."""

    area: str
    code: str
    words: str = ""
    mended: bool = False
    places: int = 1


@dataclass(frozen=True)
class Given:
    """What one evaluator says of one home: presence, (area, what was given) pairs, findings.

    Given: a label's code, "declined", a number or a line's each joined by + ("10+8+na"), or "looked"."""

    presence: Presence = Presence.SEEN
    values: tuple[tuple[str, str], ...] = ()
    found: tuple[Found, ...] = ()

    def tidy(self) -> Given:
        """The same in one order, with tidied words and numbers in one spelling, so that equal marks are equal."""
        places: dict[tuple[str, str, str, bool], int] = {}
        for one in self.found:
            thing = (one.area, one.code, clean(one.words), one.mended)
            places[thing] = max(places.get(thing, 0), one.places)
        found = sorted(Found(*thing, count) for thing, count in places.items())
        values = sorted((area, _exact(what)) for area, what in self.values)
        return Given(self.presence, tuple(values), tuple(found))

    def mark(self, *, kin: bool = False) -> Mark:
        """The same as the engine reads it."""
        seen = tuple(Seen(one.area, one.code, one.mended, one.places) for one in self.found)
        away = self.presence is Presence.NOT_AT_HOME
        return Mark(self.values, seen, kin=kin or self.presence is Presence.KIN, not_at_home=away)


def _exact(what: str) -> str:
    """A number, or a line's each, in the shortest spelling (08.50 is 8.5); words stay as they are."""
    parts = []
    for part in what.split("+"):
        milli = exact_milli(part)
        parts.append(part if milli is None else decimal_text(milli))
    return "+".join(parts)


@dataclass(frozen=True)
class Decision:
    """What becomes of incoming marks: `same` as those that stand, counted, or under review for a reason.

    `standing_too`: the marks that stood go to review as well; neither counts until somebody decides.
    """

    same: bool = False
    review: ReviewReason | None = None
    standing_too: bool = False


def incomplete(
    document: SchemeDocument, given: Given, *, kin: bool = False, wanted: AbstractSet[str] | None = None
) -> Problem | None:
    """Why these marks cannot be taken under the scheme's sheet, or None. `kin`: the register says they step aside;
    `wanted`: the areas that must be marked, all unless told (a re-visit looks at some)."""
    if given.presence is not Presence.SEEN and (given.values or given.found):
        return Problem("inspections.absent_but_marked", {"presence": given.presence.label})
    if given.presence is not Presence.SEEN:
        return None
    if kin:
        return Problem("inspections.kin_steps_aside")
    problem = unfit_mark(document, given.mark())
    if problem:
        return problem
    marked = {area for area, _ in given.values}
    asked = [area for area in document.sheet.areas if wanted is None or area.code in wanted]
    missing = [area.name for area in asked if area.code not in marked]
    if missing:
        return Problem("inspections.area_missing", {"areas": "、".join(missing)})
    if len(given.found) > FINDINGS_MOST:
        return Problem("inspections.too_many_findings", {"most": FINDINGS_MOST})
    return next((problem for one in given.found if (problem := _unfit_words(document, one))), None)


def _unfit_words(document: SchemeDocument, found: Found) -> Problem | None:
    area = document.area(found.area)
    most = PLACES_MOST if document.marks_of(area) == "findings" else 1
    if not 1 <= found.places <= most:
        return Problem("inspections.places_unfit", {"area": area.name, "most": most})
    pictures = {picture.code: picture for picture in area.pictures}
    if pictures[found.code].needs_words and not found.words.strip():
        return Problem("inspections.words_missing", {"area": area.name})
    return unfit_words(found.words, most=WORDS_MOST, field="看到的情况")


def unfit_words(words: str, *, most: int, field: str) -> Problem | None:
    """Why these words cannot stand about a home: unfit text, a character no font prints, a word on character (§4.8)."""
    problem = unfit(words, most=most, field=field)
    if problem:
        return problem
    if lost := unprintable(clean(words)):
        return Problem("inspections.unprintable_words", {"characters": named(lost), "field": field})
    text = unicodedata.normalize("NFKC", words)
    bare = "".join(letter for letter in text if unicodedata.category(letter)[0] in ("L", "N"))
    if word := next((word for word in CHARACTER if word in bare), None):
        return Problem("inspections.words_on_character", {"word": word, "field": field})
    return None


def unfit_day(day: date, month: date, today: date) -> Problem | None:
    """Why a visit cannot have been on this day, or None."""
    if day > today:
        return Problem("inspections.day_to_come", {"day": day.isoformat()})
    if day < first_day(month):
        return Problem("inspections.day_before_round", {"day": day.isoformat(), "month": name_of(month)})
    return None


def accept(given: Given, standing: Sequence[Given], *, closed: bool) -> Decision:
    """What becomes of an evaluator's marks beside the same evaluator's earlier ones in this visit (D3).

    The same values again with nothing new seen are the same marks, by whatever road. Found at home after "not at home"
    is a second try, and counts. Other values wait with the earlier ones for a decision; after the close, late.
    """
    if any(_says_no_more(given, one) for one in standing):
        return Decision(same=True)
    if closed:
        return Decision(review=ReviewReason.LATE)
    if all(one.presence is Presence.NOT_AT_HOME for one in standing):
        return Decision()
    return Decision(review=ReviewReason.DIFFERS, standing_too=True)


def _says_no_more(given: Given, standing: Given) -> bool:
    """Whether the values are the same and nothing new was seen. In an area scored by its findings these are the value."""
    if given.presence is not standing.presence or sorted(given.values) != sorted(standing.values):
        return False
    new, old = set(given.found), set(standing.found)
    scored = {area for area, what in given.values if what == LOOKED}
    return new <= old and all(one in new for one in old if one.area in scored)


def sealing(area: str, code: str, words: str, places: int) -> list[str | int]:
    """What of a finding its seal holds; the places where there are several, so that older seals stay as they are."""
    return [area, code, words] if places == 1 else [area, code, words, places]


def sealed(found: Sequence[tuple[Found, bytes]]) -> str:
    """The digest that stands in the marks for their findings, each with its salt (D10); '' where nothing was found."""
    if not found:
        return ""
    lines = sorted(salted(salt, canonical(sealing(one.area, one.code, one.words, one.places))) for one, salt in found)
    return salted(b"", canonical(lines))
