"""What a round moves beside its awards: in the same act, whatever the budget holds; and again where it is put right."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from courtyard.honours.queries.dues import deductions_of, merits_due
from courtyard.inspections.actions.closing import Closed
from courtyard.inspections.actions.correcting import Corrected
from courtyard.inspections.models import Round
from courtyard.inspections.rules.ledgers import booked_ledger
from courtyard.inspections.rules.outcomes import Rated
from courtyard.points.actions.deducting import amend_deductions, deduct
from courtyard.points.actions.merits import amend_merits, merit
from courtyard.points.queries.merits import standing_merits
from courtyard.points.rules.ledger import Paid
from courtyard.points.rules.standings import DeductionDue, MeritDue
from courtyard.rating.rules.facts import Outcome
from courtyard.records.journal import Pen


def count_after_close(pen: Pen, closing: Round, closed: Closed, free: dict[UUID, int], paid: Paid) -> int:
    """Write what the round gives or takes off in standings, and take off points that can be spent, as far as they are
    there; how many points were taken.

    `free`: what the homes it takes points off had before the round was paid."""
    document = closed.document
    merit(pen, closing.village_id, merits_due(closing.pk, document, closed.day, closed.homes))
    due = deductions_of(closing.pk, document, closed.day, closed.homes, free, paid=not paid.waiting, share=paid.share)
    return deduct(pen, closing.village_id, due)


def count_again(pen: Pen, corrected: Corrected) -> None:
    """What a home's round, and its later ones, move in standings and take off now: only what differs is taken back or
    written."""
    row = corrected.visit
    merits: list[MeritDue] = []
    taken: list[DeductionDue] = []
    mine = (row.round_id, corrected.document, corrected.day, corrected.outcome)
    for round_id, document, day, outcome in (
        mine, *((one.round, one.document, one.day, one.outcome) for one in corrected.later)
    ):  # fmt: skip
        homes = [_alone(row.household_id, row.group_id, row.pk, outcome)]
        merits += merits_due(round_id, document, day, homes)
        ledger = booked_ledger(document)
        off = [one for one in outcome.awards if one.points < 0 and one.ledger == ledger]
        taken += [DeductionDue(row.household_id, round_id, one.clause, -one.points, day) for one in off]
    rounds = [row.round_id, *(one.round for one in corrected.later)]
    amend_merits(pen, row.round.village_id, row.household_id, rounds, _kept(row.household_id, rounds, merits))
    amend_deductions(pen, row.round.village_id, row.household_id, rounds, taken)


def _alone(household: UUID, group: UUID, visit: UUID, outcome: Outcome) -> Rated:
    return Rated(household, group, visit, outcome)


def _kept(household: UUID, rounds: Sequence[UUID], dues: Sequence[MeritDue]) -> list[MeritDue]:
    """The dues, those that took less than they would now because no more was there left as they are."""
    stood = {(row.round, row.ledger, row.clause): row.milli for row in standing_merits(household, rounds)}
    found = []
    for due in dues:
        milli = stood.get((due.round, due.ledger, due.clause), due.milli)
        found.append(due._replace(milli=milli) if milli < 0 and due.milli <= milli else due)
    return found
