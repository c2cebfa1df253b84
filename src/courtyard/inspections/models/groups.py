"""Evaluation groups, the record of a draw, and what a group grades together before its first round."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from courtyard.households.models import Household
from courtyard.inspections.models.visits import Round
from courtyard.inspections.rules import membership
from courtyard.people.models import Account
from courtyard.places.models import Place
from courtyard.rating.models import SchemeVersion
from courtyard.records.checks import known


class EvaluationGroup(models.Model):
    """A village's evaluation group (评比小组): its term of office, the meeting that chose it. A later one takes over."""

    id = models.UUIDField(primary_key=True)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="evaluation_groups")
    since = models.DateField()
    last = models.DateField()
    meeting = models.DateField()
    meeting_kind = models.CharField(max_length=16, choices=membership.MeetingKind.choices())
    attendance = models.BigIntegerField()

    privacy = dict.fromkeys(("id", "village", "since", "last", "meeting", "meeting_kind", "attendance"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "since"], name="inspections_group_begins_once"),
            known("inspections_group_meeting_kind", "meeting_kind", membership.MeetingKind),
            models.CheckConstraint(
                condition=Q(since__lte=F("last"), meeting__lte=F("since"), attendance__gte=1),
                name="inspections_group_term",
            ),
        ]


class GroupMember(models.Model):
    """A member of an evaluation group: for whom they stand, their trio, their place in it (4 is the reserve)."""

    id = models.UUIDField(primary_key=True)
    group = models.ForeignKey(EvaluationGroup, on_delete=models.PROTECT, related_name="members")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    standing = models.CharField(max_length=16, choices=membership.Standing.choices())
    trio = models.BigIntegerField()
    n = models.BigIntegerField()

    privacy = dict.fromkeys(("id", "group", "trio", "n"), "internal") | {"account": "personal", "standing": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "account"], name="inspections_member_once"),
            models.UniqueConstraint(fields=["group", "trio", "n"], name="inspections_member_place_once"),
            known("inspections_member_standing", "standing", membership.Standing),
            models.CheckConstraint(
                condition=Q(trio__gte=1, n__gte=1, n__lte=membership.RESERVE), name="inspections_member_place"
            ),
        ]


class Draw(models.Model):
    """The record of a draw: seed, the facts it was drawn from and what came out, as canonical JSON of ids.

    Anybody who has the row can draw again and must find the same (rules.draw)."""

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=32)
    facts = models.TextField()
    outcome = models.TextField()
    day = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "round", "seed", "day", "entry"), "internal") | {
        "facts": "personal",
        "outcome": "internal",
    }


class Calibration(models.Model):
    """Yards drawn for a group to grade together before its first round (试评): apart from rounds, never scored."""

    id = models.UUIDField(primary_key=True)
    group = models.OneToOneField(EvaluationGroup, on_delete=models.PROTECT, related_name="calibration")
    seed = models.CharField(max_length=32)
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT)
    day = models.DateField()

    privacy = dict.fromkeys(("id", "group", "seed", "version", "day"), "internal")


class CalibrationYard(models.Model):
    """One of the drawn yards, by its number on the sheet."""

    id = models.UUIDField(primary_key=True)
    calibration = models.ForeignKey(Calibration, on_delete=models.PROTECT, related_name="yards")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    n = models.BigIntegerField()

    privacy = dict.fromkeys(("id", "calibration", "household", "n"), "internal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calibration", "n"], name="inspections_yard_number_once"),
            models.UniqueConstraint(fields=["calibration", "household"], name="inspections_yard_once"),
        ]


class CalibrationSheet(models.Model):
    """What one evaluator gave at the drawn yards: canonical JSON yard number → area → label. The own eyes only."""

    id = models.UUIDField(primary_key=True)
    calibration = models.ForeignKey(Calibration, on_delete=models.PROTECT, related_name="sheets")
    evaluator = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    values = models.TextField()
    day = models.DateField()

    privacy = dict.fromkeys(("id", "calibration", "day"), "internal") | {"evaluator": "personal", "values": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calibration", "evaluator"], name="inspections_calibration_sheet_once"),
        ]
