"""The words of an evaluation group, and who may make one: trios of three and a reserve, both kinds of representatives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.kernel.choices import Choice
from courtyard.kernel.problems import Problem

TRIO, RESERVE = 3, 4
MOST_YEARS = 5


class Standing(Choice):
    PARTY = "party", "党员代表"
    VILLAGERS = "villagers", "村民代表"


class MeetingKind(Choice):
    ASSEMBLY = "assembly", "村民会议"
    DELEGATES = "delegates", "村民代表会议"
    JOINT = "joint", "党员和村民代表会议"


class SeatWalk(Choice):
    WHOLE = "whole", "全组"
    FRONT = "front", "带头户"
    STAND_IN = "stand_in", "替亲属"


@dataclass(frozen=True)
class Member:
    """One member: whom they stand for, their trio from 1, their place in it (1 to 3; 4 is the reserve)."""

    account: UUID
    standing: Standing
    trio: int
    n: int


@dataclass(frozen=True)
class Term:
    """The term of office and the meeting that chose the group; both days count."""

    since: date
    last: date
    meeting: date
    attendance: int


def unfit_term(term: Term, today: date, earlier: date | None) -> Problem | None:
    """Why a group cannot have this term, or None; `earlier` is the first day of the village's latest group."""
    if term.meeting > today:
        return Problem("inspections.meeting_to_come", {"day": term.meeting.isoformat()})
    if term.since < term.meeting:
        return Problem("inspections.term_before_meeting", {"since": term.since.isoformat()})
    if term.last < max(term.since, today):
        return Problem("inspections.term_ends_early", {"last": term.last.isoformat()})
    if term.last.year - term.since.year > MOST_YEARS:
        return Problem("inspections.term_too_long", {"years": MOST_YEARS})
    if term.attendance < 1:
        return Problem("inspections.nobody_came")
    if earlier is not None and term.since <= earlier:
        return Problem("inspections.group_before", {"since": earlier.isoformat()})
    return None


def unfit_members(members: Sequence[Member], able: AbstractSet[UUID]) -> Problem | None:
    """Why these people cannot be an evaluation group, or None; `able` have the evaluator's duty in the village."""
    if len({member.account for member in members}) != len(members):
        return Problem("inspections.member_twice")
    if not {member.account for member in members} <= able:
        return Problem("inspections.member_without_duty")
    places: Mapping[tuple[int, int], int] = Counter((member.trio, member.n) for member in members)
    trios = {member.trio for member in members}
    if not trios or trios != set(range(1, max(trios) + 1)):
        return Problem("inspections.trio_incomplete", {"trio": 1})
    for trio in sorted(trios):
        if [places.get((trio, n), 0) for n in range(1, RESERVE + 1)] != [1] * RESERVE:
            return Problem("inspections.trio_incomplete", {"trio": trio})
    if len(members) != RESERVE * len(trios):
        return Problem("inspections.trio_incomplete", {"trio": max(trios)})
    if {member.standing for member in members} != set(Standing):
        return Problem("inspections.one_kind_only")
    return None


def unfit_seating(chosen: Sequence[UUID], members: AbstractSet[UUID] | None, over: date | None) -> Problem | None:
    """Why these people may not be seated by the village's evaluation group, or None.

    `members` of the group whose term runs that day, None in a village that never had a group; `over`: the day the last
    term ended, where none runs.
    """
    if over is not None:
        return Problem("inspections.term_over", {"last": over.isoformat()})
    if members is not None and not set(chosen) <= members:
        return Problem("inspections.not_a_member")
    return None
