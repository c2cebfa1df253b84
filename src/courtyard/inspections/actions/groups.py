"""Making and renewing a village's evaluation group: its term of office, the meeting that chose it, its trios."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import EvaluationGroup, GroupMember
from courtyard.inspections.queries.rounds import able_evaluators
from courtyard.inspections.rules.membership import MeetingKind, Member, Term, unfit_members, unfit_term
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind
from courtyard.records.journal import act


def make_group(
    *,
    village: Place,
    term: Term,
    meeting_kind: MeetingKind,
    members: Sequence[Member],
    by: Actor,
    at: datetime,
    command: UUID | None = None,
) -> EvaluationGroup:
    """Make a village's evaluation group, or the next one: it takes over on the first day of its term.

    Refuses inspections.meeting_to_come, .term_before_meeting, .term_ends_early, .term_too_long, .nobody_came,
    .group_before, .member_twice, .member_without_duty, .trio_incomplete, .one_kind_only, .not_a_village.
    """
    refuse_if(may(by, "rounds.open", village.path))
    if village.kind != PlaceKind.VILLAGE.value:
        refuse("inspections.not_a_village", place=village.name)
    given = {
        "village": village.pk, "term": [term.since, term.last, term.meeting, term.attendance],
        "kind": meeting_kind.value,
        "members": [[member.account, member.standing.value, member.trio, member.n] for member in members],
    }  # fmt: skip
    with act(
        "inspections.make_group", by=by, at=at, chain=village.pk, command=command, given=given,
        conflict="inspections.group_before",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return EvaluationGroup.objects.get(pk=pen.answer["group"])
        village_turn(pen)
        today = day_of(at)
        latest = EvaluationGroup.objects.filter(village=village).order_by("-since").first()
        refuse_if(unfit_term(term, today, latest.since if latest else None))
        refuse_if(unfit_members(members, set(able_evaluators(village, max(today, term.since)))))
        group = EvaluationGroup(id=uuid7(), village=village, since=term.since, last=term.last, meeting=term.meeting)
        group.meeting_kind, group.attendance = meeting_kind.value, term.attendance
        group.save(force_insert=True)
        GroupMember.objects.bulk_create(_member(group, member) for member in members)
        pen.subject = group.pk.hex
        pen.answer = {"group": group.pk, "members": len(members), "trios": len({member.trio for member in members})}
    return group


def _member(group: EvaluationGroup, member: Member) -> GroupMember:
    row = GroupMember(id=uuid7(), group=group, account_id=member.account, trio=member.trio, n=member.n)
    row.standing = member.standing.value
    return row
