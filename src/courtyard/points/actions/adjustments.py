"""Corrections by hand: one person proposes, another of another level confirms or declines (DOMAIN §4.13)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.households.models import Household
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.paths import inside
from courtyard.kernel.problems import Problem, refuse, refuse_if
from courtyard.kernel.texts import clean, unfit
from courtyard.people.rules import VERBS, may
from courtyard.points.actions.accounts import add, draw, open_accounts
from courtyard.points.actions.booking import Move, book
from courtyard.points.models import Adjustment
from courtyard.points.queries.standing import balance
from courtyard.points.queries.village import budget
from courtyard.points.rules.ledger import second_person, unfit_adjustment
from courtyard.points.rules.states import AccountKind, AdjustmentReason, AdjustmentState, Cause
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act
from courtyard.records.rules import salted


def _levels(actor: Actor, verb: str, path: str) -> list[str]:
    """The duties under which this actor may do the verb there."""
    return [duty.kind.value for duty in actor.duties if verb in VERBS[duty.kind] and inside(path, duty.path)]


def propose_adjustment(
    *,
    household: Household,
    points: int,
    reason: AdjustmentReason,
    evidence: str,
    by: Actor,
    at: datetime,
    command: UUID | None = None,
) -> UUID:
    """Propose to add (or, below 0, to take) points by hand; nothing is booked until a second person confirms.

    At most 200 points either way; `evidence` is the number of a paper or photo. Returns the adjustment's id.
    Refuses points.adjustment_out_of_range and points.no_evidence.
    """
    village = household.village
    refuse_if(may(by, "points.propose", village.path))
    evidence = clean(evidence)
    refuse_if(unfit_adjustment(points, evidence) or unfit(evidence, most=80, field="凭据"))
    given = {"household": household.pk, "points": points, "reason": reason, "evidence": evidence}
    with act(
        "points.propose_adjustment", by=by, at=at, chain=village.pk, subject=household.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return UUID(pen.answer["adjustment"])
        salt = random_bytes(16)
        row = Adjustment(
            id=uuid7(),
            village=village,
            household=household.pk,
            points=points,
            reason=reason.value,
            evidence=evidence,
            salt=salt,
            proposed_by=by.id,
            proposed_as=_levels(by, "points.propose", village.path)[0],
            proposed=day_of(at),
        )
        row.save(force_insert=True)
        pen.answer = {"adjustment": row.pk, "points": points, "evidence": salted(salt, evidence)}
        return row.pk


def unfit_second(adjustment: Adjustment, by: Actor) -> Problem | None:
    """Why somebody cannot be the second person of an adjustment, or None: permission, then another person, another level."""
    path = adjustment.village.path
    levels = _levels(by, "points.adjust", path)
    return may(by, "points.adjust", path) or second_person(
        adjustment.proposed_by, adjustment.proposed_as, by.id, levels
    )


def _decide(pen: Pen, adjustment: Adjustment, state: AdjustmentState) -> None:
    swap(
        Adjustment.objects.filter(pk=adjustment.pk, state=AdjustmentState.PROPOSED.value),
        "points.adjustment_decided",
        state=state.value,
        decided_by=pen.by.id,
        decided=day_of(pen.at),
    )


def confirm_adjustment(*, adjustment: Adjustment, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Confirm an adjustment as the second person; it is booked now, against the village's budget.

    Refuses points.same_person, points.same_level, points.adjustment_decided, points.budget_short, points.not_enough.
    """
    village = adjustment.village
    refuse_if(unfit_second(adjustment, by))
    given = {"adjustment": adjustment.pk}
    with act(
        "points.confirm_adjustment", by=by, at=at, chain=village.pk, subject=adjustment.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return
        _decide(pen, adjustment, AdjustmentState.CONFIRMED)
        budget_account = open_accounts(pen, AccountKind.ISSUANCE, [village.pk])[village.pk]
        home = open_accounts(pen, AccountKind.HOUSEHOLD, [adjustment.household])[adjustment.household]
        points = abs(adjustment.points)
        if adjustment.points > 0:
            if not draw(pen, budget_account, points):
                left = budget(village.pk).left
                refuse("points.budget_short", short=points - left, left=left)
            add(pen, {home: points})
            move = Move(budget_account, home, points, Cause.ADJUSTMENT, adjustment.pk, day_of(at))
        else:
            add(pen, {budget_account: points})
            if not draw(pen, home, points):
                refuse("points.not_enough", short=points - balance(adjustment.household).free)
            move = Move(home, budget_account, points, Cause.ADJUSTMENT, adjustment.pk, day_of(at))
        book(pen, [move])
        pen.answer = {"points": adjustment.points}


def decline_adjustment(*, adjustment: Adjustment, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Decline an adjustment as the second person; nothing is booked.

    Refuses points.same_person, points.same_level and points.adjustment_decided.
    """
    village = adjustment.village
    refuse_if(unfit_second(adjustment, by))
    with act(
        "points.decline_adjustment",
        by=by,
        at=at,
        chain=village.pk,
        subject=adjustment.pk,
        command=command,
        given={"adjustment": adjustment.pk},
    ) as pen:
        if not pen.replayed:
            _decide(pen, adjustment, AdjustmentState.DECLINED)
