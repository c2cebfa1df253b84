"""A home that came to the village after a round was opened, taken in: it is visited this round, last in its group."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.households.models import Household
from courtyard.households.queries import rated_homes
from courtyard.inspections.actions.turn import months_round, village_turn
from courtyard.inspections.models import Round, Visit
from courtyard.inspections.queries.groups import leading_homes
from courtyard.inspections.queries.left_out import last_grades
from courtyard.inspections.queries.rounds import while_open
from courtyard.inspections.rules.rounds import is_carried
from courtyard.inspections.rules.states import RoundKind
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import visit_id
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.rating.queries import document_of
from courtyard.records.guard import swap
from courtyard.records.journal import act


def include_home(*, opened: Round, household: Household, by: Actor, at: datetime, command: UUID | None = None) -> Visit:
    """Take a home into an open round that came to the village after it was opened; it is walked last in its group.

    A light round leaves out on purpose who carries a 好 and was not drawn: nobody is picked by hand. Refuses
    inspections.other_village, .not_rateable, .round_closed, .in_round_already, .carried_home, .not_the_months_round.
    """
    refuse_if(may(by, "rounds.include", opened.village.path))
    months_round(opened)
    if household.village_id != opened.village_id:
        refuse("inspections.other_village", household=household.code)
    key = visit_id(opened.pk, household.pk)
    given = {"round": opened.pk, "household": household.pk}
    with act(
        "inspections.include_home", by=by, at=at, chain=opened.village_id, subject=key, command=command, given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Visit.objects.get(pk=key)
        village_turn(pen)
        pen.take_number()
        swap(while_open(opened.pk), "inspections.round_closed", changed=pen.number)
        if Visit.objects.filter(pk=key).exists():
            refuse("inspections.in_round_already", household=household.code)
        if not rated_homes(opened.village.path).filter(pk=household.pk).exists():
            refuse("inspections.not_rateable", household=household.code)
        last = last_grades([opened.village_id], opened.month, household=household.pk).get(household.pk)
        grade, left_out = (last.grade, last.left_out) if last else ("", 0)
        if is_carried(RoundKind(opened.kind), document_of(opened.version), grade, left_out):
            refuse("inspections.carried_home", household=household.code)
        before = Visit.objects.filter(round=opened, group=household.group_id).order_by("-order").first()
        visit = Visit(id=key, round=opened, household=household, group_id=household.group_id)
        visit.order = before.order + 1 if before else 1
        visit.leads = household.pk in leading_homes(opened.village_id, day_of(at))
        visit.save(force_insert=True)
        pen.answer = {"visit": key}
    return visit
