"""A simulated place on its way through its time: what its homes meet, the engine's answers, what they come to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from courtyard.rating.rules import story as s
from courtyard.rating.rules.engine_2.closing import Seen
from courtyard.rating.rules.engine_2.deeds import counted_on
from courtyard.rating.rules.simulating import calendar as c
from courtyard.rating.rules.simulating.fare import Deeds, Drawn, Good, Signs
from courtyard.rating.rules.simulating.keeping import PLAIN, Beside, Counts, Kept
from courtyard.rating.rules.simulating.model import SHARE, Model
from courtyard.rating.rules.simulating.place import Place, turn_month

Store = tuple[tuple[Drawn, ...], ...]


@dataclass
class Told:
    """What one seed's time came to: sums by month, homes that reached and took each good, the black list by home."""

    homes: int
    months: list[Counter[str]]
    reached: list[int] = field(default_factory=list)
    bought: list[int] = field(default_factory=list)
    black: int = 0
    again: int = 0
    twice: int = 0
    thrice: int = 0


@dataclass
class Course:
    """One seed's time. `store` and `checks`: drawn visits by the order a home is in."""

    kept: Kept
    model: Model
    place: Place
    store: Store
    checks: Store
    signs: Signs
    deeds: Deeds
    goods: Sequence[Good]
    mends: list[tuple[int, s.Deed, Counts]] = field(default_factory=list)
    done: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    hits: Counter[int] = field(default_factory=Counter)
    year: int = 0

    def go(self, ticks: Iterable[c.Tick], months: int) -> Told:
        """All of it; what it came to."""
        homes = len(self.place.homes)
        self.told = Told(homes, [Counter() for _ in range(months)])
        self.taken_goods: list[set[int]] = [set() for _ in self.goods]
        self.peaks = {good.ledger: [0] * homes for good in self.goods}
        steps = {
            c.BEGINS: self._begins, c.DEED: self._deeds, c.MEND: self._mends, c.SPEND: self._spends,
            c.CLOSE: self._close, c.EVENING: self._evening, c.ENDS: self._ends,
        }  # fmt: skip
        for tick in ticks:
            steps[tick.kind](tick)
        self._years_hits()
        self.told.reached = [
            sum(peak >= good.points * SHARE for peak in self.peaks[good.ledger]) for good in self.goods
        ]
        self.told.bought = [len(homes) for homes in self.taken_goods]
        return self.told

    def _begins(self, tick: c.Tick) -> None:
        if tick.day.year != self.year:
            self._years_hits()
            self.year = tick.day.year
        if tick.month:
            turn_month(self.place, self.model, tick.day.month)

    def _ends(self, tick: c.Tick) -> None:
        """What stands on all accounts at the end of a month."""
        sums = self.told.months[tick.month]
        for ledger in self.kept.document.ledgers:
            held = self.kept.sums(ledger.code)
            sums[f"outstanding:{ledger.code}"] = sum(map(held.__getitem__, self.place.purses))

    def _peak(self) -> None:
        """How much each home holds at most, for what it could have had of the goods."""
        for ledger, peaks in self.peaks.items():
            best = self.kept.sums(ledger, best=True)
            self.peaks[ledger] = [
                held if (held := best[purse]) > peak else peak
                for purse, peak in zip(self.place.purses, peaks, strict=True)
            ]

    def _deeds(self, tick: c.Tick) -> None:
        place, kept, chance = self.place, self.kept, self.place.chance
        homes, drawn = len(place.homes), []
        for _ in range(self.deeds.count(homes, chance) if homes else 0):
            home = int(chance() * homes)
            drawn.append((home, self.deeds.draw(place.owners[home], tick.day, chance)))
        drawn.sort(key=lambda row: (row[0], kept.steps.turn(row[1])))
        sums = self.told.months[tick.month]
        for home, deed in drawn:
            sums["deeds"] += 1
            self._tell(home, deed)
            fruit = self._deed(home, deed, tick.day, ())
            self._fruit(tick, fruit, 1)
            if deed.mended is not None:
                self.mends.append((home, deed, kept.fruits[fruit].booked))
            if kept.vetoed and not counted_on(kept.steps.plan, deed)[1]:
                self.done[home].add(deed.code)

    def _deed(self, home: int, deed: s.Deed, day: date, booked: Counts) -> int:
        place = self.place
        past, aside, purse, fruit = self.kept.deed(
            place.pasts[home], place.asides[home], place.purses[home], deed, day, booked
        )
        place.pasts[home], place.asides[home], place.purses[home] = past, aside, purse
        return fruit

    def _mends(self, tick: c.Tick) -> None:
        """What was put right of this month's deeds."""
        for home, deed, booked in self.mends:
            fruit = self._deed(home, deed, tick.day, booked)
            self._fruit(tick, fruit, 1)
        self.mends.clear()

    def _spends(self, tick: c.Tick) -> None:
        self._peak()
        place, chance, comes = self.place, self.place.chance, self.model.comes_milli
        if self.model.spends_milli == 0:
            return
        held = [self.kept.sums(ledger) for ledger in tick.ledgers]
        coming = [home for home in range(len(place.homes)) if chance() * SHARE < comes]
        for home in coming:
            if any(sums[place.purses[home]] > 0 for sums in held):
                self._shop(tick, home)

    def _shop(self, tick: c.Tick, home: int) -> None:
        """One home at the shop: it takes what it can afford of the share it is ready to spend, drawn evenly."""
        place, kept, chance = self.place, self.kept, self.place.chance
        owners = place.owners[home]
        owner = owners[int(chance() * len(owners))] if owners else ""
        left = {
            ledger: kept.held(place.purses[home], owner, ledger) * self.model.spends_milli // (SHARE * SHARE)
            for ledger in tick.ledgers
        }
        priced = kept.priced(self.goods, tick, owner)
        if not self.goods:
            priced = tuple((-1, s.Spend(home="h", day=tick.day, member=owner, ledger=ledger, points=points), ledger, points)
                           for ledger, points in left.items())  # fmt: skip
        for _ in range(self.model.things):
            fit = [row for row in priced if 0 < row[3] <= left[row[2]]]
            if not fit:
                return
            number, spend, ledger, points = fit[int(chance() * len(fit))]
            self._take(tick, home, number, spend, points)
            left[ledger] -= points

    def _take(self, tick: c.Tick, home: int, number: int, spend: s.Spend, points: int) -> None:
        place, sums = self.place, self.told.months[tick.month]
        purse, refused = self.kept.spend(place.pasts[home], place.purses[home], spend)
        self._tell(home, spend)
        if refused:
            sums["refused"] += 1
            return
        place.purses[home] = purse
        sums[f"redeemed:{self.kept.steps.price(spend)[0]}"] += points * SHARE
        if number >= 0:
            self.taken_goods[number].add(home)
            sums["cash_fen"] += self.goods[number].cash_fen

    def _evening(self, tick: c.Tick) -> None:
        place, kept = self.place, self.kept
        if not place.pasts:
            return
        often = Counter(place.purses)
        after = {purse: kept.evening(place.pasts[0], purse, tick.day) for purse in often}
        place.purses = [after[purse][0] for purse in place.purses]
        for purse, times in often.items():
            self._fruit(tick, after[purse][1], times)

    def _close(self, tick: c.Tick) -> None:
        """A period closed: who is visited, what is seen, the ranks of all, then home by home."""
        seen = self._visited(tick)
        beside = self._beside(tick, seen)
        signs = [one.sign for one in seen]
        fruits = self.kept.close_all(tick, self.place.pasts, self.place.purses, signs, beside, self.signs)
        self.done.clear()
        for fruit, times in Counter(fruits).items():
            self._fruit(tick, fruit, times)
        black = {number for number, fruit in enumerate(self.kept.fruits.values) if "black" in fruit.lists}
        for home, fruit in enumerate(fruits):
            if fruit in black:
                self.told.black += 1
                self.told.again += self.hits[home] > 0
                self.hits[home] += 1
        self._peak()

    def _visited(self, tick: c.Tick) -> list[Drawn]:
        """What the evaluators see of each home this period; nothing of one that a light round leaves out."""
        assert tick.period is not None
        place, chance, period = self.place, self.place.chance, tick.period
        store, size, none = self.store, len(self.store[0]), self.signs.first[0]
        if self.kept.steps.pauses(period):
            return [none] * len(place.homes)
        seen = [store[order][int(chance() * size)] for order in place.orders]
        if period.month not in self.kept.document.coverage.full_months:
            drawn = self.kept.document.coverage.drawn_share_milli
            may = {past: self.kept.may_leave_out(past, period) for past in set(place.pasts)}
            seen = [
                none if may[past] and chance() * SHARE >= drawn else one
                for past, one in zip(place.pasts, seen, strict=True)
            ]
        if place.trace is not None:
            for events, home, one in zip(place.trace, place.homes, seen, strict=True):
                events += one.visits(home.code, period)
        return seen

    def _beside(self, tick: c.Tick, seen: Sequence[Drawn]) -> dict[int, Beside]:
        """By home: deeds that veto, a check, its ranks; homes that have nothing of these are left out."""
        kept, found = self.kept, {home: (frozenset(codes), *PLAIN[1:]) for home, codes in self.done.items()}
        if kept.checks:
            self._check(tick, seen, found)
        if kept.steps.plan.ranked:
            self._rank(tick, seen, found)
        return found

    def _check(self, tick: c.Tick, seen: Sequence[Drawn], found: dict[int, Beside]) -> None:
        """The level above looks at some homes again, at more of the best where a clause waits for that."""
        assert tick.period is not None
        place, chance, model = self.place, self.place.chance, self.model
        best, waits = self.kept.document.bands[0].code, self.kept.waits
        for home, one in enumerate(seen):
            grade = self._seen(tick, one.sign, found.get(home, PLAIN)).grade
            share = model.checked_best_milli if waits and grade == best else model.checked_milli
            if grade is None or chance() * SHARE >= share:
                continue
            rows = self.checks[place.orders[home]]
            check = rows[int(chance() * len(rows))]
            done, ranks, notes, _ = found.get(home, PLAIN)
            found[home] = (done, ranks, notes, check.sign)
            if place.trace is not None:
                place.trace[home] += check.visits(place.homes[home].code, tick.period, spot=True)

    def _seen(self, tick: c.Tick, sign: int, beside: Beside) -> Seen:
        assert tick.period is not None
        return self.kept.seen(self.place.pasts[0], tick.period, sign, beside[0], beside[3], self.signs)

    def _rank(self, tick: c.Tick, seen: Sequence[Drawn], found: dict[int, Beside]) -> None:
        """The ranks of all rated homes."""
        place, kept = self.place, self.kept
        by = kept.document.ranking
        held = kept.sums(by.ledger) if by.by == "standing" else None
        looks: dict[str, Seen] = {}
        worth: dict[str, int] = {}
        for home, one in enumerate(seen):
            code, beside = place.homes[home].code, found.get(home, PLAIN)
            looks[code] = look = self._seen(tick, one.sign, beside)
            # A check that takes the round's place brings its own score; else the sign may have left the score out.
            score = look.look.score_milli if beside[3] else one.score_milli
            worth[code] = held[place.purses[home]] if held is not None else score or 0
        ranks = kept.steps.ranks({home.code: home for home in place.homes}, looks, worth)
        numbers = {home.code: number for number, home in enumerate(place.homes)}
        for code in {*ranks.clauses, *ranks.notes}:
            done, _, _, check = found.get(numbers[code], PLAIN)
            clauses, notes = ranks.clauses.get(code, frozenset()), tuple(ranks.notes.get(code, ()))
            found[numbers[code]] = (done, clauses, notes, check)

    def _fruit(self, tick: c.Tick, number: int, times: int) -> None:
        """Add what a step brought, in so many homes."""
        fruit, sums = self.kept.fruits[number], self.told.months[tick.month]
        for name in ("issued", "taken", "lapsed"):
            for ledger, milli in getattr(fruit, name):
                sums[f"{name}:{ledger}"] += milli * times
        for name in ("given", "lost", "prizes_fen"):
            sums[name] += getattr(fruit, name) * times
        if tick.kind == c.CLOSE:
            sums["rated" if fruit.grade else "carried" if fruit.why == "carried" else "unrated"] += times
            if fruit.grade:
                sums[f"grade:{fruit.grade}"] += times
            for listing in fruit.lists:
                sums[listing] += times

    def _years_hits(self) -> None:
        """A year is over: how many homes were on the black list twice in it, and three times."""
        self.told.twice += sum(count >= 2 for count in self.hits.values())
        self.told.thrice += sum(count >= 3 for count in self.hits.values())
        self.hits.clear()

    def _tell(self, home: int, event: s.Deed | s.Spend) -> None:
        if self.place.trace is not None:
            self.place.trace[home].append(replace(event, home=self.place.homes[home].code))
