"""Tables of the village covenant: its versions, and which household knows which."""

from __future__ import annotations

from django.db import models

from courtyard.households.models.register import Household
from courtyard.places.models import Place


class Covenant(models.Model):
    """A version of a village's (or town's) covenant as its assembly passed it, with its resolution: the day, how many came
    (`attendance`) of how many households, and where it is filed. A new version never changes an old one; one put in
    before attendance was asked has none. It is public: it hangs on the wall."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    version = models.BigIntegerField()
    title = models.CharField(max_length=60)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    passed = models.DateField()
    document = models.CharField(max_length=80)
    attendance = models.BigIntegerField(null=True)
    households = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField()

    privacy = {
        **dict.fromkeys(("place", "version", "title", "text", "sha256", "passed", "document"), "public"),
        **dict.fromkeys(("attendance", "households"), "public"),
        **dict.fromkeys(("id", "at", "by"), "internal"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "version"], name="households_covenant_version_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="households_covenant_version_from_one"),
            models.CheckConstraint(
                condition=models.Q(attendance=None, households=None)
                | models.Q(attendance__isnull=False, households__isnull=False)
                & models.Q(attendance__gte=1, attendance__lte=models.F("households")),
                name="households_covenant_attended",
            ),
        ]


class CovenantKnown(models.Model):
    """That a household was told of a version (知晓): by its mark on the hand-over sheet, or on its own page. Never a
    condition of anything."""

    id = models.BigAutoField(primary_key=True)
    covenant = models.ForeignKey(Covenant, on_delete=models.PROTECT, related_name="known")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="covenants")
    day = models.DateField()

    privacy = {
        **dict.fromkeys(("id", "covenant", "household"), "internal"),
        "day": "personal",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["covenant", "household"], name="households_covenant_known_once")]
