"""Reading what a round's page says beside its seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Subquery

from courtyard.inspections.models import Draw, EvaluationGroup, Review, Round
from courtyard.inspections.rules.states import ReviewState


@dataclass(frozen=True)
class RoundDesk:
    """Whether panels were drawn; the last day of the village's term where none runs; how many evaluators' marks in a
    visit wait for a decision."""

    drawn: bool
    term_over: date | None
    reviews: int


def round_desk(opened: Round, day: date) -> RoundDesk:
    """One round's facts on a day: terms as `groups.seatable` reads them, reviews as `sheets.open_reviews` (one query)."""
    terms = EvaluationGroup.objects.filter(village=OuterRef("village"), since__lte=day).order_by("-since")
    of_round = Review.objects.filter(state=ReviewState.OPEN.value, marks__visit__round=OuterRef("pk")).order_by()
    earlier = Review.objects.filter(
        state=ReviewState.OPEN.value,
        marks__visit=OuterRef("marks__visit"),
        marks__evaluator=OuterRef("marks__evaluator"),
        marks__n__lt=OuterRef("marks__n"),
    )
    each_once = of_round.filter(~Exists(earlier)).values("marks__visit__round").annotate(n=Count("pk")).values("n")
    found = Round.objects.filter(pk=opened.pk).values_list(
        Exists(Draw.objects.filter(round=OuterRef("pk"))), Subquery(terms.values("last")[:1]), Subquery(each_once)
    )
    drawn, last, reviews = found.get()
    return RoundDesk(drawn, last if last is not None and last < day else None, reviews or 0)
