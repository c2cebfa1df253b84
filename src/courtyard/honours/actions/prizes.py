"""Prizes: won at a close, following a result that is put right, told for a town when its villages are closed, handed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from courtyard.honours.models import Prize
from courtyard.honours.queries.prizes import late_rounds, late_winners, standing_prizes
from courtyard.honours.rules.prizes import Following, PrizeState, Taker, follow, unfit_taker
from courtyard.inspections.actions.correcting import Corrected
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Round
from courtyard.inspections.rules.outcomes import Rated
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.rating.rules.engines import late_clauses
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act


@dataclass(frozen=True)
class Settled:
    """What telling the prizes that had waited came to: how many homes won one, how many lost one not handed out yet."""

    won: int
    withdrawn: int


def prizes_after_close(pen: Pen, closed: Round, homes: Iterable[Rated]) -> int:
    """The prizes of a round that was just closed, as a set. How many."""
    day = day_of(pen.at)
    rows = [
        _prize(home.household, home.group, closed.village_id, closed.pk, home.visit, one.clause, one.amount_fen, day)
        for home in homes
        if home.visit is not None
        for one in home.outcome.prizes
    ]
    Prize.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def prizes_follow(pen: Pen, corrected: Corrected) -> None:
    """A result was put right: what it no longer gives and waits is withdrawn, what it gives now waits. What was handed
    out stays with the home. Prizes that wait for the town or for checks are told by `settle_prizes` alone."""
    document = corrected.document
    if not document.prizes:
        return
    row, late = corrected.visit, late_clauses(document)
    asked = {f"prizes.{prize.code}" for prize in document.prizes} - late
    won = {one.clause: one.amount_fen for one in corrected.outcome.prizes}
    step = follow(standing_prizes([row.pk]).get(row.pk, ()), won, asked)
    _take(pen, row.round, {row.pk: (row.household_id, row.group_id)}, {row.pk: step})


def settle_prizes(*, place: Place, month: date, by: Actor, at: datetime, command: UUID | None = None) -> Settled:
    """Tell the prizes of a month that waited: ranks over a town once its villages are closed, ranks of checked homes.

    Told again, it follows what has been put right since. Refuses honours.prizes_none (no such prize), .prizes_wait (a
    village is not closed yet), .prizes_unchecked (no spot check yet).
    """
    refuse_if(may(by, "lists.publish", place.path))
    with act(
        "honours.settle_prizes", by=by, at=at, chain=place.pk, command=command,
        given={"place": place.pk, "month": month},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Settled(**pen.answer)
        village_turn(pen)
        told = late_rounds(place, month)
        refuse_if(told.problem)
        won = gone = 0
        for rounds in told.alike:
            more, fewer = _settle(pen, rounds)
            won, gone = won + more, gone + fewer
        done = Settled(won, gone)
        pen.answer = dict(vars(done))
    return done


def _settle(pen: Pen, rounds: Sequence[Round]) -> tuple[int, int]:
    """The waiting prizes of rounds under one version, ranked together."""
    winners = late_winners(rounds)
    if not winners.checked and winners.asks_checks:
        refuse("honours.prizes_unchecked")
    stand = standing_prizes(winners.homes)
    by_round: dict[UUID, dict[UUID, Following]] = {one.pk: {} for one in rounds}
    for visit in winners.homes:
        step = follow(stand.get(visit, ()), winners.won.get(visit, {}), winners.clauses)
        if step.new or step.gone:
            by_round[winners.homes[visit].round][visit] = step
    homes = {visit: (one.household, one.group) for visit, one in winners.homes.items()}
    for one in rounds:
        _take(pen, one, homes, by_round[one.pk])
    steps = [step for each in by_round.values() for step in each.values()]
    return sum(len(step.new) for step in steps), sum(len(step.gone) for step in steps)


def _take(pen: Pen, closed: Round, homes: Mapping[UUID, tuple[UUID, UUID]], steps: Mapping[UUID, Following]) -> None:
    """Write what became of a round's prizes: new ones as a set; those withdrawn as a set a clause."""
    day, new = day_of(pen.at), []
    gone: dict[str, list[UUID]] = {}
    for visit, step in steps.items():
        household, group = homes[visit]
        new += [_prize(household, group, closed.village_id, closed.pk, visit, *one, day) for one in step.new]
        for clause in step.gone:
            gone.setdefault(clause, []).append(visit)
    for clause, visits in gone.items():
        rows = Prize.objects.filter(visit__in=visits, clause=clause, state=PrizeState.DUE.value)
        rows.update(state=PrizeState.WITHDRAWN.value, withdrawn_on=day)
    Prize.objects.bulk_create(new, batch_size=2000)


def _prize(
    household: UUID, group: UUID, village: UUID, closed: UUID, visit: UUID, clause: str, fen: int, day: date
) -> Prize:
    row = Prize(id=uuid7(), household_id=household, group_id=group, village_id=village, round_id=closed)
    row.visit_id, row.clause, row.amount_fen, row.since = visit, clause, fen, day
    return row


def hand_out_prize(*, prize: Prize, taker: str, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """A home took its prize and signed for it. Refuses honours.prize_no_taker and .prize_not_due."""
    refuse_if(may(by, "lists.publish", prize.village.path))
    refuse_if(unfit_taker(taker))
    with act(
        "honours.hand_out_prize", by=by, at=at, chain=prize.village_id, subject=prize.pk, command=command,
        given={"prize": prize.pk, "taker": taker}, conflict="honours.prize_not_due",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        given = {"given_on": day_of(at), "given_by": by.id, "taker": Taker(taker).value}
        rows = Prize.objects.filter(pk=prize.pk, state=PrizeState.DUE.value)
        swap(rows, "honours.prize_not_due", state=PrizeState.GIVEN.value, **given)
        pen.answer = {"prize": prize.pk}


def prize_not_handed_out(*, prize: Prize, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """It was written down by mistake: nobody took it; the same day only. Refuses honours.prize_not_today."""
    refuse_if(may(by, "lists.publish", prize.village.path))
    with act(
        "honours.prize_not_handed_out", by=by, at=at, chain=prize.village_id, subject=prize.pk, command=command,
        given={"prize": prize.pk}, conflict="honours.prize_not_today",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        rows = Prize.objects.filter(pk=prize.pk, state=PrizeState.GIVEN.value, given_on=day_of(at))
        swap(
            rows, "honours.prize_not_today", state=PrizeState.DUE.value, given_on=None, given_by=None, taker=""
        )  # fmt: skip
        pen.answer = {"prize": prize.pk}
