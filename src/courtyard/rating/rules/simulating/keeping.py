"""Steps of the engine whose answers are kept: homes that stand alike and meet the same fare alike.

A home's past, its purse and what a step brought it are each kept once and known by a small number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.closing import Seen
from courtyard.rating.rules.engine_2.stepping import Aside, Past, Purse, Step, Steps
from courtyard.rating.rules.periods import Period
from courtyard.rating.rules.simulating.calendar import Tick
from courtyard.rating.rules.simulating.fare import HOME, Good, Signs

MOST = 1_500_000  # answers and values kept at most; beyond them everything is forgotten between two seeds
Value = TypeVar("Value", bound=Hashable)
Counts = tuple[tuple[str, int], ...]
# What a home meets at a close beside its visits: deeds done, ranks, notes, the sign of a check.
Beside = tuple[frozenset[str], frozenset[str], tuple[str, ...], int]
PLAIN: Beside = (frozenset(), frozenset(), (), 0)
# A good's number, the spend that takes one, the ledger and the points it takes.
Priced = tuple[tuple[int, s.Spend, str, int], ...]


@dataclass(frozen=True)
class Fruit:
    """What one step brought a home, in thousandths by ledger, and what a close said of it."""

    issued: Counts = ()
    taken: Counts = ()
    lapsed: Counts = ()
    grade: str | None = None
    why: str = ""
    booked: Counts = ()
    lists: tuple[str, ...] = ()
    given: int = 0
    lost: int = 0
    prizes_fen: int = 0


class Numbered(Generic[Value]):
    """Values, each kept once and known by its number."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._numbers: dict[Value, int] = {}

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, number: int) -> Value:
        return self.values[number]

    def of(self, value: Value) -> int:
        """The number of a value."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
        return found


class Kept:
    """The steps of one scheme, asked by numbers; each is worked out once."""

    def __init__(self, document: SchemeDocument, since: date) -> None:
        self.document = document
        self.steps = Steps(document, since)
        # Whether deeds can veto, a check can change anything, a clause waits for one.
        self.vetoed = any(veto.deeds for veto in document.vetoes)
        self.waits = any(rule.recheck for _, _, rule in self.steps.plan.conditions)
        self.checks = (
            self.waits
            or document.review is not None
            or any(one.lost_below_milli is not None for one in document.titles)
        )
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.pasts: Numbered[Past] = Numbered()
        self.asides: Numbered[Aside] = Numbered()
        self.purses: Numbered[Purse] = Numbered()
        self.fruits: Numbered[Fruit] = Numbered()
        self._gains: Numbered[Purse] = Numbered()
        self._gains.of(())  # 0: nothing
        self._refusals: Numbered[str] = Numbered()
        self.answers: dict[Hashable, tuple[int, int, int]] = {}
        self._sums: dict[tuple[str, bool], list[int]] = {}
        self._closes: dict[int, dict[tuple[int, int, int, Beside | None], tuple[int, int, int]]] = {}
        self._count = 0
        self._deeds: dict[Hashable, tuple[int, int, int, int]] = {}
        self._deeds_ask: dict[str, bool] = {}
        self._seen: dict[Hashable, Seen] = {}
        self._priced: dict[Hashable, Priced] = {}

    @property
    def is_full(self) -> bool:
        """Whether so much is kept that it is time to forget."""
        return self._count + len(self.answers) + len(self._deeds) + len(self.pasts) + len(self.purses) > MOST

    def begun(self, home: s.Home) -> tuple[int, int]:
        """The past and the purse of a home before its first step; what lies aside of it is 0."""
        past, aside, purse = self.steps.begun(home)
        self.asides.of(aside)
        return self.pasts.of(past), self.purses.of(purse)

    def close_all(
        self, tick: Tick, pasts: list[int], purses: list[int], signs: Sequence[int], beside: Mapping[int, Beside],
        drawn: Signs,
    ) -> list[int]:  # fmt: skip
        """Close a period in all homes, changing their pasts and purses; the fruit of each. Where the scheme's close does not ask for the purse,
        it is worked out without one, and what it brought is put in."""
        asks, kept, fruits = self.steps.asks_purse, self._closes.setdefault(tick.number, {}), []
        for home, sign in enumerate(signs):
            past, purse = pasts[home], purses[home]
            key = (past, purse if asks else -1, sign, beside.get(home))
            answer = kept.get(key)
            if answer is None:
                answer = kept[key] = self._close(tick, key, drawn)
                self._count += 1
            pasts[home], left, fruit = answer
            if asks:
                purses[home] = left
            elif left:
                purses[home] = self._with(past, purse, left, tick.day)
            fruits.append(fruit)
        return fruits

    def _close(self, tick: Tick, key: tuple[int, int, int, Beside | None], drawn: Signs) -> tuple[int, int, int]:
        past, purse, sign, beside = key
        done, ranks, notes, check = beside or PLAIN
        assert tick.period is not None
        visits = self._visits(drawn, sign, check, tick.period)
        held = () if purse < 0 else self.purses[purse]
        step = self.steps.close(self.pasts[past], held, visits, done, tick.period, tick.number, ranks, notes)
        return self._answer(step, self._gains if purse < 0 else self.purses)

    def _visits(self, drawn: Signs, sign: int, check: int, period: Period) -> tuple[s.Visit, ...]:
        visits = drawn.first[sign].visits(HOME, period)
        return visits + drawn.first[check].visits(HOME, period, spot=True) if check else visits

    def seen(self, past: int, period: Period, sign: int, done: frozenset[str], check: int, drawn: Signs) -> Seen:
        """What a period holds of a home; of the home only that somebody lives there and takes part."""
        key = (sign, check, done, period)
        found = self._seen.get(key)
        if found is None:
            visits = self._visits(drawn, sign, check, period)
            found = self._seen[key] = self.steps.seen(self.pasts[past], visits, done, period)
        return found

    def may_leave_out(self, past: int, period: Period) -> bool:
        """Whether a light round may leave a home out."""
        return self.steps.may_leave_out(self.pasts[past], period)

    def held(self, purse: int, owner: str, ledger: str) -> int:
        """What one owner holds in a ledger ("": the home, or its only one)."""
        for who, code, owed, lots, _ in self.purses[purse]:
            if code == ledger and owner in ("", who):
                return sum(left for _, left, _ in lots) - owed
        return 0

    def priced(self, goods: Sequence[Good], tick: Tick, owner: str) -> Priced:
        """The goods of a day with the ledger and the points they take; a good of two prices only once."""
        key = (tick.day, owner)
        found = self._priced.get(key)
        if found is None:
            rows, names = [], set()
            for number, good in enumerate(goods):
                spend = good.spend(tick.day, owner)
                ledger, points = self.steps.price(spend)
                if good.name not in names and ledger in tick.ledgers:
                    rows.append((number, spend, ledger, points))
                    names.add(good.name)
            found = self._priced[key] = tuple(rows)
        return found

    def _with(self, past: int, purse: int, gain: int, day: date) -> int:
        if not gain:
            return purse
        key = ("gain", purse, gain)
        answer = self.answers.get(key)
        if answer is None:
            held = self.steps.taken_in(self.pasts[past], self.purses[purse], self._gains[gain], day)
            answer = self.answers[key] = (-1, self.purses.of(held), -1)
        return answer[1]

    def deed(
        self, past: int, aside: int, purse: int, deed: s.Deed, day: date, booked: Counts
    ) -> tuple[int, int, int, int]:
        """Past, aside, purse and fruit after a deed, or after it was put right (`booked`: what it had counted)."""
        asks = self._deeds_ask.get(deed.code)
        if asks is None:
            asks = self._deeds_ask[deed.code] = self.steps.deed_asks_purse(deed.code)
        key = (past, aside, purse if asks else -1, deed, day, booked)
        answer = self._deeds.get(key)
        if answer is None:
            held = self.purses[purse] if asks else ()
            step = self.steps.deed(self.pasts[past], self.asides[aside], held, deed, day, dict(booked))
            after, left, fruit = self._answer(step, self.purses if asks else self._gains)
            answer = self._deeds[key] = (after, self.asides.of(step.aside), left, fruit)
        after, beside, left, fruit = answer
        return after, beside, left if asks else self._with(past, purse, left, day), fruit

    def spend(self, past: int, purse: int, spend: s.Spend) -> tuple[int, str]:
        """The purse after points were spent, or why they could not be."""
        key = ("spend", past if self.document.gates else -1, purse, spend)
        answer = self.answers.get(key)
        if answer is None:
            step = self.steps.spend(self.pasts[past], self.purses[purse], spend)
            answer = (-1, self.purses.of(step.purse), self._refusals.of(step.refused))
            self.answers[key] = answer
        return answer[1], self._refusals[answer[2]]

    def evening(self, past: int, purse: int, day: date) -> tuple[int, int]:
        """The purse at the end of a day, and the fruit: what lapsed."""
        key = ("evening", purse, day)
        answer = self.answers.get(key)
        if answer is None:
            step = self.steps.evening(self.pasts[past], self.purses[purse], day)
            answer = self.answers[key] = (-1, *self._answer(step, self.purses)[1:])
        return answer[1], answer[2]

    def _answer(self, step: Step, purses: Numbered[Purse]) -> tuple[int, int, int]:
        return self.pasts.of(step.past), purses.of(step.purse), self.fruits.of(self._fruit(step))

    def _fruit(self, step: Step) -> Fruit:
        issued: Counter[str] = Counter()
        taken: Counter[str] = Counter()
        lapsed: Counter[str] = Counter()
        for entry in step.entries:
            if not entry.clause.startswith(("awards.", "deeds.")):
                lapsed[entry.ledger] -= entry.milli
            elif entry.milli > 0:
                issued[entry.ledger] += entry.milli
            else:
                taken[entry.ledger] -= entry.milli
        counts = (_counts(issued), _counts(taken), _counts(lapsed))
        result = step.result
        if result is None:
            return Fruit(*counts, booked=_booked(step))
        lists = tuple(sorted({listing for listing, _ in result.lists}))
        prizes = sum(fen for _, fen in result.prizes)
        given, lost = len(result.titles), len(result.lost)
        return Fruit(*counts, result.grade, result.why, (), lists, given, lost, prizes)

    def sums(self, ledger: str, *, best: bool = False) -> list[int]:
        """By the number of a purse: all that stands in a ledger, or the most that one owner holds there."""
        found = self._sums.setdefault((ledger, best), [])
        for number in range(len(found), len(self.purses)):
            held = [
                sum(left for _, left, _ in lots) - owed
                for _, code, owed, lots, _ in self.purses[number]
                if code == ledger
            ]
            found.append(max(held, default=0) if best else sum(held))
        return found


def _booked(step: Step) -> Counts:
    """What a deed counted by ledger, nought too: what putting it right takes the place of."""
    booked: dict[str, int] = {}
    for entry in step.entries:
        booked[entry.ledger] = booked.get(entry.ledger, 0) + entry.milli
    return tuple(sorted(booked.items()))


def _counts(counter: Counter[str]) -> Counts:
    return tuple(sorted((code, milli) for code, milli in counter.items() if milli))
