"""A simulation: many seeds of one place under a scheme, and what they come to with intervals. Whole numbers only."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.simulating.calendar import Tick, ticks
from courtyard.rating.rules.simulating.course import Course, Store, Told
from courtyard.rating.rules.simulating.drawing import Drawer
from courtyard.rating.rules.simulating.fare import Deeds, Good, Signs, goods_of, store, turn_of
from courtyard.rating.rules.simulating.keeping import Kept
from courtyard.rating.rules.simulating.model import SHARE, Model
from courtyard.rating.rules.simulating.place import settle

HOMES_MOST, MONTHS_MOST, SEEDS_MOST = 100_000, 36, 1000
LOW, HIGH = 50, 950  # an interval holds nine seeds in ten: thousandths of the seeds in order


@dataclass(frozen=True)
class Figure:
    """A whole number over all seeds: below `low` lies one seed in twenty, above `high` one in twenty."""

    low: int
    mid: int
    high: int


@dataclass(frozen=True)
class Reward:
    """Something points buy: homes in a thousand that ever held its price, and that took one."""

    code: str
    name: str
    points: int
    reached_milli: Figure
    bought_milli: Figure


@dataclass(frozen=True)
class Black:
    """The black list: entries proposed, how many of a thousand fell on a home that had one that year, homes hit twice
    and three times in a year."""

    entries: Figure
    again_milli: Figure
    twice: Figure
    thrice: Figure


@dataclass(frozen=True)
class Simulated:
    """What a scheme comes to. Series are by name; points in thousandths, a ledger after a colon ("issued:points")."""

    document: SchemeDocument
    model: Model
    households: int
    months: int
    seeds: tuple[int, ...]
    start: date
    homes: Figure  # lived in and taking part
    series: tuple[dict[str, Figure], ...]
    whole: dict[str, Figure]
    rewards: tuple[Reward, ...]
    black: Black
    costs_fen: tuple[int, ...]  # by seed: what was issued, at its worth, and prizes
    unpriced: tuple[str, ...]  # spendable ledgers that say no worth: not in the cost

    @property
    def cost_fen(self) -> Figure:
        """What the whole time costs."""
        return figure(self.costs_fen)

    def over(self, budget_fen: int) -> int:
        """How many seeds cost more than a budget."""
        return sum(cost > budget_fen for cost in self.costs_fen)


@dataclass(frozen=True)
class Task:
    """Some seeds of a simulation, one after the other: what one process does."""

    document: SchemeDocument
    model: Model
    households: int
    months: int
    seeds: tuple[int, ...]
    start: date
    priced: tuple[tuple[str, int], ...]


Spread = Callable[[Callable[[Task], list[Told]], Iterable[Task]], Iterable[list[Told]]]


def unfit(households: int, months: int, seeds: int) -> Problem | None:
    """Why there is nothing to simulate, or too much."""
    for what, found, most in (
        ("户数", households, HOMES_MOST),
        ("月数", months, MONTHS_MOST),
        ("种子数", seeds, SEEDS_MOST),
    ):
        if not 1 <= found <= most:
            return Problem("rating.simulate_out_of_range", {"what": what, "found": found, "most": most})
    return None


def unknown_deed(document: SchemeDocument, model: Model) -> Problem | None:
    """A deed whose rate a model gives and that the scheme has not."""
    for row in model.deeds:
        if document.deed(row.code) is None:
            return Problem("rating.model_deed_unknown", {"clause": f"deeds[{row.code}]", "found": row.code})
    return None


def simulate(
    document: SchemeDocument,
    model: Model,
    households: int,
    months: int,
    seeds: Sequence[int],
    start: date,
    *,
    priced: tuple[tuple[str, int], ...] = (),
    spread: Spread = map,
    parts: int = 1,
) -> Simulated:
    """A place of so many households through so many months from the first of a month, once a seed.

    `priced`: what a place's points buy beside the scheme's own list. `spread` works through `parts` tasks, in one process
    (map) or several: the answer is the same. Refuses rating.simulate_out_of_range,
    rating.model_deed_unknown."""
    problem = unfit(households, months, len(seeds)) or unknown_deed(document, model)
    if problem is not None:
        problem.refuse()
    read = dataclasses.replace(document, engine=2)  # engine 1's clauses mean the same there
    tasks = [
        Task(read, model, households, months, tuple(part), start.replace(day=1), priced)
        for part in _parts(seeds, parts)
    ]
    told = [one for part in spread(work, tasks) for one in part]
    return _whole(tasks[0], document, tuple(seeds), told)


def year_cost(
    document: SchemeDocument, model: Model, households: int, seeds: Sequence[int], start: date
) -> tuple[int, int, int]:
    """What twelve months cost in fen: low, middle, high."""
    found = simulate(document, model, households, 12, seeds, start).cost_fen
    return found.low, found.mid, found.high


def work(task: Task) -> list[Told]:
    """Run a task's seeds."""
    course = _Ground(task)
    return [course.told(seed) for seed in task.seeds]


