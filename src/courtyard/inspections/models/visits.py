"""Rounds, panels, visits, marks, findings, results (D3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.households.models import Household
from courtyard.inspections.rules import states
from courtyard.inspections.rules.membership import SeatWalk
from courtyard.people.models import Account
from courtyard.places.models import Place
from courtyard.rating.models import SchemeVersion
from courtyard.records.checks import known


class Round(models.Model):
    """A village's round of a month under one scheme version: the month's own (full, light), or re-visits (recheck, spot,
    rectify). A spot check has the month of the round it looks at; the other two that of their walk."""

    id = models.UUIDField(primary_key=True)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=8, choices=states.RoundKind.choices())
    month = models.DateField()
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT)
    state = models.CharField(max_length=8, choices=states.RoundState.choices(), default="open")
    opened = models.DateField()
    closed = models.DateField(null=True)
    changed = models.BigIntegerField(default=0)

    privacy = dict.fromkeys(
        ("id", "village", "kind", "month", "version", "state", "opened", "closed", "changed"), "public"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "month"],
                condition=Q(kind__in=["full", "light"]),
                name="inspections_one_round_a_month",
            ),
            models.UniqueConstraint(
                fields=["village", "month"], condition=Q(kind="spot"), name="inspections_one_spot_check_a_round"
            ),
            known("inspections_round_kind", "kind", states.RoundKind),
            known("inspections_round_state", "state", states.RoundState),
            models.CheckConstraint(
                condition=Q(state="open", closed=None) | Q(state__in=["closed", "dropped"], closed__isnull=False),
                name="inspections_closed_has_its_day",
            ),
        ]


class Seat(models.Model):
    """An evaluator's seat in a group in a round: on its panel (three a group; n from 1), with the homes walked first
    (W16; n from 11), or as a third mark where somebody on the panel is kin (n from 21)."""

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="seats")
    group = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    evaluator = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="seats")
    n = models.BigIntegerField()
    walk = models.CharField(max_length=8, choices=SeatWalk.choices(), default=SeatWalk.WHOLE.value)

    privacy = dict.fromkeys(("id", "round", "group", "evaluator", "n", "walk"), "internal")

    class Meta:
        constraints = [
            known("inspections_seat_walk", "walk", SeatWalk),
            models.UniqueConstraint(fields=["round", "group", "evaluator"], name="inspections_seat_once"),
            models.UniqueConstraint(fields=["round", "group", "n"], name="inspections_seat_number_once"),
        ]


class Visit(models.Model):
    """A household in a round: id is UUIDv5 of the two, so every phone, sheet and keyboard names the same visit.

    `leads`: the home of a cadre or an evaluator, walked first (W16)."""

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="visits")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="visits")
    group = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    order = models.BigIntegerField()
    leads = models.BooleanField(default=False)

    privacy = dict.fromkeys(("id", "round", "household", "group", "order", "leads"), "internal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "household"], name="inspections_visit_once"),
        ]
        indexes = [models.Index(fields=["round", "group", "order"], name="inspections_visit_walk")]


class Marks(models.Model):
    """What one evaluator gave in one visit. `values` is canonical JSON area → a label's code, "declined", a number or a
    line's each joined by +, "looked".

    It counts unless a review of it is open or set it aside. `n` is 1 for an evaluator's first marks in a visit, 2 for
    the next that said something else. `words_sha256` seals its findings, which can be erased (D10)."""

    id = models.UUIDField(primary_key=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="marks")
    evaluator = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="marks")
    n = models.BigIntegerField(default=1)
    presence = models.CharField(max_length=16, choices=states.Presence.choices())
    values = models.TextField()
    mended = models.TextField(default="[]")
    words_sha256 = models.CharField(max_length=64, default="")
    device_at = models.DateTimeField(null=True)
    estimated_at = models.DateTimeField()
    received_at = models.DateTimeField()
    day = models.DateField()
    by = models.UUIDField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        (
            "id",
            "visit",
            "n",
            "presence",
            "mended",
            "words_sha256",
            "device_at",
            "estimated_at",
            "received_at",
            "day",
            "by",
        )
        + ("entry",),
        "internal",
    ) | {"evaluator": "personal", "values": "personal"}

    class Meta:
        constraints = [
            known("inspections_marks_presence", "presence", states.Presence),
            models.UniqueConstraint(fields=["visit", "evaluator", "n"], name="inspections_marks_number_once"),
        ]


class Review(models.Model):
    """Marks that do not count until somebody decides: late, or other values by the same evaluator."""

    id = models.UUIDField(primary_key=True)
    marks = models.OneToOneField(Marks, on_delete=models.PROTECT, related_name="review")
    reason = models.CharField(max_length=8, choices=states.ReviewReason.choices())
    state = models.CharField(max_length=16, choices=states.ReviewState.choices(), default="open")
    decided = models.DateField(null=True)

    privacy = dict.fromkeys(("id", "marks", "reason", "state", "decided"), "internal")

    class Meta:
        constraints = [
            known("inspections_review_reason", "reason", states.ReviewReason),
            known("inspections_review_state", "state", states.ReviewState),
        ]


class Finding(models.Model):
    """What was seen in one area, in how many places: a picture code of the scheme's sheet, or words. Can be erased (D10)."""

    id = models.UUIDField(primary_key=True)
    marks = models.ForeignKey(Marks, on_delete=models.PROTECT, related_name="findings")
    area = models.CharField(max_length=32)
    code = models.CharField(max_length=32, default="")
    words = models.CharField(max_length=200, default="")
    places = models.BigIntegerField(default=1)
    salt = models.BinaryField()

    privacy = {
        **dict.fromkeys(("id", "marks", "area", "salt"), "internal"),
        **dict.fromkeys(("code", "words", "places"), "personal"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=1), name="inspections_finding_in_some_place"),
        ]


class Result(models.Model):
    """What the scheme made of a visit: grade ('' where not rated), score, whole breakdown (canonical JSON, codes only).

    `run` is how many rated rounds running had this grade. A correction supersedes."""

    id = models.UUIDField(primary_key=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="results")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, db_index=False)
    grade = models.CharField(max_length=16, default="")
    score_milli = models.BigIntegerField(null=True)
    run = models.BigIntegerField(default=0)
    breakdown = models.TextField()
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    day = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "visit", "version", "supersedes", "day", "entry"), "internal") | dict.fromkeys(
        ("grade", "score_milli", "run", "breakdown"), "personal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(supersedes=None), name="inspections_first_result_once"
            ),
        ]
