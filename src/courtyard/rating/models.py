"""Scheme versions (frozen once adopted) and their adoptions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.kernel.choices import Choice
from courtyard.places.models import Place
from courtyard.records.checks import known


class VersionState(Choice):
    DRAFT = "draft", "草稿"
    ADOPTED = "adopted", "已通过"


class SchemeVersion(models.Model):
    """One version of a scheme document: canonical JSON text, its SHA-256, the engine that scores it (D14)."""

    id = models.UUIDField(primary_key=True)
    scheme = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    number = models.BigIntegerField()
    engine = models.BigIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=VersionState.choices(), default="draft")
    by = models.UUIDField()
    at = models.DateTimeField()

    frozen_when = "OLD.state = 'adopted'"
    privacy = dict.fromkeys(
        ("id", "scheme", "title", "number", "engine", "text", "sha256", "state", "by", "at"), "public"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="rating_version_number_once"),
            known("rating_version_state", "state", VersionState),
        ]


class Adoption(models.Model):
    """That a place's assembly adopted a version: its resolution and the day it takes effect."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT)
    starts = models.DateField()
    assembly = models.DateField()
    attendance = models.BigIntegerField()
    households = models.BigIntegerField()
    document = models.CharField(max_length=120)
    by = models.UUIDField()
    seconded_by = models.UUIDField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        ("id", "place", "version", "starts", "assembly", "attendance", "households", "document"), "public"
    ) | dict.fromkeys(("by", "seconded_by", "entry"), "internal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "starts"], name="rating_adoption_start_once"),
            models.CheckConstraint(condition=Q(attendance__gte=1), name="rating_adoption_attended"),
        ]
