"""One home, one step at a time, by the very rules of a run.

A home's state is taken apart into its past (grades, runs, titles, what caps have taken in), what lies aside (counts that
only deeds ask for) and its purse (what stands on its accounts), all values that can be compared: so whoever has many
homes alike keeps a step's answer once. In taking it apart what no later step can ask is left out: counts of times that
are over, runs beyond what a streak asks.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.accounts import Account, Lot
from courtyard.rating.rules.engine_2.closing import Seen, graded, reasons_against
from courtyard.rating.rules.engine_2.looking import Look
from courtyard.rating.rules.engine_2.ranking import Ranks
from courtyard.rating.rules.engine_2.running import _Run, _together
from courtyard.rating.rules.engine_2.state import Direct, State
from courtyard.rating.rules.facts import NO_MARKS, Mark
from courtyard.rating.rules.pausing import pause_of
from courtyard.rating.rules.periods import Period, period_of, time_of

Past = tuple[Any, ...]
Aside = tuple[Any, ...]
Lots = tuple[tuple[date, int, date | None], ...]
Purse = tuple[tuple[str, str, int, Lots, Lots], ...]
SCORED = ("score", "score_least", "better_by")
NOBODY = s.Home("")


@dataclass(frozen=True)
class Step:
    """What a step left of a home, the entries it booked, the period's result if it was a close."""

    past: Past
    aside: Aside
    purse: Purse
    entries: tuple[s.Entry, ...]
    result: s.Result | None = None
    refused: str = ""


