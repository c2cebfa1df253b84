"""What was printed (D9): digests that stay, and beside them the facts, which can be erased."""

from __future__ import annotations

from django.db import models

from courtyard.places.models import Place


class Artefact(models.Model):
    """One print that was made: which paper, for which place and subject, on which day, and the digests that prove it.

    `facts_sha256` and `file_sha256` are salted (D10): without the words beside them they say nothing.
    """

    id = models.UUIDField(primary_key=True)
    paper = models.CharField(max_length=32)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField(null=True)
    day = models.DateField()
    template_sha256 = models.CharField(max_length=64)
    facts_sha256 = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64)
    pages = models.BigIntegerField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        ("id", "paper", "place", "subject", "day", "template_sha256", "facts_sha256", "file_sha256", "pages", "entry"),
        "internal",
    )

    class Meta:
        indexes = [models.Index(fields=["place", "day"], name="outreach_artefact_place")]
        constraints = [
            models.CheckConstraint(condition=models.Q(pages__gt=0), name="outreach_artefact_has_pages"),
        ]


class ArtefactWords(models.Model):
    """The facts of a print and the salt of its digests; erased together by an action with its entry."""

    artefact = models.OneToOneField(Artefact, primary_key=True, on_delete=models.PROTECT, related_name="words")
    facts = models.TextField()
    salt = models.BinaryField()

    privacy = {"artefact": "internal", "facts": "personal", "salt": "internal"}
