"""Working drafts of schemes, versions (frozen once adopted), what a second level said of them, and their adoptions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from courtyard.kernel.choices import Choice
from courtyard.places.models import Place
from courtyard.records.checks import known


class VersionState(Choice):
    DRAFT = "draft", "草稿"
    REVIEWED = "reviewed", "已核对"
    ADOPTED = "adopted", "已通过"


class DraftState(Choice):
    OPEN = "open", "正在写"
    HANDED = "handed", "已交核对"
    DROPPED = "dropped", "不要了"


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


class SchemeDraft(models.Model):
    """A scheme that somebody is writing for a place: its tables as JSON, sound or not yet; edited in place until it is
    handed in as a version. `revision` rises with each change, so that two who write at once do not overwrite each other."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    title = models.CharField(max_length=80)
    origin = models.CharField(max_length=80)
    text = models.TextField()
    revision = models.BigIntegerField(default=1)
    state = models.CharField(max_length=8, choices=DraftState.choices(), default="open")
    version = models.ForeignKey(SchemeVersion, null=True, on_delete=models.PROTECT)
    by = models.UUIDField()
    at = models.DateTimeField()
    changed_by = models.UUIDField()
    changed = models.DateTimeField()

    privacy = dict.fromkeys(
        ("id", "place", "title", "origin", "text", "revision", "state", "version", "at", "changed"), "public"
    ) | dict.fromkeys(("by", "changed_by"), "internal")

    class Meta:
        constraints = [
            known("rating_draft_state", "state", DraftState),
            models.CheckConstraint(
                condition=Q(state="handed", version__isnull=False) | (~Q(state="handed") & Q(version=None)),
                name="rating_handed_draft_is_a_version",
            ),
        ]


class SchemeReview(models.Model):
    """What a person of another level said of a version before an assembly votes: it may go on, or must be changed."""

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="reviews")
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    agrees = models.BooleanField()
    words_sha256 = models.CharField(max_length=64)
    by = models.UUIDField()
    day = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "version", "place", "agrees", "day"), "public") | dict.fromkeys(
        ("words_sha256", "by", "entry"), "internal"
    )


class ReviewWords(models.Model):
    """What was said of a version's rules, beside the review: public words about a document, kept with the version an
    assembly voted on."""

    id = models.UUIDField(primary_key=True)
    review = models.OneToOneField(SchemeReview, on_delete=models.PROTECT, related_name="words")
    text = models.TextField()
    salt = models.BinaryField()

    privacy = {"id": "internal", "review": "internal", "text": "personal", "salt": "internal"}


class AdoptionYear(models.Model):
    """The simulated year on which an assembly voted: what it would cost, from 5 % to 95 % of the seeds, and the budget."""

    id = models.UUIDField(primary_key=True)
    adoption = models.OneToOneField(Adoption, on_delete=models.PROTECT, related_name="year")
    homes = models.BigIntegerField()
    seeds = models.BigIntegerField()
    low_fen = models.BigIntegerField()
    middle_fen = models.BigIntegerField()
    high_fen = models.BigIntegerField()
    budget_fen = models.BigIntegerField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        ("adoption", "homes", "seeds", "low_fen", "middle_fen", "high_fen", "budget_fen"), "public"
    ) | dict.fromkeys(("id", "entry"), "internal")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(low_fen__gte=0, low_fen__lte=F("middle_fen"), middle_fen__lte=F("high_fen")),
                name="rating_year_in_order",
            ),
            models.CheckConstraint(condition=Q(high_fen__lte=F("budget_fen")), name="rating_year_inside_budget"),
        ]
