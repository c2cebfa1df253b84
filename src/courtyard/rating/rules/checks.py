"""What live rounds ask about titles, spot checks and vetoes: the engine's own rules, by the document's engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from courtyard.rating.rules import engine_2
from courtyard.rating.rules.documents import SchemeDocument, Title
from courtyard.rating.rules.engine_2 import checking, rechecking
from courtyard.rating.rules.engine_2.plan import plan_of
from courtyard.rating.rules.facts import Mark, Outcome
from courtyard.rating.rules.periods import months_later

Held = checking.Held
TWO = checking.TWO


def asks_titles(document: SchemeDocument) -> bool:
    """Whether a round must be told which titles a home holds (`History.titles`)."""
    return document.engine == engine_2.NUMBER and bool(document.titles)


def known_titles(document: SchemeDocument, titles: Held) -> Held:
    """Of the titles a home holds those the scheme knows, where a round must be told of them."""
    codes = {title.code for title in document.titles} if asks_titles(document) else set()
    return tuple(one for one in titles if one[0] in codes)


def asks_deeds(document: SchemeDocument) -> frozenset[str]:
    """The deeds a veto asks about, by code: a round must be told which of them a home did in its period."""
    return frozenset(deed for veto in document.vetoes for deed in veto.deeds)


def given(document: SchemeDocument, outcome: Outcome) -> tuple[str, ...]:
    """The titles a round gives a home."""
    known = {f"titles.{title.code}" for title in document.titles}
    return tuple(one.listing for one in outcome.candidates if one.clause in known)


def held(document: SchemeDocument, outcome: Outcome, before: Held | None = None) -> Held:
    """The titles a home holds after a round, each with how many rated rounds running it was in the grade that loses it.

    `before`: what it held, where the round was not told (older engines, older rounds)."""
    told = outcome.history.titles if before is None else before
    return checking.held_after(plan_of(document), told, outcome)


def title_of(document: SchemeDocument, code: str) -> Title | None:
    """The title of this code, None where the scheme has none of it."""
    return next((title for title in document.titles if title.code == code), None)


def due_on(title: Title | None, since: date) -> date | None:
    """The day a title's re-check is due, counted from the day it was given or last checked; None where it never is."""
    return months_later(since, title.recheck_months) if title is not None and title.recheck_months else None


def matters(document: SchemeDocument) -> bool:
    """Whether a spot check may change anything under the scheme; else it flags."""
    return document.engine == engine_2.NUMBER and checking.matters(plan_of(document))


def counts(document: SchemeDocument, checks: Sequence[Mark]) -> bool:
    """Whether a spot check's marks count for a result: two people at least, kin aside."""
    return matters(document) and checking.counts(plan_of(document), checks)


def taken(document: SchemeDocument, held: Iterable[str], score_milli: int) -> tuple[str, ...]:
    """The titles a home loses on the day of a check that came to this score."""
    return checking.taken_by_check(plan_of(document), held, score_milli)


def score_of(document: SchemeDocument, checks: Sequence[Mark]) -> int | None:
    """What a check's marks come to, in thousandths; None where nobody could rate the home."""
    return checking.look(document, checks).score_milli


def checked_again(document: SchemeDocument, outcome: Outcome, checks: Sequence[Mark]) -> Outcome:
    """A kept outcome with the marks of its spot check; as it was where the check does not count."""
    return rechecking.checked_again(document, outcome, checks) if counts(document, checks) else outcome


def waits_for_checks(document: SchemeDocument) -> bool:
    """Whether some clause holds only once a spot check has passed."""
    return document.engine == engine_2.NUMBER and any(rule.recheck for _, _, rule in plan_of(document).conditions)
