"""Slips as they were printed, and what came back on their counterfoils."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.honours.models.listings import Listing
from courtyard.honours.rules.slips import SlipKind
from courtyard.households.models import Household
from courtyard.inspections.models import Round, Visit
from courtyard.places.models import Place
from courtyard.records.checks import known


class Slip(models.Model):
    """One printed slip: its serial stands on it, on its counterfoil and in the counterfoil's code, and nowhere else.

    Of `findings` or of a `notice` (with its entry). One from a blank pad has no home until its counterfoil names it.
    """

    id = models.UUIDField(primary_key=True)
    serial = models.CharField(max_length=10, unique=True)
    kind = models.CharField(max_length=8, choices=SlipKind.choices())
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="slips")
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="slips")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="slips", db_index=False)
    listing = models.ForeignKey(Listing, null=True, on_delete=models.PROTECT, related_name="slips")
    day = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        ("id", "serial", "kind", "village", "group", "round", "household", "visit", "listing", "day", "entry"),
        "internal",
    )

    class Meta:
        constraints = [
            known("honours_slip_kind", "kind", SlipKind),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(kind="findings", visit__isnull=False), name="honours_slip_once_a_visit"
            ),
            models.CheckConstraint(
                condition=Q(kind="findings", listing=None)
                | Q(kind="notice", listing__isnull=False, household__isnull=False),
                name="honours_slip_of_a_notice",
            ),
            models.CheckConstraint(
                condition=Q(household=None, visit=None) | Q(household__isnull=False, visit__isnull=False),
                name="honours_slip_home_and_visit",
            ),
        ]


class Counterfoil(models.Model):
    """What was ticked on a slip's counterfoil, signed on `day`; a later one of the same slip (n = 2 …) only adds."""

    id = models.UUIDField(primary_key=True)
    slip = models.ForeignKey(Slip, on_delete=models.PROTECT, related_name="counterfoils", db_index=False)
    n = models.BigIntegerField()
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="counterfoils")
    received = models.BooleanField()
    disagrees = models.BooleanField()
    alone = models.BooleanField()
    day = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "slip", "n", "household", "day", "entry"), "internal") | dict.fromkeys(
        ("received", "disagrees", "alone"), "personal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slip", "n"], name="honours_counterfoil_number_once"),
        ]
