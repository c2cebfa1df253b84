"""Deeds outside a round (事项, D3): what may be recorded, who confirms it, what of its points the year still leaves; what
takes points off, and what may be said of a deed afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from courtyard.kernel.choices import Choice
from courtyard.kernel.days import Deadline, Holidays, working_days_after
from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import DeedRule, SchemeDocument
from courtyard.rating.rules.periods import period_of

EVIDENCE_MOST = 200
NOTICE_LEAST = 3  # working days between being told and losing points, whatever a scheme says (as DOMAIN §4.2)
_EVENT = re.compile(r"[0-9A-Za-z\-]{0,16}", re.ASCII)


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
    """The household as the rule reads it: lived in, taking part, whether it has this deed of that day already, whether
    it is on the care list."""

    code: str
    lived_in: bool
    taking_part: bool
    again: bool = False
    care: bool = False


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


def takes(rule: DeedRule | None) -> bool:
    """Whether a deed takes something off: points, or a star set outright."""
    return rule is not None and (rule.points_milli < 0 or rule.direct is not None)


def unfit_event(event: str) -> Problem | None:
    """Why this is no number of a thing several deeds are about."""
    return None if _EVENT.fullmatch(event) else Problem("inspections.deed_event", {"given": event[:40]})


def unfit_taking(
    rule: DeedRule, day: date, told: date | None, today: date, doer: Doer, evidence: bool
) -> Problem | None:
    """Why what takes off cannot be recorded, or None: evidence, the day the home was told, nobody on the care list."""
    if not takes(rule):
        return None
    if doer.care:
        return Problem("inspections.deed_care", {"household": doer.code})
    if not evidence:
        return Problem("inspections.deed_no_evidence", {"deed": rule.name})
    if told is None or not day <= told <= today:
        return Problem("inspections.deed_not_told", {"deed": rule.name, "day": day.isoformat()})
    return None


def too_late(document: SchemeDocument, day: date, today: date) -> Problem | None:
    """That a record came after its period ended, where the scheme says that it does not count then."""
    last = period_of(document.scope.period, day).last
    if document.engine > 1 and document.answers.late == "dropped" and today > last:
        return Problem("inspections.deed_late", {"day": day.isoformat(), "last": last.isoformat()})
    return None


def confirmed_from(document: SchemeDocument, told: date, holidays: Holidays) -> Deadline:
    """From which day on what takes off may be confirmed: after so many whole working days in which the home may object."""
    until = working_days_after(told, max(NOTICE_LEAST, document.process.notice_working_days), holidays)
    return Deadline(until.day + timedelta(days=1), until.provisional)


def unfit_to_confirm(first: Deadline, today: date, objected: bool) -> Problem | None:
    """Why what takes off cannot be confirmed yet, or None."""
    if objected:
        return Problem("inspections.deed_objected")
    if today < first.day:
        return Problem("inspections.deed_told_lately", {"day": first.day.isoformat()})
    return None


def gives_back(document: SchemeDocument, rule: DeedRule | None) -> bool:
    """Whether mending a deed changes what it counts."""
    if rule is None or not takes(rule):
        return False
    back = document.answers.mended in ("points", "both") and rule.points_milli < 0
    return back or rule.mended_points_milli is not None or rule.direct is not None or rule.until_mended


def unfit_change(
    kind: ChangeKind, state: DeedState, mends: bool, minus: bool, day: date, done: date, today: date
) -> Problem | None:
    """Why this cannot be said of a deed that was `done` on a day, or None.

    `mends`: mending changes something; `minus`: the deed takes off; `day`: the day it was put right, or of today."""
    open_states = {DeedState.CONFIRMED} | ({DeedState.PROPOSED} if kind is ChangeKind.OBJECTION else set())
    if state not in open_states:
        return Problem("inspections.deed_not_standing")
    if kind is ChangeKind.OBJECTION and not minus:
        return Problem("inspections.deed_takes_nothing")
    if kind is ChangeKind.MENDED and not mends:
        return Problem("inspections.deed_mends_nothing")
    if not done <= day <= today:
        return Problem("inspections.deed_change_day", {"day": day.isoformat()})
    return None


def unfit_answer(kind: ChangeKind, granted: bool, late: bool, own: bool, reasons: bool) -> Problem | None:
    """Why this answer cannot be given, or None. `late`: the last day to answer has passed; `own`: who answers recorded or
    confirmed the deed."""
    if kind is ChangeKind.OBJECTION and own:
        return Problem("inspections.deed_answer_own")
    if kind is ChangeKind.OBJECTION and late and not granted:
        return Problem("inspections.deed_answer_late")
    if not granted and not reasons:
        return Problem("inspections.deed_no_reasons")
    return None
