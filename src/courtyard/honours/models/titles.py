"""Titles homes hold, and those they held: given and taken by a scheme's rules, the plaque hung and taken down by people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.honours.rules.titles import TitleEnd, TitleState
from courtyard.households.models import Household
from courtyard.inspections.models import Round
from courtyard.places.models import Place
from courtyard.rating.models import SchemeVersion
from courtyard.records.checks import known


class TitleHeld(models.Model):
    """A home's title, by its code in the scheme that gave it, from the close of a round on until it is lost.

    `poor_rounds`: rated rounds running in the grade that loses it; `checked_on`: when a spot check last saw the home;
    `hung_on`, `removed_on`: when its plaque was brought and taken down, where there is one. Held once at a time."""

    id = models.UUIDField(primary_key=True)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="titles")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=16)
    state = models.CharField(max_length=16, choices=TitleState.choices(), default="held")
    since = models.DateField()
    given_in = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    poor_rounds = models.BigIntegerField(default=0)
    checked_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=16, choices=TitleEnd.choices(), default="")
    ended_in = models.ForeignKey(Round, null=True, on_delete=models.PROTECT, related_name="+")
    hung_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)

    privacy = dict.fromkeys(
        ("id", "village", "household", "version", "since", "given_in", "checked_on", "ended_on", "ended_in")
        + ("hung_on", "removed_on"),
        "internal",
    ) | dict.fromkeys(("title", "state", "poor_rounds", "ended_by"), "personal")

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="honours_title_shelf")]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "title"], condition=Q(state="held"), name="honours_title_held_once"
            ),
            known("honours_title_state", "state", TitleState),
            models.CheckConstraint(
                condition=Q(ended_by="") | Q(ended_by__in=TitleEnd.codes()), name="honours_title_ended_by"
            ),
            models.CheckConstraint(
                condition=Q(state="held", ended_on=None, ended_by="")
                | (~Q(state="held") & Q(ended_on__isnull=False) & ~Q(ended_by="")),
                name="honours_ended_title_has_its_day",
            ),
            models.CheckConstraint(condition=Q(poor_rounds__gte=0), name="honours_title_rounds_counted"),
            models.CheckConstraint(
                condition=Q(removed_on=None) | Q(hung_on__isnull=False), name="honours_plaque_hung_before_removed"
            ),
        ]
