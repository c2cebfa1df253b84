"""What the register asks of a desk, village by village, in one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courtyard.households.models import Care, Household, Question
from courtyard.households.rules.states import CardState, CareState, Living, Participation, QuestionState
from courtyard.places.models import Place
from courtyard.places.queries import places
from courtyard.places.rules import PlaceKind


def _count(rows: QuerySet[Any], field: str) -> Coalesce:
    """How many of these rows belong to the village of the outer query."""
    mine = rows.filter(**{field: OuterRef("pk")}).order_by().values(field).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(mine, output_field=IntegerField()), 0)


def villages_on_the_desk(areas: Iterable[str]) -> QuerySet[Place]:
    """Villages within areas in order of places, each with its counts: `homes` that are lived in and take part, with a card
    (`cards`), those whose card is `handed_over`, open `questions` of imports, lines `proposed` for the care list (one query)."""
    part = Household.objects.filter(
        until=None, participation=Participation.TAKING_PART.value, living=Living.LIVED_IN.value
    )
    asked = Question.objects.filter(state=QuestionState.OPEN.value)
    proposed = Care.objects.filter(state=CareState.PROPOSED.value, household__until=None)
    return (
        places(areas, PlaceKind.VILLAGE.value)
        .order_by("path")
        .annotate(
            homes=_count(part, "village"),
            cards=_count(part.filter(cards__state=CardState.LIVE.value), "village"),
            handed_over=_count(
                part.filter(cards__state=CardState.LIVE.value, cards__handed_over__isnull=False), "village"
            ),
            questions=_count(asked, "household__village"),
            proposed=_count(proposed, "household__village"),
        )
    )
