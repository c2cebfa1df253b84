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
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import unfit_mark
from courtyard.rating.rules.facts import Mark, Seen
from courtyard.rating.rules.linter import CHARACTER
from courtyard.records.rules import canonical, salted

FINDINGS_MOST = 30
WORDS_MOST = 200


@dataclass(frozen=True, order=True)
class Found:
    """One finding: its area, the picture's code, words where the picture asks for them, mended at the door or not."""

    area: str
    code: str
    words: str = ""
    mended: bool = False


@dataclass(frozen=True)
class Given:
    """What one evaluator says of one home: presence, (area, label or "declined") pairs, findings."""

    presence: Presence = Presence.SEEN
    values: tuple[tuple[str, str], ...] = ()
    found: tuple[Found, ...] = ()

    def tidy(self) -> Given:
        """The same in one order and with tidied words, so that equal marks are equal."""
        found = {Found(one.area, one.code, clean(one.words), one.mended) for one in self.found}
        return Given(self.presence, tuple(sorted(self.values)), tuple(sorted(found)))

    def mark(self, *, kin: bool = False) -> Mark:
        """The same as the engine reads it."""
        seen = tuple(Seen(one.area, one.code, one.mended) for one in self.found)
        away = self.presence is Presence.NOT_AT_HOME
        return Mark(self.values, seen, kin=kin or self.presence is Presence.KIN, not_at_home=away)


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
    pictures = {picture.code: picture for picture in document.area(found.area).pictures}
    if pictures[found.code].needs_words and not found.words.strip():
        return Problem("inspections.words_missing", {"area": document.area(found.area).name})
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
    if day < month:
        return Problem("inspections.day_before_round", {"day": day.isoformat(), "month": f"{month:%Y-%m}"})
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
    same = given.presence is standing.presence and sorted(given.values) == sorted(standing.values)
    return same and set(given.found) <= set(standing.found)


def sealed(found: Sequence[tuple[Found, bytes]]) -> str:
    """The digest that stands in the marks for their findings, each with its salt (D10); '' where nothing was found."""
    if not found:
        return ""
    lines = sorted(salted(salt, canonical([one.area, one.code, one.words])) for one, salt in found)
    return salted(b"", canonical(lines))
