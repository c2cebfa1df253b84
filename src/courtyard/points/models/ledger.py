"""Awards, grants, factors and cuts, accounts, postings, counters, holds (D6). Counters exist only where overdrawing must be refused."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from courtyard.places.models import Place
from courtyard.points.rules.ledger import ADJUSTMENT_LIMIT, LIMIT
from courtyard.points.rules.states import AccountKind, AdjustmentReason, AdjustmentState, Cause, HoldState
from courtyard.records.checks import known


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
            known("points_account_kind", "kind", AccountKind),
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

    `round` is the round's id; standing and yearly caps read awards, never balances. `turn` counts how often the same
    clause was taken back before in that round, so that a corrected result can earn it again. A row with `reverses`
    takes that award back whole, on the same `day`."""

    id = models.UUIDField(primary_key=True)
    village = models.UUIDField()
    household = models.UUIDField()
    round = models.UUIDField()
    clause = models.CharField(max_length=64)
    points = models.BigIntegerField()
    day = models.DateField()
    turn = models.BigIntegerField(default=0)
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by", db_index=False
    )
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        ("id", "village", "household", "round", "clause", "points", "day", "turn", "reverses", "entry"), "internal"
    )

    class Meta:
        indexes = [
            models.Index(fields=["household", "day"], name="points_award_household"),
            models.Index(fields=["entry"], name="points_award_entry"),
            models.Index(fields=["household"], condition=Q(reverses__isnull=False), name="points_award_owed"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=LIMIT), name="points_award_in_range"),
            # Partial: an index with a NULL for every award of the county would draw SQLite to it.
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="points_award_reversed_once"
            ),
            models.UniqueConstraint(
                fields=["round", "household", "clause", "turn"], condition=Q(reverses=None), name="points_award_once"
            ),
        ]


class Grant(models.Model):
    """That an act granted awards in a village: kept until nothing waits there any more (decision 0016).

    What waits (待发) is looked for among these acts' awards alone, however many the village has had."""

    village = models.UUIDField()
    entry = models.UUIDField()

    privacy = dict.fromkeys(("id", "village", "entry"), "internal")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village", "entry"], name="points_grant_once")]


class Factor(models.Model):
    """That a round is paid by one factor for all: `budget` points were left for the `needed` it earned (DOMAIN §4.12).

    `day` is the day the round's points count for. What a later correction of the round grants is cut by it too."""

    round = models.UUIDField(primary_key=True)
    village = models.UUIDField()
    budget = models.BigIntegerField()
    needed = models.BigIntegerField()
    day = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("round", "village", "budget", "needed", "day"), "public") | {"entry": "internal"}

    class Meta:
        indexes = [models.Index(fields=["village", "day"], name="points_factor_village")]
        constraints = [
            models.CheckConstraint(
                condition=Q(budget__gte=0) & Q(needed__gt=F("budget")), name="points_factor_below_one"
            ),
        ]


class Cut(models.Model):
    """What a round's factor took off one award. Its posting is that much less; what was cut does not wait."""

    award = models.OneToOneField(Award, primary_key=True, on_delete=models.PROTECT)
    points = models.BigIntegerField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("award", "points", "entry"), "internal")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=LIMIT), name="points_cut_in_range"),
        ]


class Posting(models.Model):
    """One immutable movement: debit → credit, points > 0, one cause. `day` it counts for, `booked` the day it was booked.

    `command` is the id of the entry that booked it, `n` its place in there. A reversal of a whole posting names it in
    `reverses`; a part taken back of an award names the award's reversal in `award` alone."""

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
        indexes = [
            models.Index(fields=["award"], condition=Q(cause=Cause.REVERSAL.value), name="points_posting_taken_back"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["command", "n"], name="points_posting_once_a_command"),
            models.UniqueConstraint(
                fields=["award"], condition=Q(cause=Cause.AWARD.value), name="points_award_paid_once"
            ),
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=LIMIT), name="points_posting_in_range"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="points_posting_two_accounts"),
            known("points_posting_cause", "cause", Cause),
        ]


class Budget(models.Model):
    """A sum put at a village's disposal by a document; its posting names it. The document's name can be erased (D10)."""

    id = models.UUIDField(primary_key=True)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    points = models.BigIntegerField()
    document = models.CharField(max_length=80)
    salt = models.BinaryField()
    day = models.DateField()
    by = models.UUIDField()

    privacy = dict.fromkeys(("id", "village", "points", "document", "salt", "day", "by"), "internal")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=LIMIT), name="points_budget_in_range"),
        ]


class Adjustment(models.Model):
    """A correction by hand, proposed by one person and confirmed by another of another level (DOMAIN §4.13).

    `points` is signed; `proposed_as` the duty it was proposed under; `evidence` a number of a paper or photo."""

    id = models.UUIDField(primary_key=True)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    household = models.UUIDField()
    points = models.BigIntegerField()
    reason = models.CharField(max_length=16, choices=AdjustmentReason.choices())
    evidence = models.CharField(max_length=80)
    salt = models.BinaryField()
    state = models.CharField(max_length=16, choices=AdjustmentState.choices(), default="proposed")
    proposed_by = models.UUIDField()
    proposed_as = models.CharField(max_length=16)
    proposed = models.DateField()
    decided_by = models.UUIDField(null=True)
    decided = models.DateField(null=True)

    privacy = dict.fromkeys(
        ("id", "village", "household", "points", "reason", "evidence", "salt", "state", "proposed_by", "proposed_as")
        + ("proposed", "decided_by", "decided"),
        "internal",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(points__gte=-ADJUSTMENT_LIMIT, points__lte=ADJUSTMENT_LIMIT) & ~Q(points=0),
                name="points_adjustment_in_range",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AdjustmentState.codes()), name="points_adjustment_state_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=AdjustmentReason.codes()), name="points_adjustment_reason_known"
            ),
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
            known("points_hold_state", "state", HoldState),
        ]
