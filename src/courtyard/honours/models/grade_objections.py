"""Objections to a visit that has no open entry: to what was seen or to the grade; their steps and erasable words."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.honours.rules import states
from courtyard.households.models import Household
from courtyard.inspections.models import Visit
from courtyard.places.models import Place
from courtyard.records.checks import known


class GradeObjection(models.Model):
    """A household does not agree with what a round saw or graded, and no entry of it is open.

    `answer_by` is None while its round is open: the days are counted from the close. Late, it is the town's by reading.
    """

    id = models.UUIDField(primary_key=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="objections")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=states.ObjectionChannel.choices())
    state = models.CharField(max_length=16, choices=states.GradeObjectionState.choices())
    level = models.CharField(max_length=8, choices=states.AnswerLevel.choices())
    raised_on = models.DateField()
    answer_by = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    decided_on = models.DateField(null=True)
    second_look_by = models.DateField(null=True)

    privacy = dict.fromkeys(
        ("id", "visit", "household", "village", "channel", "level", "raised_on", "answer_by", "provisional")
        + ("decided_on", "second_look_by"),
        "internal",
    ) | {"state": "personal"}

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="honours_gradeobjection_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(state="open"), name="honours_one_open_gradeobjection"
            ),
            known("honours_gradeobjection_channel", "channel", states.ObjectionChannel),
            known("honours_gradeobjection_state", "state", states.GradeObjectionState),
            known("honours_gradeobjection_level", "level", states.AnswerLevel),
            models.CheckConstraint(
                condition=Q(state="open", decided_on=None) | (~Q(state="open") & Q(decided_on__isnull=False)),
                name="honours_gradeobjection_decided_has_its_day",
            ),
        ]


class GradeStep(models.Model):
    """What happened with an objection to a visit: raised, answered, carried over. The words lie beside it."""

    objection = models.ForeignKey(GradeObjection, on_delete=models.PROTECT, related_name="steps")
    n = models.BigIntegerField()
    verb = models.CharField(max_length=8, choices=states.GradeVerb.choices())
    day = models.DateField()
    by = models.UUIDField()
    words_sha256 = models.CharField(max_length=64, default="")
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "objection", "n", "verb", "day", "by", "words_sha256", "entry"), "internal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objection", "n"], name="honours_gradestep_number_once"),
            known("honours_gradestep_verb", "verb", states.GradeVerb),
        ]


class GradeWords(models.Model):
    """Erasable words of such a step: what the household said, the reasons of the answer."""

    id = models.UUIDField(primary_key=True)
    objection = models.ForeignKey(GradeObjection, on_delete=models.PROTECT, related_name="words")
    step_n = models.BigIntegerField()
    text = models.TextField()
    salt = models.BinaryField()

    privacy = {"id": "internal", "objection": "internal", "step_n": "internal", "text": "personal", "salt": "internal"}
