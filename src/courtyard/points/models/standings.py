"""Terms of awards, deductions, resets, and merits: the records of ledgers that are only a standing (decision 0023).

Rows of their own, not columns of `Award` or `Posting`: a growing table's columns are part of its rows' digests (D8)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.points.models.ledger import Award
from courtyard.points.rules.ledger import LIMIT

# Merits are kept in thousandths, as a standing counts them.
MERIT_LIMIT = LIMIT * 1000


class Term(models.Model):
    """What is particular to an award: the ledger it is paid in, and the last day what it gave counts (None: for ever).

    An award without a row is paid in the ledger that is spent at the till and never lapses."""

    award = models.OneToOneField(Award, primary_key=True, on_delete=models.PROTECT)
    ledger = models.CharField(max_length=16)
    until = models.DateField(null=True)
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("award", "ledger", "until", "entry"), "internal")


class Merit(models.Model):
    """What a round or deed gave a household, or took off it, in a ledger that is only a standing: in thousandths.

    Nothing is paid and nothing waits: the standing is the sum of the rows that count on a day (`until`: the last day).
    A row with `reverses` takes that row back whole. `turn`: how often the same clause was taken back there before."""

    id = models.UUIDField(primary_key=True)
    village = models.UUIDField()
    household = models.UUIDField()
    ledger = models.CharField(max_length=16)
    round = models.UUIDField()
    clause = models.CharField(max_length=64)
    milli = models.BigIntegerField()
    day = models.DateField()
    until = models.DateField(null=True)
    turn = models.BigIntegerField(default=0)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        (
            "id",
            "village",
            "household",
            "ledger",
            "round",
            "clause",
            "milli",
            "day",
            "until",
            "turn",
            "reverses",
            "entry",
        ),
        "internal",
    )

    class Meta:
        indexes = [
            models.Index(fields=["household", "ledger"], name="points_merit_household"),
            models.Index(fields=["entry"], name="points_merit_entry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(milli__gte=-MERIT_LIMIT, milli__lte=MERIT_LIMIT) & ~Q(milli=0), name="points_merit_in_range"
            ),
            models.UniqueConstraint(
                fields=["round", "household", "ledger", "clause", "turn"],
                condition=Q(reverses=None),
                name="points_merit_once",
            ),
        ]


class Deduction(models.Model):
    """What a clause took off a household's points that can be spent: never more than it had. A row with `reverses`
    gives it back whole; the posting of each names it as its subject."""

    id = models.UUIDField(primary_key=True)
    village = models.UUIDField()
    household = models.UUIDField()
    round = models.UUIDField()
    clause = models.CharField(max_length=64)
    points = models.BigIntegerField()
    day = models.DateField()
    turn = models.BigIntegerField(default=0)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        ("id", "village", "household", "round", "clause", "points", "day", "turn", "reverses", "entry"), "internal"
    )

    class Meta:
        indexes = [
            models.Index(fields=["household", "day"], name="points_deduction_household"),
            models.Index(fields=["entry"], name="points_deduction_entry"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=LIMIT), name="points_deduction_in_range"),
            models.UniqueConstraint(
                fields=["round", "household", "clause", "turn"],
                condition=Q(reverses=None),
                name="points_deduction_once",
            ),
        ]


class Reset(models.Model):
    """That a ledger's balances fell in a village at the end of a day, to a share of themselves, by a clause of the
    scheme then in force: once a day and ledger. The postings (or merits) of it name it as their subject (`round`)."""

    id = models.UUIDField(primary_key=True)
    village = models.UUIDField()
    ledger = models.CharField(max_length=16)
    clause = models.CharField(max_length=64)
    keep_share_milli = models.BigIntegerField()
    day = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "village", "ledger", "clause", "keep_share_milli", "day"), "public") | {
        "entry": "internal"
    }

    class Meta:
        indexes = [models.Index(fields=["entry"], name="points_reset_entry")]
        constraints = [
            models.UniqueConstraint(fields=["village", "ledger", "day"], name="points_reset_once"),
            models.CheckConstraint(
                condition=Q(keep_share_milli__gte=0, keep_share_milli__lte=1000), name="points_reset_share"
            ),
        ]


class Evening(models.Model):
    """Up to which day the ends of a village's days are booked: what lapsed, and what resets took. None before the first."""

    village = models.UUIDField(primary_key=True)
    day = models.DateField()

    privacy = dict.fromkeys(("village", "day"), "internal")
