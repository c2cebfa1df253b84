"""The correction of an entry that was published and was wrong: it stands where the error stood, as large and as long."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from courtyard.honours.models.listings import Listing
from courtyard.honours.rules import states
from courtyard.records.checks import known


class Correction(models.Model):
    """A correction from `since` to `until` (as many days as the error stood), and the task to paste it on the board.

    `named`: the household wants its name in it; without its wish a correction names nobody.
    """

    id = models.UUIDField(primary_key=True)
    listing = models.OneToOneField(Listing, on_delete=models.PROTECT, related_name="correction")
    since = models.DateField()
    until = models.DateField()
    named = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=states.PasteTaskState.choices(), default="open")
    done_on = models.DateField(null=True)

    privacy = dict.fromkeys(("id", "listing", "since", "until", "state", "done_on"), "internal") | {"named": "personal"}

    class Meta:
        constraints = [
            known("honours_correction_state", "state", states.PasteTaskState),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="honours_correction_days"),
        ]
