"""Closing a village's round: results, points and candidates in one transaction of at most a second."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courtyard.honours.actions.corrections import book, lapsed, void_unanswered
from courtyard.honours.actions.counting import count_after_close
from courtyard.honours.actions.grade_objections import after_close
from courtyard.honours.actions.helping import help_after_close
from courtyard.honours.actions.moving import Turn, advance_all, begin
from courtyard.honours.actions.prizes import prizes_after_close
from courtyard.honours.actions.proposing import candidates
from courtyard.honours.actions.titles import titles_after_close
from courtyard.honours.queries.closing import dues_of, followed
from courtyard.honours.queries.dues import free_before
from courtyard.honours.queries.entries import Case, open_in
from courtyard.honours.queries.help import owed_in
from courtyard.honours.queries.titles import held_in
from courtyard.honours.rules.states import ListingKind, Verb
from courtyard.inspections.actions.closing import Closed, close, number
from courtyard.inspections.actions.evenings import settle
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Round
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem, Refused, refuse_if
from courtyard.people.rules import may
from courtyard.points.actions.parts import award, pay_waiting
from courtyard.records.journal import Pen, act


@dataclass(frozen=True)
class Close:
    """What a close did: homes rated, points granted, paid and waiting (待发), candidates of either list, entries taken off;
    the factor, where the round was paid by one; homes whose entry is open already and gets no second one beside it;
    titles given and lost."""

    rated: int
    granted: int
    paid: int
    waiting: int
    red: int
    black: int
    taken_off: int
    budget: int = 0
    needed: int = 0
    listed_already: int = 0
    titles: int = 0
    titles_lost: int = 0

    @property
    def cut(self) -> bool:
        """Whether the round was paid by one factor: `budget` of the `needed` points."""
        return self.needed > 0


def close_village(*, closing: Round, by: Actor, at: datetime, command: UUID | None = None) -> Close:
    """Close a village's round: results with their breakdown, awards, postings within the budget, and candidates.

    Where the budget does not suffice, everything waits, or is cut by one factor where the scheme says so. Entries whose
    home is no longer poor come off. Refuses inspections.round_closed and what `close` refuses.
    """
    refuse_if(may(by, "rounds.close", closing.village.path))
    with act(
        "honours.close_village", by=by, at=at, chain=closing.village_id, subject=closing.pk, command=command,
        given={"round": closing.pk}, conflict="inspections.round_closed",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Close(**pen.answer)
        village_turn(pen)
        settle(pen, closing.village)
        unanswered = void_unanswered(pen, closing.village_id)  # first: it may move other homes' entries
        before = open_in(closing.village_id)
        turns = lapsed(before, day_of(at))
        closed = close(pen, closing, owed_in(closing.village_id), held_in(closing.village_id))
        due = dues_of(closing.pk, closed.document, closed.day, closed.homes)
        free = free_before(closed.document, closed.homes)
        granted = award(pen, closing.village_id, due)
        cut = closing.pk if closed.document.cuts else None
        paid = pay_waiting(pen, closing.village_id, day_of(at), cut=cut)
        count_after_close(pen, closing, closed, free, paid)
        number(pen, closing)
        book(pen, turns, unanswered)
        ended = {turn.case.listing.pk for turn in turns}
        turns = _follow(pen, [one for one in before if one.listing.pk not in ended], closed)
        taken_off = ended | {turn.case.listing.pk for turn in turns}
        still = {one.listing.household_id for one in before if one.listing.pk not in taken_off}
        new = candidates(closing, closed.document, closed.homes, still, day_of(at))
        begin(pen, new)
        after_close(pen, closing, new)
        help_after_close(pen, closing.village_id, closed)
        prizes_after_close(pen, closing, closed.homes)
        titles = titles_after_close(pen, closing, closed.document, closed.homes)
        red = sum(row.kind == ListingKind.RED.value for row in new)
        rated = sum(home.outcome.grade is not None for home in closed.homes)
        budget, needed = (paid.share.budget, paid.share.needed) if paid.share else (0, 0)
        beside = sum(bool(home.outcome.candidates) and home.household in still for home in closed.homes)
        counts = (rated, granted, paid.points, paid.waiting, red, len(new) - red, len(taken_off))
        done = Close(*counts, budget, needed, beside, titles.given, titles.lost)
        pen.answer = dict(vars(done))
    return done


def _follow(pen: Pen, open_ones: Sequence[Case], closed: Closed) -> list[Turn]:
    """What this round's results do to entries that stand: red gives way to the new round, black ends where not poor."""
    turns = [
        Turn(one, verb, {"mended_on": day_of(pen.at)} if verb is Verb.MEND else {})
        for one, verb in followed(open_ones, closed.document, closed.homes)
    ]
    advance_all(pen, turns)
    return turns


def close_town(
    *,
    closing: Sequence[Round],
    by: Actor,
    at: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> list[tuple[Round, Close | Problem]]:
    """Close the rounds of many villages one by one, each its own transaction; those closed already are passed over.

    Interrupted and started again it goes on where it was. A village that cannot be closed keeps its Problem; the
    others go on. `progress(done, all)`.
    """
    found: list[tuple[Round, Close | Problem]] = []
    open_ids = set(
        Round.objects.filter(pk__in=[row.pk for row in closing], state=RoundState.OPEN.value).values_list(
            "pk", flat=True
        )
    )
    for n, row in enumerate(closing, start=1):
        if row.pk in open_ids:
            try:
                found.append((row, close_village(closing=row, by=by, at=at)))
            except Refused as refused:
                found.append((row, refused.problem))
        if progress:
            progress(n, len(closing))
    return found
