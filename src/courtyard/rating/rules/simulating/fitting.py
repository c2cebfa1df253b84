"""A model's numbers from a place's own closed rounds; where there is too little to tell, the default stays and is said."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from courtyard.rating.rules import facts as f
from courtyard.rating.rules.documents import DECLINED, SchemeDocument
from courtyard.rating.rules.facts import AreaResult, Outcome
from courtyard.rating.rules.simulating.drawing import ORDERS
from courtyard.rating.rules.simulating.kinds import Kinds, Seen, found_kinds, seen
from courtyard.rating.rules.simulating.model import SHARE, USUAL, HomeClass, Model

ENOUGH = 30  # cases fewer than these tell nothing
ROUNDS = 3  # rated rounds a home, on average, from which its class can be told


@dataclass(frozen=True)
class Fitted:
    """A model with what each fitted number rests on, by key; numbers that are not named stayed as they were."""

    model: Model
    notes: dict[str, str]


@dataclass(frozen=True)
class Shopping:
    """How often homes came to the shop: home-months with a receipt among those of homes that had points to spend."""

    came: int
    could: int


def fit(
    document: SchemeDocument,
    lived: Mapping[str, Sequence[tuple[date, Outcome]]],
    shopping: Shopping = Shopping(0, 0),
    base: Model | None = None,
) -> Fitted:
    """The model of a place by its homes' outcomes, month by month, and by how often they came to the shop."""
    histories = [
        [(month, _order(document, outcome.grade)) for month, outcome in sorted(rows, key=lambda row: row[0])]
        for _, rows in sorted(lived.items())
    ]
    known = [[(month, order) for month, order in rows if order is not None] for rows in histories]
    outcomes = [outcome for rows in lived.values() for _, outcome in rows]
    found = _kinds(known)
    found |= _doors(document, lived.values(), outcomes)
    found |= _eyes(document, outcomes)
    if shopping.could >= ENOUGH:
        came = min(SHARE, shopping.came * SHARE // shopping.could)
        found["comes"] = (came, f"按有积分的 {shopping.could} 户月,来过 {shopping.came}")
    values = {key if key == "classes" else f"{key}_milli": value for key, (value, _) in found.items()}
    model = dataclasses.replace(
        base or Model(), source="按本地已经关账的轮次估计;没有写明按什么的,是程序自带的假设", **values
    )
    return Fitted(model, {key: note for key, (_, note) in found.items()})


def could_shop(lived: Mapping[str, Sequence[tuple[date, Outcome]]]) -> int:
    """In how many months of how many homes there were points to spend: from a home's first ones on."""
    count = 0
    for rows in lived.values():
        earned = [month for month, outcome in rows if outcome.points > 0]
        count += sum(month >= min(earned) for month, _ in rows) if earned else 0
    return count


def _order(document: SchemeDocument, grade: str | None) -> int | None:
    """The order a grade speaks of: good the best, poor the lowest of several, fair whatever is between."""
    rank = document.rank(grade)
    if rank is None:
        return None
    last = len(document.bands) - 1
    return 0 if rank == 0 else ORDERS - 1 if rank == last else 1


def _kinds(known: Sequence[Sequence[tuple[date, int]]]) -> dict[str, tuple[Any, str]]:
    """The kinds of homes, how long an order lasts, how often poor order mends."""
    rated, homes = sum(map(len, known)), [seen(rows) for rows in known if rows]
    if rated < ENOUGH:
        return {}
    steps = [pair for rows in known for pair in _steps(rows)]
    changes = sum(before != after for before, after in steps)
    told = rated >= ROUNDS * len(homes)
    start = USUAL if told else (dataclasses.replace(USUAL[0], code="common", name="本地农户", share_milli=SHARE),)
    if len(steps) < ENOUGH:  # every month by itself
        homes = [Seen(tuple(map(sum, zip(home.drawn, home.same, strict=True))), (0,) * ORDERS) for home in homes]
        changes = 0
    kinds = found_kinds(homes, start, changes)
    note = f"按 {len(homes)} 户、{rated} 次评分"
    found: dict[str, tuple[Any, str]] = {"classes": (_named(start, kinds), note)}
    if len(steps) < ENOUGH:
        return found
    found["persistence"] = (round(kinds.stay * SHARE), f"按 {len(steps)} 对相连的两个月")
    poor = ORDERS - 1
    after_poor = [after for before, after in steps if before == poor]
    if len(after_poor) >= ENOUGH:
        expected = sum(
            (kinds.stay + (1 - kinds.stay) * _own(kinds, home, poor))
            * sum(before == poor for before, _ in _steps(rows))
            for home, rows in zip(homes, [rows for rows in known if rows], strict=True)
        )
        mends = round((1 - after_poor.count(poor) / expected) * SHARE) if expected else 0
        found["recovers"] = (max(0, min(SHARE, mends)), f"按 {len(after_poor)} 次差过以后的下一个月")
    return found


def _steps(rows: Sequence[tuple[date, int]]) -> list[tuple[int, int]]:
    """A home's order in two months that follow each other."""
    return [
        (before, after)
        for (month, before), (then, after) in zip(rows, rows[1:], strict=False)
        if (then.year - month.year) * 12 + then.month - month.month == 1
    ]


def _own(kinds: Kinds, home: Seen, order: int) -> float:
    """How often a home of this history would be drawn in an order."""
    return sum(part * chance[order] for part, chance in zip(kinds.likely(home), kinds.chances, strict=True))


def _named(start: Sequence[HomeClass], kinds: Kinds) -> tuple[HomeClass, ...]:
    shares = [round(size * SHARE) for size in kinds.sizes]
    shares[shares.index(max(shares))] += SHARE - sum(shares)
    found = []
    for one, share, chance in zip(start, shares, kinds.chances, strict=True):
        good = min(SHARE, round(chance[0] * SHARE))
        fair = min(SHARE - good, round(chance[1] * SHARE))
        if share > 0:
            found.append(dataclasses.replace(one, share_milli=share, good_milli=good, fair_milli=fair))
    return tuple(found)


def _doors(
    document: SchemeDocument, homes: Iterable[Sequence[tuple[date, Outcome]]], outcomes: Sequence[Outcome]
) -> dict[str, tuple[Any, str]]:
    """Who lives there and takes part, who was at home, who opened the rooms."""
    found: dict[str, tuple[Any, str]] = {}
    last = [max(rows, key=lambda row: row[0])[1].why for rows in homes if rows]
    if len(last) >= ENOUGH:
        for key, why in (("empty", f.NOT_LIVED_IN), ("apart", f.NOT_TAKING_PART)):
            if why not in last:  # rounds may leave such homes out from the start: nothing is known of how many
                continue
            found[key] = (last.count(why) * SHARE // len(last), f"按 {len(last)} 户最近一轮")
    away = sum(outcome.why == f.NOT_AT_HOME for outcome in outcomes)
    came = away + sum(outcome.grade is not None for outcome in outcomes)
    if came >= ENOUGH:
        found["away"] = (away * SHARE // came, f"按 {came} 次上门")
    consent = {area.code for area in document.sheet.areas if area.consent}
    asked = [area for outcome in outcomes if outcome.grade for area in outcome.areas if area.area in consent]
    if len(asked) >= ENOUGH:
        no = sum(area.why == DECLINED for area in asked)
        found["declined"] = (no * SHARE // len(asked), f"按 {len(asked)} 次问过的进屋")
    return found


def _eyes(document: SchemeDocument, outcomes: Sequence[Outcome]) -> dict[str, tuple[Any, str]]:
    """How evaluators mark: kin, of another mind than most, naming what they saw, what was mended at the door."""
    found: dict[str, tuple[Any, str]] = {}
    kin, raters = sum(outcome.kin for outcome in outcomes), sum(outcome.raters for outcome in outcomes)
    if kin + raters >= ENOUGH:
        found["kin"] = (kin * SHARE // (kin + raters), f"按 {kin + raters} 份评分")
    areas = [area for outcome in outcomes for area in outcome.areas]
    apart, marks = _apart(areas)
    if marks >= ENOUGH:
        found["disagreement"] = (apart * SHARE // marks, f"按 {marks} 个评的字")
    findings, mended = sum(area.findings for area in areas), sum(area.mended for area in areas)
    if findings + mended >= ENOUGH:
        found["mended"] = (mended * SHARE // (findings + mended), f"按看到的 {findings + mended} 处")
    return found


def _apart(areas: Iterable[AreaResult]) -> tuple[int, int]:
    """Marks that differ from what most said of the same area, and all marks of areas with several."""
    apart = marks = 0
    for area in areas:
        said = [count for _, count in area.counts]
        if sum(said) > 1:
            apart, marks = apart + sum(said) - max(said), marks + sum(said)
    return apart, marks
