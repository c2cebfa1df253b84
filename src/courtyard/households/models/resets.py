"""Table of PIN resets: asked for with the household present, done by a second person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.households.models.register import Household
from courtyard.households.rules import states
from courtyard.places.models import Place
from courtyard.records.checks import known


class PinReset(models.Model):
    """A new PIN the household has chosen, which opens nothing until a second person has confirmed it.

    `duty` (a DutyKind's code) and `place` are what the first person acted by: the second is of another duty or another level. `sealed` is
    emptied once it is decided.
    """

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="resets")
    state = models.CharField(max_length=16, choices=states.PinResetState.choices(), default="asked")
    sealed = models.CharField(max_length=64)
    key = models.CharField(max_length=8)
    duty = models.CharField(max_length=16)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    privacy = {
        **dict.fromkeys(("id", "household", "state", "key", "duty", "place", "asked_by", "asked_at"), "internal"),
        **dict.fromkeys(("answered_by", "answered_at"), "internal"),
        "sealed": "secret",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(state="asked"), name="households_one_reset_asked"
            ),
            known("households_pinreset_state", "state", states.PinResetState),
            models.CheckConstraint(
                condition=Q(state="asked", answered_by=None)
                | (~Q(state="asked") & Q(sealed="") & ~Q(answered_by=None) & ~Q(answered_by=models.F("asked_by"))),
                name="households_pinreset_by_another",
            ),
        ]
