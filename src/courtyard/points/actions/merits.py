"""Writing what counts in a ledger that is only a standing: in the act that earns it, whatever the budget holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.points.models import Merit
from courtyard.points.queries.merits import merit_turns, standing_merits
from courtyard.points.rules.standings import MeritDue, merits_named_twice, unfit_merit
from courtyard.records.journal import Pen

FIRST = (False, 0)


def merit(pen: Pen, village_id: UUID, rows: Sequence[MeritDue]) -> None:
    """Write what rounds or deeds give households, or take off them, in ledgers that are only a standing.

    They cost nothing, so they wait for no budget. A clause taken back before may count again. Refuses
    points.not_an_amount, points.no_clause and points.awarded_already (household, round, ledger and clause twice).
    """
    for due in rows:
        refuse_if(unfit_merit(due))
    refuse_if(merits_named_twice(rows))
    if not rows:
        return
    turns, village = merit_turns(rows), village_id.hex
    written = []
    for due in rows:
        standing, turn = turns.get((due.round, due.household, due.ledger, due.clause), FIRST)
        if standing:
            refuse("points.awarded_already", clause=due.clause)
        written.append(
            (
                uuid7().hex, village, due.household.hex, due.ledger, due.round.hex, due.clause, due.milli,
                due.day.isoformat(), due.until.isoformat() if due.until else None, turn, None,
            )
        )  # fmt: skip
    pen.grow_plain(Merit, written)


def amend_merits(
    pen: Pen, village_id: UUID, household_id: UUID, rounds: Iterable[UUID], dues: Sequence[MeritDue]
) -> bool:
    """Let a household's records of these rounds be these dues and no others: only what differs is taken back or written.

    A standing may fall with it; nothing was spent of it, so nothing is owed. Whether anything differed."""
    due = {(one.round, one.ledger, one.clause): one for one in dues}
    standing = {(row.round, row.ledger, row.clause): row for row in standing_merits(household_id, rounds)}
    gone = [row for key, row in standing.items() if key not in due or due[key].milli != row.milli]
    kept = standing.keys() - {(row.round, row.ledger, row.clause) for row in gone}
    new = [one for key, one in due.items() if key not in kept]
    take_back(pen, gone)
    merit(pen, village_id, new)
    return bool(gone or new)


def take_back(pen: Pen, rows: Sequence[Merit]) -> None:
    """Take these records back whole, on their own day."""
    pen.grow(
        [
            Merit(
                id=uuid7(), village=row.village, household=row.household, ledger=row.ledger, round=row.round,
                clause=row.clause, milli=-row.milli, day=row.day, until=row.until, turn=row.turn, reverses=row,
            )
            for row in rows
        ]
    )  # fmt: skip
