"""Who may do which step, and what proves that a notice arrived (DOMAIN §4.2, §4.13)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.honours.rules.states import NoticeEvidence
from courtyard.kernel.problems import Problem

SERIAL_MOST = 26


@dataclass(frozen=True)
class Around:
    """Who has to do with a home in a round: its panel and raters, who looked again, kin, neighbours of its group."""

    raters: AbstractSet[UUID] = frozenset()
    lookers: AbstractSet[UUID] = frozenset()
    kin: AbstractSet[UUID] = frozenset()
    neighbours: AbstractSet[UUID] = frozenset()


def may_look(person: UUID, around: Around) -> Problem | None:
    """Why this person cannot be one of the two who look again, or None."""
    if person in around.raters:
        return Problem("honours.looker_rated")
    if person in around.kin:
        return Problem("honours.looker_is_kin")
    if person in around.neighbours:
        return Problem("honours.looker_of_group")
    if person in around.lookers:
        return Problem("honours.looked_already")
    return None


def may_revisit(person: UUID, around: Around) -> Problem | None:
    """Why this person cannot say what a re-visit saw, or None: kin step aside."""
    return Problem("honours.looker_is_kin") if person in around.kin else None


def may_decide(person: UUID, around: Around) -> Problem | None:
    """Why this person cannot decide an objection, or None: who rated or looked, and kin, do not."""
    if person in around.raters | around.lookers:
        return Problem("honours.decider_rated")
    return Problem("honours.decider_is_kin") if person in around.kin else None


def second_person(person: UUID, earlier: AbstractSet[UUID]) -> Problem | None:
    """Why this person cannot publish, or None: it takes a second one beside whoever brought the entry this far."""
    return Problem("honours.second_person") if person in earlier else None


@dataclass(frozen=True)
class Evidence:
    """That a notice reached the household on `day`: what kind, and what belongs to it.

    Two visits: `people` called on `first_day` and `day`, and `phoned` the kept number where there is one.
    """

    kind: NoticeEvidence
    day: date
    serial: str = ""
    first_day: date | None = None
    people: tuple[UUID, ...] = ()
    phoned: bool = False


@dataclass(frozen=True)
class Home:
    """What evidence is held against: who records it, whether the home is lived in, whether a number is kept."""

    by_household: bool
    lived_in: bool
    has_phone: bool


def unfit_evidence(evidence: Evidence, home: Home, *, confirmed: date, today: date) -> Problem | None:
    """Why this does not prove that the notice arrived, or None. `confirmed`: the day the second looks were complete."""
    first = evidence.first_day or evidence.day
    if evidence.day > today or first > evidence.day:
        return Problem("honours.notice_to_come", {"day": max(evidence.day, first).isoformat()})
    if first < confirmed:
        return Problem("honours.notice_before_looks", {"day": first.isoformat(), "confirmed": confirmed.isoformat()})
    if evidence.kind is NoticeEvidence.READ_ON_PHONE:
        return None if home.by_household else Problem("honours.only_household_read")
    if home.by_household:
        return Problem("honours.household_reads_only")
    if evidence.kind is NoticeEvidence.COUNTERFOIL:
        fits = evidence.serial.isascii() and evidence.serial.isalnum() and len(evidence.serial) <= SERIAL_MOST
        return None if fits else Problem("honours.no_serial")
    return _unfit_visits(evidence, home)


def _unfit_visits(evidence: Evidence, home: Home) -> Problem | None:
    if not home.lived_in:
        return Problem("honours.nobody_lives_there")
    if len(evidence.people) != 2 or len(set(evidence.people)) != 2:
        return Problem("honours.two_people")
    if evidence.first_day is None or evidence.first_day >= evidence.day:
        return Problem("honours.two_days")
    if home.has_phone and not evidence.phoned:
        return Problem("honours.not_phoned")
    return None
