"""Run a scheme over a place's time: events in order of days, a close at the end of every period, lapses and resets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from courtyard.rating.rules import facts as f
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import RewardRule, SchemeDocument
from courtyard.rating.rules.engine_2 import deeds as d
from courtyard.rating.rules.engine_2.accounts import Account
from courtyard.rating.rules.engine_2.closing import Seen, close, graded, shut, unrated
from courtyard.rating.rules.engine_2.looking import Look, decided, look
from courtyard.rating.rules.engine_2.merging import holder, into_of, merge
from courtyard.rating.rules.engine_2.numbers import of_several, rounded
from courtyard.rating.rules.engine_2.plan import Plan, plan_of
from courtyard.rating.rules.engine_2.ranking import Ranks, Runner, ranks
from courtyard.rating.rules.engine_2.state import State
from courtyard.rating.rules.periods import Period, period_of, within_days

CLOSED_WINDOW = "rating.spend_window"
SHUT_GATE = "rating.spend_gate"
SHORT = "rating.spend_short"
NOBODY_HOME = "rating.spend_nobody_home"
NO_LEDGER = "rating.spend_no_ledger"
NO_REWARD = "rating.spend_no_reward"


def run(
    document: SchemeDocument, homes: Iterable[s.Home], events: Iterable[s.Event], until: date, since: date | None = None
) -> s.Told:
    """All that follows from these events by the end of `until`, the order they are given in being of no account.

    `since`: the day the scheme took effect (the first event's, where left out)."""
    return _Run(document, homes, events, until, since).told()


class _Run:
    """One run. Days on which nothing can happen are passed over."""

    def __init__(
        self,
        document: SchemeDocument,
        homes: Iterable[s.Home],
        events: Iterable[s.Event],
        until: date,
        since: date | None,
    ) -> None:
        self.plan: Plan = plan_of(document)
        self.document, self.until = document, until
        self.states = {home.code: State(home) for home in sorted(homes, key=lambda home: home.code)}
        gathered = tuple(_gathered(events))
        self.into = into_of(gathered)
        self.by_day = self._sorted(gathered)
        self.since = since or min(self.by_day, default=until)
        self.out = s.Told()
        self.visits: dict[tuple[Period, str], list[tuple[date, Look]]] = defaultdict(list)
        self.checks: dict[tuple[Period, str], tuple[date, Look]] = {}
        self.done: dict[tuple[Period, str], set[str]] = defaultdict(set)
        self.booked: dict[s.Deed, Counter[str]] = {}
        self.kept: dict[tuple[f.Mark, ...], Look] = {}
        self.number = 0
        self.lapsing = self.plan.lapses
        self.order = {rule.code: place for place, rule in enumerate(document.deeds)}

    def _sorted(self, events: Iterable[s.Event]) -> dict[date, list[s.Event]]:
        by_day: dict[date, list[s.Event]] = defaultdict(list)
        for event in events:
            day = d.counted_on(self.plan, event)[0] if isinstance(event, s.Deed) else event.day
            by_day[day].append(event)
            if isinstance(event, s.Deed) and event.mended is not None and event.mended > day:
                by_day[event.mended].append(event)
        return by_day

    def told(self) -> s.Told:
        """Go through the days and say what followed."""
        for day in self._days():
            here = self.by_day.get(day, [])
            for state, deed in self._deeds(here, day):
                self._deed(state, deed, day)
            for event in sorted((one for one in here if not isinstance(one, s.Deed)), key=_order):
                self._other(event)
            period = period_of(self.document.scope.period, day)
            if day == period.last:
                self._close(period)
            self._evening(day)
        return self._last_evening()

    def _last_evening(self) -> s.Told:
        """How everything stands at the end of the last day."""
        for code, state in self.states.items():
            if state.merged is not None and self.document.account == "person":
                continue
            self.out.titles[code] = tuple(sorted(state.titles))
            for owner in state.owners(self.plan):
                self.out.stars[owner] = state.star(self.plan, owner, self.until, state.last_score)
                for ledger in self.document.ledgers:
                    account = state.account(self.plan, owner, ledger.code)
                    self.out.balances[owner, ledger.code] = account.balance
                    self.out.standings[owner, ledger.code] = account.standing
        return self.out

    def _days(self) -> Iterator[date]:
        """Days on which something happens: events, closes, resets, lapses (looked up each evening)."""
        day = min([self.since, *self.by_day]) if self.by_day else self.since
        while day <= self.until:
            yield day
            day += timedelta(days=1)

    def _deeds(self, here: Sequence[s.Event], day: date) -> list[tuple[State, s.Deed]]:
        rows = sorted((one for one in here if isinstance(one, s.Deed)), key=self.turn)
        return [(self.states[holder(self.into, one.home, day)], one) for one in rows]

    def turn(self, one: s.Deed) -> tuple[object, ...]:
        """When a deed's turn comes among those of its day."""
        return (one.home, one.member, self.order[one.code], -(one.amount_milli or 0), one.event, one.thing)

    def _deed(self, state: State, deed: s.Deed, day: date) -> None:
        counts_on, why = d.counted_on(self.plan, deed)
        if day == counts_on:
            rows = list(d.deeds(self.plan, state, deed, day, why))
            held = self.booked.setdefault(deed, Counter())
            for row in rows:
                held[row.ledger] += row.milli
            self.out.entries += rows
            if not why:
                self.done[period_of(self.document.scope.period, day), state.home.code].add(deed.code)
        if deed.mended is not None and day == max(deed.mended, counts_on) and not why:
            self.out.entries += d.mended(self.plan, state, deed, counts_on, day, self.booked.get(deed, {}))

    def _other(self, event: s.Event) -> None:
        if isinstance(event, s.Visit):
            self._visit(event)
        elif isinstance(event, s.Spend):
            self._spend(event)
        elif isinstance(event, s.Merge):
            self._merge(event)

    def _visit(self, event: s.Visit) -> None:
        found = decided(event.score_milli) if event.score_milli is not None else self._look(event.marks)
        home = holder(self.into, event.home, event.day)
        key = (period_of(self.document.scope.period, event.day), home)
        if not event.spot:
            self.visits[key].append((event.day, found))
            return
        self.checks[key] = (event.day, found)
        state = self.states[home]
        for title in self.document.titles:
            least = title.lost_below_milli
            low = found.score_milli is not None and least is not None and found.score_milli < least
            if low and title.code in state.titles:
                state.titles.discard(title.code)
                self.out.changes.append(s.Change(event.day, home, title.code, given=False))

    def _look(self, marks: tuple[f.Mark, ...]) -> Look:
        found = self.kept.get(marks)
        if found is None:
            found = self.kept[marks] = look(self.document, marks)
        return found

    def _close(self, period: Period) -> None:
        """Close a period over all homes: grades, then ranks, then everything that follows from both."""
        seen = {code: self._seen(state, period) for code, state in self.states.items() if _here(state, period)}
        ranked = self._ranks(seen)
        for code, one in seen.items():
            state = self.states[code]
            if one.grade is None:
                result = unrated(self.plan, state, one, period, self._carries(state, one, period))
            else:
                notes = tuple(dict.fromkeys(ranked.notes.get(code, [])))
                clauses = ranked.clauses.get(code, frozenset())
                result = close(self.plan, state, one, clauses, ranked.places.get(code), notes, period)
            self.out.results.append(result)
            self.out.entries += result.entries
            self.out.changes += [s.Change(period.last, code, title, given=False) for title in result.lost]
            self.out.changes += [s.Change(period.last, code, title, given=True) for title in result.titles]
            self.out.notes += [(period.last, code, note) for note in result.notes]
        self.number += 1

    def _seen(self, state: State, period: Period) -> Seen:
        """What a period holds of a home: its visits as one look, replaced or checked by the level above."""
        key = (period, state.home.code)
        visits = sorted(self.visits.get(key, []), key=lambda row: row[0])
        found = _together(self.document, [one for _, one in visits])
        checked, check = self.checks.get(key, (date.min, None))
        review = self.document.review
        if visits and checked < visits[-1][0]:
            check = None  # a check before the visit says nothing of it
        passed: bool | None = None
        if check is not None and check.score_milli is not None:
            passed = review is None or review.least_milli is None or check.score_milli >= review.least_milli
            if review is not None and review.effect == "replaces":
                found = check
        why = found.why
        if not state.home.taking_part or not state.home.lived_in:
            why = f.NOT_TAKING_PART if not state.home.taking_part else f.NOT_LIVED_IN
            return Seen(Look(why), None, why, (), passed, False, self.number)
        grade, vetoes = graded(self.plan, found, frozenset(self.done.get(key, set())))
        failed = passed is False and review is not None and review.effect == "vetoes"
        return Seen(found, grade, why, vetoes, passed, failed, self.number)

    def _ranks(self, seen: Mapping[str, Seen]) -> Ranks:
        unranked = {veto.code for veto in self.document.vetoes if "not_ranked" in veto.effects}
        runners = []
        for code, one in seen.items():
            if one.grade is None or one.look.score_milli is None or unranked & set(one.vetoes):
                continue
            state = self.states[code]
            worth = self._worth(state, one.look.score_milli)
            runners.append(Runner(state.home, one.grade, worth, bool(one.check)))
        return ranks(self.plan, runners)

    def _worth(self, state: State, score_milli: int) -> int:
        """What ranks a home: the round's score, or its standing in a ledger."""
        by = self.document.ranking
        return score_milli if by.by == "score" else state.standing(self.plan, by.ledger)

    def _carries(self, state: State, one: Seen, period: Period) -> bool:
        """Whether a light round left a home out because its grade still carries."""
        coverage = self.document.coverage
        if period.month in coverage.full_months or one.why != f.NO_MARKS or state.last is None:
            return False
        band = coverage.carried_band
        good = band in self.plan.rank_of and self.plan.rank_of[state.last] <= self.plan.rank_of[band]
        return good and (not coverage.carries_rounds or state.carried < coverage.carries_rounds)

    def _spend(self, event: s.Spend) -> None:
        code = self._refused(event)
        if code:
            self.out.refusals.append(s.Refusal(event, code))
            return
        state = self._spender(event)
        owner = event.member or state.owners(self.plan)[0]
        ledger, points = self._price(event)
        state.account(self.plan, owner, ledger).spend(points * 1000)
        reward = self._reward(event) if event.reward else None
        clause = f"rewards.{reward.code}" if reward is not None else "spend"  # the row whose price it was
        self.out.entries.append(s.Entry(event.day, state.home.code, owner, clause, ledger, -points * 1000))

    def _refused(self, event: s.Spend) -> str:
        """Why points cannot be spent now; '' where they can."""
        state = self._spender(event)
        if event.reward and self._reward(event) is None:
            return NO_REWARD
        if not state.home.lived_in:
            return NOBODY_HOME
        ledger, points = self._price(event)
        if ledger not in self.plan.spendable:
            return NO_LEDGER
        windows = [row for row in self.document.windows if row.ledger == ledger]
        if windows and not any(within_days(event.day, row.since, row.until) for row in windows):
            return CLOSED_WINDOW
        for gate in self.document.gates:
            if "redeem" in gate.shuts and shut(self.plan, state, gate.band, gate.star, state.last, event.day):
                return SHUT_GATE
        owner = event.member or state.owners(self.plan)[0]
        return SHORT if state.account(self.plan, owner, ledger).balance < points * 1000 else ""

    def _spender(self, event: s.Spend) -> State:
        return self.states[holder(self.into, event.home, event.day, after=True)]

    def _reward(self, event: s.Spend) -> RewardRule | None:
        """The reward of the published list as it is priced that day: the latest row of its name or code."""
        named = next((row for row in self.document.rewards if row.code == event.reward), None)
        if named is None:
            return None
        rows = [row for row in self.document.rewards if row.name == named.name and row.since <= event.day.isoformat()]
        return max(rows, key=lambda row: row.since, default=None)

    def _price(self, event: s.Spend) -> tuple[str, int]:
        reward = self._reward(event) if event.reward else None
        if reward is not None:
            return reward.ledger, reward.points * event.times
        ledgers = [ledger.code for ledger in self.document.ledgers if ledger.spendable]
        return event.ledger or (ledgers[0] if ledgers else ""), event.points * event.times

    def _merge(self, event: s.Merge) -> None:
        if event.home != event.into and self.states[event.home].merged is None:
            into = self.states[holder(self.into, event.into, event.day, after=True)]
            self.out.entries += merge(self.plan, self.states[event.home], into, event.day)

    def _evening(self, day: date) -> None:
        """At the end of a day: what counted for the last time lapses; on a day of a reset balances fall."""
        at = f"{day:%m-%d}"
        resets = [row for row in self.document.resets if at in row.days]
        if not (resets or self.lapsing):
            return
        for state in self.states.values():
            if state.merged is not None:
                continue
            for (owner, code), account in state.accounts.items():
                gone = account.lapse(day)
                if gone:
                    why = s.LAPSED
                    row = s.Entry(day, state.home.code, owner, f"ledgers.{code}", code, gone, 0, "", why)
                    self.out.entries.append(row)
                for reset in resets:
                    if reset.ledger == code and account.balance > 0:
                        self._reset(state, owner, account, reset.code, reset.keep_share_milli, day)

    def _reset(self, state: State, owner: str, account: Account, code: str, share_milli: int, day: date) -> None:
        unit = 1000 if account.ledger.spendable else 1
        keep = account.balance * share_milli // 1000 // unit * unit
        gone = account.keep(keep)
        if gone:
            self.out.entries.append(s.Entry(day, state.home.code, owner, f"resets.{code}", account.ledger.code, -gone))


def _here(state: State, period: Period) -> bool:
    """Whether a home is there to be rated in a period: joined by its end, and not part of another yet."""
    joined = state.home.joined is None or state.home.joined <= period.last
    return joined and (state.merged is None or state.merged > period.last)


def _together(document: SchemeDocument, looks: list[Look]) -> Look:
    """The visits of one period as one look: the last one's areas, the score of all as the scheme says."""
    rated = [one for one in looks if one.score_milli is not None]
    if not rated:
        return looks[-1] if looks else Look(f.NO_MARKS)
    if len(rated) == 1:
        return rated[0]
    rules, last = document.aggregate, rated[-1]
    scores = [one.score_milli for one in rated if one.score_milli is not None]
    score = rounded(Fraction(of_several(rules.visits, scores)), rules.score_digits, rules.rounding)
    found = frozenset().union(*(one.found for one in rated)) if rules.visits != "last" else last.found
    score = min(score, document.bands[0].most_milli)  # of visits that are added up, the best band may reach higher
    return Look("", last.areas, score, last.raters, last.kin, last.fewest, found, last.decided)


def _gathered(events: Iterable[s.Event]) -> Iterator[s.Event]:
    """The events, deeds that are equal in everything as one that was done more often."""
    alike: Counter[s.Deed] = Counter()
    for event in events:
        if isinstance(event, s.Deed):
            alike[replace(event, times=1)] += event.times
        else:
            yield event
    for deed, times in alike.items():
        yield replace(deed, times=times)


def _order(event: s.Event) -> tuple[int, str, str]:
    """Within a day: visits, then mergers, then spending, each in the order of the homes."""
    kinds = {s.Visit: 0, s.Merge: 1, s.Spend: 2}
    extra = repr(event)
    return (kinds[type(event)], event.home, extra)
