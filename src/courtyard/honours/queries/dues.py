"""What a round's outcomes move beside the awards that are paid: records of standings, and deductions, home by home."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from courtyard.inspections.rules.ledgers import booked_ledger, until_of
from courtyard.inspections.rules.outcomes import Rated
from courtyard.points.queries.merits import merits_of
from courtyard.points.queries.standing import balances
from courtyard.points.rules.shares import Share
from courtyard.points.rules.standings import DeductionDue, MeritDue, reach
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import Outcome


def takes_off(document: SchemeDocument, outcome: Outcome) -> bool:
    """Whether an outcome takes anything off points that can be spent."""
    ledger = booked_ledger(document)
    return any(one.points < 0 and one.ledger == ledger for one in outcome.awards)


def free_before(document: SchemeDocument, homes: Iterable[Rated]) -> dict[UUID, int]:
    """What the homes an outcome takes points off have free, before the round is paid (three queries where there are any)."""
    losing = [home.household for home in homes if takes_off(document, home.outcome)]
    return {home: found.free for home, found in balances(losing).items()} if losing else {}


def deductions_of(
    round_id: UUID,
    document: SchemeDocument,
    day: date,
    homes: Iterable[Rated],
    free: Mapping[UUID, int],
    *,
    paid: bool,
    share: Share | None = None,
) -> list[DeductionDue]:
    """What the outcomes of these homes take off points that can be spent, as far as it is there when its clause's turn
    comes: what the round earned before it counts where it was `paid`, as its factor left it."""
    ledger, found = booked_ledger(document), []
    for home in homes:
        own = [one for one in home.outcome.awards if one.ledger == ledger]
        if not any(one.points < 0 for one in own):
            continue
        moves = [_paid(one.points, share) if one.points > 0 and paid else min(0, one.points) for one in own]
        for one, real in zip(own, reach(free.get(home.household, 0), moves), strict=True):
            if real < 0:
                found.append(DeductionDue(home.household, round_id, one.clause, -real, day))
    return found


def _paid(points: int, share: Share | None) -> int:
    return share.of(points) if share else points


def merits_due(round_id: UUID, document: SchemeDocument, day: date, homes: Iterable[Rated]) -> list[MeritDue]:
    """What the outcomes of these homes give or take off in ledgers that are only a standing (a query for each ledger that
    stops at 0 and of which anything is taken off)."""
    spent = {ledger.code for ledger in document.ledgers if ledger.spendable}
    rows = [
        MeritDue(
            home.household, round_id, one.ledger, one.clause, one.milli, day,
            until_of(document, one.clause, one.ledger, day),
        )
        for home in homes
        for one in home.outcome.awards
        if one.ledger not in spent and one.milli
    ]  # fmt: skip
    for ledger in document.ledgers:
        if not ledger.spendable and ledger.negative == "floor":
            rows = _floored(rows, ledger.code, ledger.base_milli, day)
    return rows


def _floored(rows: list[MeritDue], ledger: str, base_milli: int, day: date) -> list[MeritDue]:
    """The same, nothing taken below 0."""
    losing = {row.household for row in rows if row.ledger == ledger and row.milli < 0}
    if not losing:
        return rows
    stands = merits_of(losing, ledger, day)
    kept = [row for row in rows if row.ledger != ledger or row.household not in losing]
    for home in sorted(losing):
        own = [row for row in rows if row.ledger == ledger and row.household == home]
        real = reach(base_milli + stands.get(home, 0), [row.milli for row in own])
        kept += [row._replace(milli=milli) for row, milli in zip(own, real, strict=True) if milli]
    return kept
