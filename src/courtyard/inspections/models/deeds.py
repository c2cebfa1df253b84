"""Deeds outside a round (事项): a row of its own with date, item and evidence, confirmed by a second person (D3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.households.models import Household
from courtyard.inspections.rules.deeds import DeedState
from courtyard.places.models import Place
from courtyard.rating.models import SchemeVersion
from courtyard.records.checks import known


class Deed(models.Model):
    """What a household did on a day, by the code of the scheme then in force; `points` is what it earned when confirmed.

    `help` is the help task it is thanked for (an id of the room above). `words_sha256` seals its evidence."""

    id = models.UUIDField(primary_key=True)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="deeds")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=16)
    day = models.DateField()
    state = models.CharField(max_length=16, choices=DeedState.choices(), default="proposed")
    points = models.BigIntegerField(null=True)
    cut = models.BigIntegerField(default=0)
    help = models.UUIDField(null=True)
    words_sha256 = models.CharField(max_length=64, default="")
    proposed_by = models.UUIDField()
    proposed_as = models.CharField(max_length=16)
    proposed = models.DateField()
    decided_by = models.UUIDField(null=True)
    decided = models.DateField(null=True)

    privacy = dict.fromkeys(
        ("id", "village", "household", "version", "day", "help", "words_sha256", "proposed_by", "proposed_as")
        + ("proposed", "decided_by", "decided"),
        "internal",
    ) | dict.fromkeys(("item", "state", "points", "cut"), "personal")

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="inspections_deed_desk")]
        constraints = [
            known("inspections_deed_state", "state", DeedState),
            models.UniqueConstraint(
                fields=["household", "item", "day"],
                condition=Q(state__in=["proposed", "confirmed"]),
                name="inspections_deed_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["help"], condition=Q(help__isnull=False), name="inspections_deed_once_a_help"
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", points__gte=0, cut__gte=0) | (~Q(state="confirmed") & Q(points=None)),
                name="inspections_confirmed_deed_has_points",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided=None, decided_by=None)
                | (~Q(state="proposed") & Q(decided__isnull=False, decided_by__isnull=False)),
                name="inspections_decided_deed_has_its_day",
            ),
        ]


class DeedWords(models.Model):
    """Evidence of a deed in words, beside it; can be erased (D10)."""

    id = models.UUIDField(primary_key=True)
    deed = models.OneToOneField(Deed, on_delete=models.PROTECT, related_name="words")
    text = models.TextField()
    salt = models.BinaryField()

    privacy = {"id": "internal", "deed": "internal", "text": "personal", "salt": "internal"}
