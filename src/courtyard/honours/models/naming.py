"""What names on a black list rest on: a village's three documents, the county's switch, the token of a group's sheet."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from courtyard.honours.rules import states
from courtyard.places.models import Place
from courtyard.records.checks import known


class NameDocuments(models.Model):
    """The three documents of a village: the assembly's resolution, until when it holds, the impact assessment.

    Whether they hold is read by the rule; `ended_on` ends them before their day. `sha256` of what was filed stands in
    the journal too. A later resolution is a later row: an entry keeps the one it was published under.
    """

    id = models.UUIDField(primary_key=True)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    resolved_on = models.DateField()
    attendance = models.BigIntegerField()
    households = models.BigIntegerField()
    document = models.CharField(max_length=120)
    since = models.DateField()
    expires_on = models.DateField()
    ended_on = models.DateField(null=True)
    assessed_on = models.DateField()
    assessor = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)

    privacy = dict.fromkeys(
        ("id", "village", "resolved_on", "attendance", "households", "document", "since", "expires_on", "ended_on")
        + ("assessed_on", "sha256"),
        "internal",
    ) | {"assessor": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village"], condition=Q(ended_on=None), name="honours_namedocuments_one_a_village"
            ),
            models.CheckConstraint(
                condition=Q(attendance__gt=0, attendance__lte=F("households")), name="honours_namedocuments_attendance"
            ),
            models.CheckConstraint(
                condition=Q(resolved_on__lte=F("since"), expires_on__gt=F("since")), name="honours_namedocuments_days"
            ),
        ]


class Assessment(models.Model):
    """One answered question of the impact assessment."""

    documents = models.ForeignKey(NameDocuments, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=12, choices=states.AssessmentQuestion.choices())
    text = models.TextField()

    privacy = {"id": "internal", "documents": "internal", "question": "internal", "text": "internal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["documents", "question"], name="honours_assessment_once"),
            known("honours_assessment_question", "question", states.AssessmentQuestion),
        ]


class NamesSwitch(models.Model):
    """The county's one switch: names on black lists forbidden everywhere, or allowed where the documents stand."""

    county = models.OneToOneField(Place, primary_key=True, on_delete=models.PROTECT, related_name="+")
    forbidden = models.BooleanField()
    since = models.DateField()

    privacy = {"county": "public", "forbidden": "public", "since": "public"}


class BoardToken(models.Model):
    """The random token on a group's named sheet: it opens the page behind that sheet while its documents hold."""

    id = models.UUIDField(primary_key=True)
    group = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    documents = models.ForeignKey(NameDocuments, on_delete=models.PROTECT, related_name="tokens")
    token = models.CharField(max_length=26, unique=True)
    since = models.DateField()

    privacy = {"id": "internal", "group": "internal", "documents": "internal", "token": "secret", "since": "internal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "documents"], name="honours_boardtoken_once"),
        ]
