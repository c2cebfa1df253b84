"""Awards, accounts, postings, counters, holds (D6). Counters exist only where overdrawing must be refused."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from courtyard.points.rules.states import AccountKind, Cause, HoldState

# The most one posting may move; a mistyped figure beyond it is refused (our own choice).
LIMIT = 1_000_000


class Ledger(models.Model):
    """A kind of points: spendable or honour only."""

    code = models.CharField(max_length=16, primary_key=True)
    name = models.CharField(max_length=40)
    spendable = models.BooleanField()

    privacy = {"code": "public", "name": "public", "spendable": "public"}


class Account(models.Model):
    """An account: its owner (a household's, village's or shop's id) in one ledger."""

    kind = models.CharField(max_length=16, choices=AccountKind.choices())
    owner = models.UUIDField()
    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT)

    privacy = {"id": "internal", "kind": "internal", "owner": "internal", "ledger": "internal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "ledger"], name="points_account_once"),
            models.CheckConstraint(condition=Q(kind__in=AccountKind.codes()), name="points_account_kind_known"),
        ]


class Counter(models.Model):
    """The guarded figure of an account that must not be overdrawn: `points` = fold of its postings, `held` of its holds."""

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.PROTECT)
    points = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)

    privacy = {"account": "internal", "points": "internal", "held": "internal"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=F("held")), name="points_counter_covers_holds"),
            models.CheckConstraint(condition=Q(held__gte=0), name="points_counter_held_not_below_0"),
        ]


class Award(models.Model):
    """What a round or deed earned a household, with its clause; it waits (待发) until a posting names it.

    `round` is the round's id; standing and yearly caps read awards, never balances."""

    id = models.UUIDField(primary_key=True)
    village = models.UUIDField()
    household = models.UUIDField()
    round = models.UUIDField()
    clause = models.CharField(max_length=64)
    points = models.BigIntegerField()
    day = models.DateField()
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        ("id", "village", "household", "round", "clause", "points", "day", "reverses", "entry"), "internal"
    )

    class Meta:
        indexes = [models.Index(fields=["household", "day"], name="points_award_household")]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=LIMIT), name="points_award_in_range"),
            models.UniqueConstraint(
                fields=["round", "household", "clause"], condition=Q(reverses=None), name="points_award_once"
            ),
        ]


class Posting(models.Model):
    """One immutable movement: debit → credit, points > 0, one cause. `day` it counts for, `booked` the day it was booked."""

    command = models.UUIDField()
    n = models.BigIntegerField()
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    points = models.BigIntegerField()
    cause = models.CharField(max_length=16, choices=Cause.choices())
    subject = models.UUIDField()
    award = models.ForeignKey(Award, null=True, on_delete=models.PROTECT, related_name="postings", db_index=False)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    day = models.DateField()
    booked = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        ("id", "command", "n", "debit", "credit", "points", "cause", "subject", "award", "reverses", "day", "booked")
        + ("entry",),
        "internal",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["command", "n"], name="points_posting_once_a_command"),
            models.UniqueConstraint(
                fields=["award"], condition=Q(cause=Cause.AWARD.value), name="points_award_paid_once"
            ),
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=LIMIT), name="points_posting_in_range"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="points_posting_two_accounts"),
            models.CheckConstraint(condition=Q(cause__in=Cause.codes()), name="points_posting_cause_known"),
        ]


class Hold(models.Model):
    """Points set aside for an order until it is settled or released, or the day it lapses."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holds")
    points = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=HoldState.choices(), default="held")
    until = models.DateField()
    subject = models.UUIDField()

    privacy = dict.fromkeys(("id", "account", "points", "state", "until", "subject"), "internal")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=LIMIT), name="points_hold_in_range"),
            models.CheckConstraint(condition=Q(state__in=HoldState.codes()), name="points_hold_state_known"),
        ]
