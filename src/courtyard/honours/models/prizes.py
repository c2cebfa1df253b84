"""Prizes that homes won, until they are handed out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.honours.rules.prizes import PrizeState, Taker
from courtyard.households.models import Household
from courtyard.inspections.models import Round, Visit
from courtyard.places.models import Place
from courtyard.records.checks import known


class Prize(models.Model):
    """What a home won by a clause of its round's scheme: money in fen, or (0) the thing the clause names. Never points.

    One a visit and clause at a time; who handed it out, when, and which of the home took it."""

    id = models.UUIDField(primary_key=True)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="prizes")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="prizes")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="prizes")
    clause = models.CharField(max_length=32)
    amount_fen = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=PrizeState.choices(), default="due")
    since = models.DateField()
    given_on = models.DateField(null=True)
    given_by = models.UUIDField(null=True)
    taker = models.CharField(max_length=8, choices=Taker.choices(), default="")
    withdrawn_on = models.DateField(null=True)

    privacy = dict.fromkeys(
        ("id", "village", "group", "household", "round", "visit", "since", "given_on", "given_by", "withdrawn_on"),
        "internal",
    ) | dict.fromkeys(("clause", "amount_fen", "state", "taker"), "personal")

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="honours_prize_shelf")]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "clause"], condition=~Q(state="withdrawn"), name="honours_prize_once_a_visit"
            ),
            known("honours_prize_state", "state", PrizeState),
            models.CheckConstraint(condition=Q(taker="") | Q(taker__in=Taker.codes()), name="honours_prize_taker"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="honours_prize_not_below_zero"),
            models.CheckConstraint(
                condition=Q(state="given", given_on__isnull=False, given_by__isnull=False) & ~Q(taker="")
                | ~Q(state="given") & Q(given_on=None, given_by=None, taker=""),
                name="honours_given_prize_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_on__isnull=False)
                | ~Q(state="withdrawn") & Q(withdrawn_on=None),
                name="honours_withdrawn_prize_has_its_day",
            ),
        ]