def _parts(seeds: Sequence[int], parts: int) -> Iterator[Sequence[int]]:
    """The seeds in at most so many parts that follow each other."""
    size = -(-len(seeds) // max(1, parts))
    return (seeds[at : at + size] for at in range(0, len(seeds), size))


class _Ground:
    """What the seeds of a task share: the calendar, the engine's kept answers, the store of drawn visits."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.kept = Kept(task.document, task.start)
        self.ticks: list[Tick] = ticks(task.document, task.start, task.months)
        self.deeds, self.goods = Deeds.of(task.document, task.model), goods_of(task.document, task.priced)
        self.drawer = Drawer(task.document, task.model)
        self.turn: int | None = None
        self.signs = Signs()
        self.store: Store = ()
        self.checks: Store = ()

    def told(self, seed: int, *, trace: bool = False) -> Told:
        return self.course(seed, trace=trace).go(self.ticks, self.task.months)

    def course(self, seed: int, *, trace: bool = False) -> Course:
        """The course of one seed, its homes settled."""
        if self.kept.is_full:
            self.kept.forget()
        if self.turn != turn_of(seed):
            self.turn, visits, steps = turn_of(seed), self.task.model.visits, self.kept.steps
            self.store = store(self.drawer, steps, self.signs, visits, seed)
            self.checks = store(self.drawer, steps, self.signs, 1, seed) if visits > 1 else self.store
        place = settle(self.kept, self.task.model, self.task.households, seed, trace=trace)
        task = self.task
        return Course(self.kept, task.model, place, self.store, self.checks, self.signs, self.deeds, self.goods)


def figure(values: Iterable[int]) -> Figure:
    """Low, middle and high of one value a seed."""
    ordered = sorted(values)
    last = len(ordered) - 1
    low, mid, high = (ordered[(last * at + SHARE // 2) // SHARE] for at in (LOW, SHARE // 2, HIGH))
    return Figure(low, mid, high)


def _milli(part: int, whole: int) -> int:
    return (part * SHARE + whole // 2) // whole if whole else 0


def _costs(document: SchemeDocument, sums: Counter[str]) -> dict[str, int]:
    """What a month costs in fen: what was issued at its worth, and prizes; what was redeemed, at the same worth."""
    worth = {ledger.code: ledger.worth_fen or 0 for ledger in document.ledgers if ledger.spendable}
    issued = sum(sums[f"issued:{code}"] * fen for code, fen in worth.items()) // SHARE
    redeemed = sum(sums[f"redeemed:{code}"] * fen for code, fen in worth.items()) // SHARE
    return {"cost_fen": issued + sums["prizes_fen"], "redeemed_fen": redeemed}


def _whole(task: Task, document: SchemeDocument, seeds: tuple[int, ...], told: list[Told]) -> Simulated:
    for one in told:
        for sums in one.months:
            sums.update(_costs(document, sums))
    names = sorted({name for one in told for sums in one.months for name in sums})
    series = tuple(
        {name: figure(one.months[month][name] for one in told) for name in names} for month in range(task.months)
    )
    flows = [name for name in names if not name.startswith("outstanding:")]
    whole = {name: figure(sum(sums[name] for sums in one.months) for one in told) for name in flows}
    whole |= {name: figures for name, figures in series[-1].items() if name.startswith("outstanding:")}
    black = Black(
        figure(one.black for one in told), figure(_milli(one.again, one.black) for one in told),
        figure(one.twice for one in told), figure(one.thrice for one in told),
    )  # fmt: skip
    costs = tuple(sum(sums["cost_fen"] for sums in one.months) for one in told)
    unpriced = tuple(one.code for one in document.ledgers if one.spendable and one.worth_fen is None)
    goods = goods_of(task.document, task.priced)
    rewards = tuple(_reward(good, place, told) for place, good in enumerate(goods))
    return Simulated(
        document, task.model, task.households, task.months, seeds, task.start, figure(one.homes for one in told),
        series, whole, rewards, black, costs, unpriced,
    )  # fmt: skip


def _reward(good: Good, place: int, told: list[Told]) -> Reward:
    reached = figure(_milli(one.reached[place], one.homes) for one in told)
    bought = figure(_milli(one.bought[place], one.homes) for one in told)
    return Reward(good.code, good.name, good.points, reached, bought)
