"""Table of what a second person looks at: a roster's import as a whole, a household put in by hand (DOMAIN §4.13)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.households.rules import states
from courtyard.places.models import Place
from courtyard.records.checks import known


class Countersign(models.Model):
    """One import or one household by hand, made by `made_by`, until another person has looked at it.

    `binds`: until it is confirmed its households' cards spend nothing. An operator's import is looked at as well, but
    binds nobody (docs/decisions/0010).
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=16, choices=states.CountersignKind.choices())
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=states.CountersignState.choices(), default="waiting")
    binds = models.BooleanField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    privacy = dict.fromkeys(
        ("id", "kind", "place", "state", "binds", "made_by", "made_at", "answered_by", "answered_at"), "internal"
    )

    class Meta:
        indexes = [models.Index(fields=["state", "place"], name="households_countersign_state")]
        constraints = [
            known("households_countersign_kind", "kind", states.CountersignKind),
            known("households_countersign_state", "state", states.CountersignState),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"], answered_by=None)
                | (Q(state__in=["confirmed", "refused"]) & ~Q(answered_by=None) & ~Q(answered_by=models.F("made_by"))),
                name="households_countersign_by_another",
            ),
        ]
