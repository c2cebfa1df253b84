"""Deeds outside a round (事项, D3): what may be recorded, who confirms it, what of its points the year still leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.kernel.choices import Choice
from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import DeedRule, SchemeDocument

EVIDENCE_MOST = 200


class DeedState(Choice):
    PROPOSED = "proposed", "等另一级确认"
    CONFIRMED = "confirmed", "已确认"
    DECLINED = "declined", "没有确认"
    TAKEN_BACK = "taken_back", "已收回"


class ChangeKind(Choice):
    """What is said of a deed afterwards: it was put right, it was written down wrongly, the household does not agree."""

    MENDED = "mended", "改好了"
    MISTAKEN = "mistaken", "记错了"
    OBJECTION = "objection", "不同意"


class ChangeState(Choice):
    ASKED = "asked", "等另一级答复"
    GRANTED = "granted", "已按说的办"
    REFUSED = "refused", "维持原样"


class SaidPart(Choice):
    ASKED = "asked", "怎么说的"
    ANSWERED = "answered", "怎么答复的"


@dataclass(frozen=True)
class Doer:
    """The household as the rule reads it: lived in, taking part, and whether it has this deed of that day already."""

    code: str
    lived_in: bool
    taking_part: bool
    again: bool = False


def clause_of(item: str) -> str:
    """The clause an award of this deed names."""
    return f"deeds.{item}"


def unfit_home(doer: Doer) -> Problem | None:
    """Why this home earns no deed, or None: nobody lives there, or it takes no part."""
    if doer.lived_in and doer.taking_part:
        return None
    return Problem("inspections.deed_home_out", {"household": doer.code})


def unfit_deed(rule: DeedRule | None, day: date, today: date, doer: Doer, evidence: bool) -> Problem | None:
    """Why this deed cannot be recorded, or None. `rule` None: the scheme in force that day knows no such deed."""
    if day > today:
        return Problem("inspections.deed_to_come", {"day": day.isoformat()})
    if rule is None:
        return Problem("inspections.deed_unknown", {"day": day.isoformat()})
    if problem := unfit_home(doer):
        return problem
    if doer.again:
        facts = {"household": doer.code, "deed": rule.name, "day": day.isoformat()}
        return Problem("inspections.deed_twice", facts)
    return (
        Problem("inspections.deed_no_evidence", {"deed": rule.name}) if rule.needs_evidence and not evidence else None
    )


def second_person(proposer: UUID, proposed_as: str, second: UUID, levels: Iterable[str]) -> Problem | None:
    """Why this person cannot decide a deed, or None: another person, of another level (as with adjustments).

    `levels` are the duties under which the second may decide there."""
    if proposer == second:
        return Problem("inspections.deed_same_person")
    if all(level == proposed_as for level in levels):
        return Problem("inspections.deed_same_level")
    return None


@dataclass(frozen=True)
class Granted:
    """What a deed earns: `points`, and `cut`, what the year's caps took off."""

    points: int
    cut: int


def granted(document: SchemeDocument, rule: DeedRule, *, of_deed: int, of_ledger: int) -> Granted:
    """A deed's points within what its own year and the ledger's yearly cap still leave.

    `of_deed` and `of_ledger`: what the home earned that year by this deed, and in its ledger in all.
    """
    left = rule.points if rule.year_points is None else rule.year_points - of_deed
    caps = [cap.points - of_ledger for cap in document.caps if cap.ledger == rule.ledger]
    points = max(0, min(rule.points, left, *caps))
    return Granted(points, rule.points - points)
