"""Deeds outside a round (事项): a row of its own with date, item and evidence, confirmed by a second person (D3); what it
counts by its scheme, and what was said of it afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.households.models import Household
from courtyard.inspections.rules.deeds import ChangeKind, ChangeState, DeedState, SaidPart
from courtyard.places.models import Place
from courtyard.rating.models import SchemeVersion
from courtyard.records.checks import known


class Deed(models.Model):
    """What a household did on a day, by the code of the scheme then in force.

    `amount_milli` of a `thing` where the scheme counts or weighs; `event` is a number several deeds about one thing
    share; `people` how many the home had that day. `told` is the day the home was told of what takes points off.
    `points` and `cut` are what it was granted in its own ledger when it was confirmed (below 0: to be taken off).
    `help` is the help task it is thanked for (an id of the room above). `words_sha256` seals its evidence."""

    id = models.UUIDField(primary_key=True)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="deeds")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=16)
    day = models.DateField()
    amount_milli = models.BigIntegerField(null=True)
    thing = models.CharField(max_length=16, default="")
    event = models.CharField(max_length=16, default="")
    people = models.BigIntegerField(default=1)
    told = models.DateField(null=True)
    state = models.CharField(max_length=16, choices=DeedState.choices(), default="proposed")
    points = models.BigIntegerField(null=True)
    cut = models.BigIntegerField(default=0)
    help = models.UUIDField(null=True)
    words_sha256 = models.CharField(max_length=64, default="")
    proposed_by = models.UUIDField()
    proposed_as = models.CharField(max_length=16)
    proposed = models.DateField()
    decided_by = models.UUIDField(null=True)
    decided = models.DateField(null=True)

    privacy = dict.fromkeys(
        ("id", "village", "household", "version", "day", "help", "words_sha256", "proposed_by", "proposed_as")
        + ("proposed", "decided_by", "decided"),
        "internal",
    ) | dict.fromkeys(
        ("item", "amount_milli", "thing", "event", "people", "told", "state", "points", "cut"), "personal"
    )

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="inspections_deed_desk")]
        constraints = [
            known("inspections_deed_state", "state", DeedState),
            models.UniqueConstraint(
                fields=["household", "item", "day", "thing", "event"],
                condition=Q(state__in=["proposed", "confirmed"]),
                name="inspections_deed_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["help"], condition=Q(help__isnull=False), name="inspections_deed_once_a_help"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["confirmed", "taken_back"], points__isnull=False, cut__gte=0)
                | (~Q(state__in=["confirmed", "taken_back"]) & Q(points=None)),
                name="inspections_confirmed_deed_has_points",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided=None, decided_by=None)
                | (~Q(state="proposed") & Q(decided__isnull=False, decided_by__isnull=False)),
                name="inspections_decided_deed_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(amount_milli=None) | Q(amount_milli__gte=1, amount_milli__lte=100_000_000),
                name="inspections_deed_amount_in_range",
            ),
            models.CheckConstraint(condition=Q(people__gte=0), name="inspections_deed_people_not_below_0"),
        ]


class DeedWords(models.Model):
    """Evidence of a deed in words, beside it; can be erased (D10)."""

    id = models.UUIDField(primary_key=True)
    deed = models.OneToOneField(Deed, on_delete=models.PROTECT, related_name="words")
    text = models.TextField()
    salt = models.BinaryField()

    privacy = {"id": "internal", "deed": "internal", "text": "personal", "salt": "internal"}


class DeedCount(models.Model):
    """What a confirmed deed counts now in one ledger by its scheme, in thousandths, and what was left off: by a cap
    (`cut_by`) or for a reason (`why`). Below 0 it is what is to be taken off; the ledger says how much really was."""

    deed = models.ForeignKey(Deed, on_delete=models.PROTECT, related_name="counts")
    ledger = models.CharField(max_length=16)
    milli = models.BigIntegerField()
    cut_milli = models.BigIntegerField()
    cut_by = models.CharField(max_length=64, default="")
    why = models.CharField(max_length=16, default="")
    day = models.DateField()
    until = models.DateField(null=True)

    privacy = dict.fromkeys(("id", "deed", "ledger", "day", "until"), "internal") | dict.fromkeys(
        ("milli", "cut_milli", "cut_by", "why"), "personal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deed", "ledger"], name="inspections_deed_counts_once_a_ledger"),
        ]


class DeedChange(models.Model):
    """What was said of a deed afterwards (put right, written down wrongly, not agreed with), by one person, and how
    another of another level answered. `day`: the day it was put right, else the day it was said."""

    id = models.UUIDField(primary_key=True)
    deed = models.ForeignKey(Deed, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=16, choices=ChangeKind.choices())
    state = models.CharField(max_length=16, choices=ChangeState.choices(), default="asked")
    day = models.DateField()
    answer_by = models.DateField()
    provisional = models.BooleanField(default=False)
    asked_by = models.UUIDField()
    asked_as = models.CharField(max_length=16)
    asked = models.DateField()
    asked_sha256 = models.CharField(max_length=64, default="")
    answered_by = models.UUIDField(null=True)
    answered = models.DateField(null=True)
    answered_sha256 = models.CharField(max_length=64, default="")

    privacy = dict.fromkeys(
        ("id", "deed", "asked_by", "asked_as", "asked", "asked_sha256", "answered_by", "answered", "answered_sha256")
        + ("answer_by", "provisional"),
        "internal",
    ) | dict.fromkeys(("kind", "state", "day"), "personal")

    class Meta:
        constraints = [
            known("inspections_deed_change_kind", "kind", ChangeKind),
            known("inspections_deed_change_state", "state", ChangeState),
            models.UniqueConstraint(
                fields=["deed", "kind"],
                condition=Q(state="asked") | Q(kind__in=["mended", "mistaken"], state="granted"),
                name="inspections_deed_change_once",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered=None, answered_by=None)
                | (~Q(state="asked") & Q(answered__isnull=False, answered_by__isnull=False)),
                name="inspections_deed_change_answered",
            ),
        ]


class DeedSaid(models.Model):
    """The words of such a change or of its answer, beside it; can be erased (D10)."""

    id = models.UUIDField(primary_key=True)
    change = models.ForeignKey(DeedChange, on_delete=models.PROTECT, related_name="said")
    part = models.CharField(max_length=16, choices=SaidPart.choices())
    text = models.TextField()
    salt = models.BinaryField()

    privacy = {"id": "internal", "change": "internal", "part": "internal", "text": "personal", "salt": "internal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "part"], name="inspections_deed_said_once"),
            known("inspections_deed_said_part", "part", SaidPart),
        ]