class Steps(_Run):
    """A scheme's steps. Homes are handed over as values; nothing is kept between two steps."""

    def __init__(self, document: SchemeDocument, since: date) -> None:
        super().__init__(document, (), (), since, since)
        self._given = Ranks()
        self._worths: Mapping[str, int] = {}

    @cached_property
    def asks_score(self) -> bool:
        """Whether a close asks for the score itself, not only for the grade."""
        document = self.document
        kinds = {kind for _, kind, _ in self.plan.conditions}
        return (
            bool(kinds & set(SCORED))
            or document.review is not None
            or any(title.lost_below_milli is not None for title in document.titles)
            or any(star.of == "score" for star in document.stars)
        )

    @cached_property
    def asks_purse(self) -> bool:
        """Whether a close reads the accounts, or takes off them, so that its answer depends on them."""
        document = self.document
        return (
            any(kind == "points" for _, kind, _ in self.plan.conditions)
            or any(gate.star is not None and "awards" in gate.shuts for gate in document.gates)
            or any(rule.points_milli < 0 for rule in document.awards)
            or any(ledger.base_milli or ledger.negative == "debt" for ledger in document.ledgers)
        )

    def deed_asks_purse(self, code: str) -> bool:
        """Whether what a deed counts depends on what stands on the accounts."""
        rule = next(rule for rule in self.document.deeds if rule.code == code)
        ledgers = [self.document.ledger(ledger) for ledger in (rule.ledger, *rule.also)]
        return (
            rule.points_milli < 0
            or rule.mended_points_milli is not None
            or any(ledger.base_milli or ledger.negative == "debt" for ledger in ledgers)
        )

    @cached_property
    def _asked_once(self) -> frozenset[str]:
        """The clauses that ask whether they applied before."""
        return frozenset(
            clause for clause, kind, rule in self.plan.conditions
            if kind in ("once", "points") or (kind == "streak" and rule.repeats == "once")
        )  # fmt: skip

    @cached_property
    def _pers(self) -> dict[str, str]:
        """How long each cap holds, by the name it is counted under."""
        document = self.document
        caps = {f"{cap.ledger}.{cap.code}": cap.per for cap in document.caps}
        for rule in document.deeds:
            caps |= {f"{ledger}.deeds.{rule.code}": "year" for ledger in (rule.ledger, *rule.also)}
        return caps

    @cached_property
    def _asked_caps(self) -> frozenset[str]:
        """The caps that hold for any award."""
        held = [cap for rule in self.document.awards for cap in self.plan.caps(rule, rule.ledger)]
        return frozenset(f"{cap.ledger}.{cap.code}" for cap in held)

    @cached_property
    def _withins(self) -> dict[str, str]:
        return {row.code: row.within for row in self.document.dedupes}

    @cached_property
    def _agains(self) -> dict[str, str]:
        return {row.code: row.within for row in self.document.repeats}

    def look(self, marks: tuple[Mark, ...]) -> Look:
        """What one visit came to."""
        return self._look(marks)

    def together(self, looks: list[Look]) -> Look:
        """What the visits of one period came to."""
        return _together(self.document, looks)

    def sign(self, look: Look) -> Hashable:
        """All that a close can ask of a look: looks of one sign have the same consequences."""
        if look.score_milli is None:
            return look.why
        asked = {rule.area for _, kind, rule in self.plan.conditions if kind == "area"}
        hits = {code for veto in self.document.vetoes for code in veto.findings}
        return (
            graded(self.plan, look, frozenset()),
            tuple(tuple(reasons_against(self.plan, rule, NOBODY, look)) for rule in self.document.lists),
            tuple(area.score_milli for area in look.areas if area.area in asked),
            look.found & hits,
            look.score_milli if self.asks_score else None,
        )

    def begun(self, home: s.Home) -> tuple[Past, Aside, Purse]:
        """A home before its first step."""
        state = State(home)
        for ledger in self.document.ledgers:
            for owner in state.owners(self.plan) if ledger.base_milli else ():
                state.account(self.plan, owner, ledger.code)
        return self._apart(state, self.since)

    def close(
        self,
        past: Past,
        purse: Purse,
        visits: Iterable[s.Visit],
        done: frozenset[str],
        period: Period,
        number: int,
        ranks: frozenset[str],
        notes: tuple[str, ...],
    ) -> Step:
        """Close a period for a home by its visits, the deeds `done` in it and the ranks it has among all."""
        state = self._stand(past, purse)
        code = state.home.code
        for visit in visits:
            self._visit(visit)
        self.done[period, code] = set(done)
        self.number = number
        self._given = Ranks({code: ranks}, {}, {code: list(notes)})
        self._close(period)
        return self._step(state, period.last)

    def seen(self, past: Past, visits: Iterable[s.Visit], done: frozenset[str], period: Period) -> Seen:
        """What a period holds of a home before its ranks: nothing of its past is asked, only what the home is."""
        state = self._stand(past, ())
        for visit in visits:
            self._visit(visit)
        self.done[period, state.home.code] = set(done)
        return self._seen(state, period)

    def deed(self, past: Past, aside: Aside, purse: Purse, deed: s.Deed, day: date, booked: Mapping[str, int]) -> Step:
        """A deed on the day it counts for, or on the day it was mended (`booked`: what it counted before, by ledger)."""
        state = self._stand(past, purse, aside)
        self.booked.clear()
        if booked or day != deed.day:
            self.booked[deed] = dict(booked)  # type: ignore[assignment]
        self._deed(state, deed, day)
        return self._step(state, day)

    def spend(self, past: Past, purse: Purse, spend: s.Spend) -> Step:
        """Points spent, or the code of why they cannot be."""
        state = self._stand(past, purse)
        self._spend(spend)
        refused = self.out.refusals[0].code if self.out.refusals else ""
        return self._step(state, spend.day, refused)

    def price(self, spend: s.Spend) -> tuple[str, int]:
        """The ledger a spend draws on and how many points it takes that day."""
        return self._price(spend)

    def evening(self, past: Past, purse: Purse, day: date) -> Step:
        """The end of a day: what counted for the last time lapses, balances fall where a reset says so."""
        state = self._stand(past, purse)
        self._evening(day)
        return self._step(state, day)

    def taken_in(self, past: Past, purse: Purse, gain: Purse, day: date) -> Purse:
        """A purse with what a step brought in beside it."""
        state = self._stand(past, purse)
        for owner, ledger, _, lots, _ in gain:
            for since, left, until in lots:
                state.account(self.plan, owner, ledger).take_in(since, left, until)
        return self._apart(state, day)[2]

    def ranks(self, homes: Mapping[str, s.Home], seen: Mapping[str, Seen], worth: Mapping[str, int]) -> Ranks:
        """The ranks of one period over all homes that were seen; `worth`: each home's score or standing."""
        self.states = {code: State(homes[code]) for code in seen}
        self._worths = worth
        return super()._ranks(seen)

    def pauses(self, period: Period) -> bool:
        """Whether the period has no round: most of its days lie in pauses."""
        return pause_of(self.document, period.first, period.last) is not None

    def may_leave_out(self, past: Past, period: Period) -> bool:
        """Whether the round of this period need not visit the home, unless it is drawn."""
        nobody = Seen(Look(NO_MARKS), None, NO_MARKS, (), None, False, 0)
        return self._carries(self._stand(past, ()), nobody, period)

    def _ranks(self, seen: Mapping[str, Seen]) -> Ranks:
        return self._given

    def _worth(self, state: State, score_milli: int) -> int:
        return self._worths[state.home.code]

    def _stand(self, past: Past, purse: Purse, aside: Aside = ((), (), ())) -> State:
        """The home as a state, alone in an empty run."""
        home, last, last_score, rated, carried, runs, once, titles, poor, used, directs = past
        rest, highest, times = aside
        state = State(
            home, last, last_score, rated, carried, None, dict(runs), set(once), set(titles), dict(poor), {},
            dict(used) | dict(rest), dict(highest), dict(times), [Direct(*one) for one in directs],
        )  # fmt: skip
        for owner, ledger, owed, lots, spent in purse:
            held = Account(
                self.document.ledger(ledger), [Lot(*lot) for lot in lots], owed, [Lot(*lot) for lot in spent]
            )
            state.accounts[owner, ledger] = held
        self.states = {home.code: state}
        self.out = s.Told()
        self.visits.clear()
        self.checks.clear()
        self.done.clear()
        return state

    def _step(self, state: State, day: date, refused: str = "") -> Step:
        result = self.out.results[0] if self.out.results else None
        return Step(*self._apart(state, day), tuple(self.out.entries), result, refused)

    def _apart(self, state: State, day: date) -> tuple[Past, Aside, Purse]:
        """A state as values, without what nothing can ask any more."""
        most = max((one.periods for one in self.document.multipliers if one.since == "joined"), default=0)
        used, *aside = self._counts(state, day)
        past = (
            state.home, state.last, state.last_score if self.asks_score else None, min(state.rated, most),
            state.carried, self._runs(state), tuple(sorted(state.once & self._asked_once)),
            tuple(sorted(state.titles)), tuple(sorted(state.poor_runs.items())), used,
            tuple((one.owner, one.star, one.since, one.mended) for one in state.directs
                  if one.mended is None or one.mended > day),
        )  # fmt: skip
        purse = tuple(
            (*key, account.owed, _lots(account.lots), _lots(account.spent) if key[1] in self.plan.standings else ())
            for key, account in sorted(state.accounts.items())
        )
        return past, tuple(aside), purse

    def _runs(self, state: State) -> tuple[tuple[str, int], ...]:
        """Runs as far as their streak asks: one that counts anew begins again, one that is full stays so."""
        kept = []
        for clause, rule in self.plan.streaks:
            run, rounds = state.runs.get(clause, 0), rule.rounds or 1
            if rule.repeats == "anew":
                run = (run - 1) % rounds + 1 if run else 0
            kept.append((clause, min(run, rounds)))
        return tuple(kept)

    def _counts(self, state: State, day: date) -> tuple[Any, ...]:
        """What has been counted in times that are not over: by caps that awards ask for too; by other caps, dedupes and
        repeats."""
        period = period_of(self.document.scope.period, day)
        month = period_of("month", day)
        used = sorted(
            (key, milli) for key, milli in state.used.items()
            if key[2] >= time_of(self._pers[key[0]], day, period)
        )  # fmt: skip
        highest = sorted(
            (key, milli) for key, milli in state.highest.items()
            if self._withins[key[0]] == "event" or key[2] >= time_of(self._withins[key[0]], day, period).isoformat()
        )  # fmt: skip
        times = sorted(
            (key, count) for key, count in state.times.items()
            if key[3] >= time_of(self._agains[key[0]], day, month)
        )  # fmt: skip
        near = tuple(row for row in used if row[0][0] in self._asked_caps)
        rest = tuple(row for row in used if row[0][0] not in self._asked_caps)
        return near, rest, tuple(highest), tuple(times)


def _lots(lots: Iterable[Lot]) -> Lots:
    """An account's lots, those that end on the same day as one: what leaves takes the oldest, and these are equals."""
    kept: list[list[Any]] = []
    for lot in lots:
        if kept and kept[-1][2] == lot.until:
            kept[-1][1] += lot.left
        else:
            kept.append([date.min, lot.left, lot.until])
    return tuple((since, left, until) for since, left, until in kept if left)
