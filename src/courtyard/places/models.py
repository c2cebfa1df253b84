"""Places (only they have a path, D13) and the editable holiday table."""

from __future__ import annotations

from django.db import models

from courtyard.places.rules import PlaceKind
from courtyard.records.checks import known


class Place(models.Model):
    """A county, town, village or group. `path` is its codes from the town down, joined by '/'; the county's is ''."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=16, choices=PlaceKind.choices())
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    village = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    town = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=40)
    path = models.CharField(max_length=140, unique=True)
    order = models.BigIntegerField(default=0)
    complaint_line = models.CharField(max_length=40, default="")

    privacy = dict.fromkeys(
        ("id", "kind", "parent", "village", "town", "code", "name", "path", "order", "complaint_line"), "public"
    )

    class Meta:
        ordering = ["order", "path"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="places_place_name_once"),
            known("places_place_kind", "kind", PlaceKind),
        ]


class HolidayYear(models.Model):
    """A year whose free days and worked weekends are in the table."""

    year = models.BigIntegerField(primary_key=True)

    privacy = {"year": "public"}


class Holiday(models.Model):
    """A free day, or (`worked`) a weekend day worked instead (调休)."""

    day = models.DateField(primary_key=True)
    worked = models.BooleanField()
    name = models.CharField(max_length=40)

    privacy = {"day": "public", "worked": "public", "name": "public"}
