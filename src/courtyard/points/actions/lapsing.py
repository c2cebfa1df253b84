"""The ends of days: what counted for the last time lapses, and where a reset says so balances fall; by postings."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from courtyard.households.models import Household
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.points.actions.accounts import lock, open_accounts, take
from courtyard.points.actions.booking import Move, book
from courtyard.points.models import Evening, Merit, Reset
from courtyard.points.queries.lots import Account, may_fall, settled_through
from courtyard.points.queries.merits import merits_in
from courtyard.points.rules.lots import Fall, falls
from courtyard.points.rules.standings import ResetDue, falls_by
from courtyard.points.rules.states import AccountKind, Cause
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act


@dataclass(frozen=True)
class Fallen:
    """What the ends of days took: points that lapsed, points that resets took, and how many homes that were."""

    lapsed: int = 0
    reset: int = 0
    homes: int = 0


def lapse(
    *, village: Place, day: date, resets: Sequence[ResetDue], by: Actor, at: datetime, command: UUID | None = None
) -> Fallen:
    """Book the ends of a village's days up to `day`, whole or not at all; what is booked already is passed over.

    `resets`: those of the schemes in force since the last booked evening (the room above reads them). Refuses
    points.day_not_over.
    """
    refuse_if(may(by, "rounds.close", village.path))
    given = {"village": village.pk, "day": day}
    with act("points.lapse", by=by, at=at, chain=village.pk, command=command, given=given) as pen:
        if pen.replayed:
            return Fallen(**pen.answer)
        fallen = lapse_due(pen, village.pk, resets, day)
        pen.answer = dict(vars(fallen))
    return fallen


def lapse_due(pen: Pen, village_id: UUID, resets: Sequence[ResetDue], through: date) -> Fallen:
    """The same inside another act, before it touches an account of the village. Refuses points.day_not_over."""
    if through >= day_of(pen.at):
        refuse("points.day_not_over", day=through.isoformat())
    pen.take_number()
    since = settled_through(village_id)
    if since is not None and since >= through:
        return Fallen()
    due = [reset for reset in resets if (since is None or reset.day > since) and reset.day <= through]
    rows = {reset: _row(village_id, reset) for reset in due}
    pen.grow(list(rows.values()))
    spent = [reset for reset in due if reset.spendable]
    fallen = _fall(pen, village_id, may_fall(village_id, spent, since, through), spent, rows, through)
    for reset in due:
        if not reset.spendable:
            _fall_of_standing(pen, village_id, reset, rows[reset])
    if since is None:
        Evening(village=village_id, day=through).save(force_insert=True)
    else:
        swap(Evening.objects.filter(village=village_id, day=since), "records.conflict", day=through)
    return fallen


def _row(village_id: UUID, reset: ResetDue) -> Reset:
    row = Reset(id=uuid7(), village=village_id, ledger=reset.ledger, clause=reset.clause, day=reset.day)
    row.keep_share_milli = reset.keep_share_milli
    return row


def _fall(
    pen: Pen,
    village_id: UUID,
    accounts: Sequence[Account],
    resets: Sequence[ResetDue],
    rows: dict[ResetDue, Reset],
    through: date,
) -> Fallen:
    """Book what leaves these accounts, never more than is free on each: what is set aside falls when it is released."""
    found = {one: falls(one.bookings, resets, through) for one in accounts}
    found = {one: leaving for one, leaving in found.items() if leaving}
    if not found:
        return Fallen()
    free = lock(pen, [one.account for one in found])
    gone = open_accounts(pen, AccountKind.EXPIRY, [village_id])[village_id]
    moves: list[tuple[Account, Fall, int]] = []
    for one, leaving in found.items():
        for fall in leaving:
            points = min(fall.points, free[one.account])
            if points:
                free[one.account] -= points
                moves.append((one, fall, points))
    sums: Tally[int] = Tally()
    for one, _, points in moves:
        sums[one.account] += points
    if sums:
        take(pen, sums)
    book(pen, [_move(one, fall, points, gone, rows) for one, fall, points in moves])
    lapsed = sum(points for _, fall, points in moves if fall.reset is None)
    return Fallen(lapsed, sum(sums.values()) - lapsed, len(sums))


def _move(one: Account, fall: Fall, points: int, gone: int, rows: dict[ResetDue, Reset]) -> Move:
    if fall.reset is None:
        return Move(one.account, gone, points, Cause.EXPIRY, one.household, fall.day)
    return Move(one.account, gone, points, Cause.RESET, rows[fall.reset].pk, fall.day)


def _fall_of_standing(pen: Pen, village_id: UUID, reset: ResetDue, row: Reset) -> None:
    """A reset of a ledger that is only a standing: a record of its own takes every home down to its share."""
    held = merits_in(village_id, reset.ledger, reset.day, evening=True)
    if reset.base_milli:
        homes = Household.objects.filter(village=village_id, until=None).values_list("pk", flat=True)
        held = {home: held.get(home, 0) for home in homes} | held
    falling = {
        home: falls_by(milli + reset.base_milli, reset.keep_share_milli, 1) for home, milli in sorted(held.items())
    }
    pen.grow_plain(
        Merit,
        [
            (
                uuid7().hex, village_id.hex, home.hex, reset.ledger, row.pk.hex, reset.clause, -milli,
                reset.day.isoformat(), None, 0, None,
            )
            for home, milli in falling.items()
            if milli
        ],
    )  # fmt: skip
