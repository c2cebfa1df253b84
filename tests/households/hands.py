"""What several tests of the register do by hand."""

from __future__ import annotations

from tests.worlds import AT, World

from courtyard.households.actions.writing import ask, question
from courtyard.households.models import Household, Question
from courtyard.households.rules.states import QuestionKind
from courtyard.kernel.days import day_of
from courtyard.records.journal import act


def asked(world: World, household: Household, kind: QuestionKind, other: Household | None = None) -> Question:
    with act("test.ask", by=world.terminal, at=AT, chain=household.village_id):
        ask([question(household.pk, kind, day_of(AT), other.pk if other else None)])
    return Question.objects.get(household=household, kind=kind.value)
