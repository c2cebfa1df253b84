"""What belongs to re-visits alone: the three questions, the concerns a "no" opens, how far a spot check agreed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.households.models import Household
from courtyard.inspections.models.visits import Marks, Round
from courtyard.inspections.rules.questions import ConcernState, Question, Reply
from courtyard.places.models import Place
from courtyard.records.checks import known


class Replies(models.Model):
    """What a household answered to the three questions (回访三问) when these marks of a re-visit were given."""

    id = models.UUIDField(primary_key=True)
    marks = models.OneToOneField(Marks, on_delete=models.PROTECT, related_name="replies")
    came = models.CharField(max_length=16, choices=Reply.choices())
    slip = models.CharField(max_length=16, choices=Reply.choices())
    receipts = models.CharField(max_length=16, choices=Reply.choices())
    day = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "marks", "day", "entry"), "internal") | dict.fromkeys(
        ("came", "slip", "receipts"), "personal"
    )

    class Meta:
        constraints = [
            known("inspections_replies_came", "came", Reply),
            known("inspections_replies_slip", "slip", Reply),
            known("inspections_replies_receipts", "receipts", Reply),
        ]


class Concern(models.Model):
    """A "no" to one of the three questions: the supervisor's to answer, never the village's (DOMAIN §4.14)."""

    id = models.UUIDField(primary_key=True)
    replies = models.ForeignKey(Replies, on_delete=models.PROTECT, related_name="concerns")
    question = models.CharField(max_length=16, choices=Question.choices())
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=ConcernState.choices(), default="open")
    opened = models.DateField()
    answered = models.DateField(null=True)

    privacy = dict.fromkeys(("id", "replies", "household", "village", "state", "opened", "answered"), "internal") | {
        "question": "personal"
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["replies", "question"], name="inspections_concern_once"),
            known("inspections_concern_question", "question", Question),
            known("inspections_concern_state", "state", ConcernState),
            models.CheckConstraint(
                condition=Q(state="open", answered=None) | Q(state="answered", answered__isnull=False),
                name="inspections_answered_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "village"], name="inspections_concern_desk")]


class ConcernAnswer(models.Model):
    """Who answered a concern, and the seal of the words that lie beside it (D10)."""

    id = models.UUIDField(primary_key=True)
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="answer")
    by = models.UUIDField()
    day = models.DateField()
    words_sha256 = models.CharField(max_length=64)
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "concern", "by", "day", "words_sha256", "entry"), "internal")


class ConcernWords(models.Model):
    """The words of a concern's answer; can be erased."""

    id = models.UUIDField(primary_key=True)
    answer = models.OneToOneField(ConcernAnswer, on_delete=models.PROTECT, related_name="words")
    text = models.TextField()
    salt = models.BinaryField()

    privacy = {"id": "internal", "answer": "internal", "text": "personal", "salt": "internal"}


class Agreement(models.Model):
    """A closed spot check beside the round it looked at: in one area, how many homes' grades were the same, one band
    apart, or further."""

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="agreements")
    area = models.CharField(max_length=32)
    same = models.BigIntegerField()
    near = models.BigIntegerField()
    far = models.BigIntegerField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "round", "area", "same", "near", "far", "entry"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "area"], name="inspections_agreement_once"),
            models.CheckConstraint(
                condition=Q(same__gte=0, near__gte=0, far__gte=0), name="inspections_agreement_counts"
            ),
        ]
