"""What every deed of one home counts, all of them together: the live desk's side of a run (`deeds`, `state.book`).

The order in which deeds are handed over is of no account. What stands on an account is not asked here: how much of a
deduction the balance really covers is the ledger's to say when it is booked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import AwardRule, Cap, DeedRule, SchemeDocument
from courtyard.rating.rules.engine_2 import deeds as d
from courtyard.rating.rules.engine_2.accounts import Account, Lot
from courtyard.rating.rules.engine_2.plan import Plan, plan_of
from courtyard.rating.rules.engine_2.state import State, _key
from courtyard.rating.rules.periods import period_of

BOTTOMLESS = 10**18  # more than can be taken off: floors are asked where the balance is known


@dataclass(frozen=True)
class Told:
    """A deed as it was recorded; `key` is the caller's name for it, `people` how many the home had then."""

    key: str
    deed: s.Deed
    people: int = 1


@dataclass(frozen=True)
class Given:
    """What else the home was given (above 0) or had taken off in a ledger, in thousandths: rounds, older versions' deeds.

    It has been booked, so it goes first where a cap leaves little room."""

    day: date
    clause: str
    ledger: str
    milli: int


@dataclass(frozen=True)
class Count:
    """What a deed counts in a ledger, in thousandths, by the day it counts for; `until`: the last day it does.

    `cut_milli`: what was left off, by the cap `cut_by` or for the reason `why`."""

    key: str
    ledger: str
    milli: int
    cut_milli: int
    cut_by: str
    why: str
    day: date
    until: date | None


def counts(document: SchemeDocument, deeds: Iterable[Told], given: Iterable[Given] = ()) -> list[Count]:
    """What each deed of a home counts now, a line a deed and ledger, in order of the days they count for."""
    plan, state = plan_of(document), State(s.Home(""))
    for ledger in document.ledgers:
        state.accounts["", ledger.code] = Account(ledger, [Lot(date.min, BOTTOMLESS, None)])
    for row in given:
        _use(plan, state, row)
    order = {rule.code: place for place, rule in enumerate(document.deeds)}
    rows = [(d.counted_on(plan, one.deed), one) for one in deeds]
    rows.sort(key=lambda row: (row[0][0], order[row[1].deed.code], *_turn(row[1].deed)))
    return [count for (day, why), one in rows for count in _counts(plan, state, one, day, why)]


def _turn(deed: s.Deed) -> tuple[object, ...]:
    """When a deed's turn comes among those of its day and clause, as in a run."""
    return (-(deed.amount_milli or 0), deed.event, deed.thing, deed.day)


def _counts(plan: Plan, state: State, one: Told, day: date, why: str) -> Iterator[Count]:
    state.home = replace(state.home, members=tuple(str(n) for n in range(one.people)))
    rule = plan.document.deed(one.deed.code)
    assert rule is not None  # it was sorted by the place of its clause
    entries: dict[str, list[s.Entry]] = {}
    for entry in d.deeds(plan, state, one.deed, day, why):
        entries.setdefault(entry.ledger, []).append(entry)
    for ledger, rows in entries.items():
        milli, until = sum(row.milli for row in rows), d._until(plan, rule, one.deed, day, ledger)
        cut = sum(row.cut_milli for row in rows)
        found = Count(one.key, ledger, milli, cut, _first(row.cut_by for row in rows), rows[0].why, day, until)
        yield _mended(plan, rule, one.deed, found) if not why else found


def _mended(plan: Plan, rule: DeedRule, deed: s.Deed, found: Count) -> Count:
    """The same once it was mended: what the scheme says it counts then, where it has not lapsed before."""
    back = plan.document.answers.mended in ("points", "both") and rule.points_milli < 0
    if deed.mended is None or (rule.mended_points_milli is None and not back):
        return found
    if found.until is not None and found.until < max(deed.mended, found.day):
        return found
    milli = (rule.mended_points_milli or 0) * deed.times
    if milli < 0 and plan.document.ledger(found.ledger).negative == "record":
        milli = 0
    return replace(found, milli=milli, cut_milli=found.milli + found.cut_milli - milli, cut_by="", why=s.MENDED)


def _first(words: Iterable[str]) -> str:
    return next((word for word in words if word), "")


def _use(plan: Plan, state: State, row: Given) -> None:
    """Let what was given fill the caps that name it."""
    period = period_of(plan.document.scope.period, row.day)
    for cap in caps_of(plan, row):
        if cap.taken == (row.milli < 0):
            key = _key(cap, "", row.day, period)
            state.used[key] = state.used.get(key, 0) + abs(row.milli)


def caps_of(plan: Plan, row: Given) -> Sequence[Cap]:
    """The caps that what was given fills: those that name its clause; of a clause of another scheme, those of all that is
    earned in its ledger."""
    part, _, code = row.clause.partition(".")
    rules: dict[str, Sequence[AwardRule | DeedRule]] = {"awards": plan.document.awards, "deeds": plan.document.deeds}
    if part not in rules:  # a reset is nothing that was earned or taken by a clause
        return []
    rule = next((one for one in rules[part] if one.code == code), None)
    if rule is not None:
        return plan.caps(rule, row.ledger)
    whole = (cap for cap in plan.document.caps if not (cap.awards or cap.deeds or cap.category))
    return [cap for cap in whole if cap.ledger == row.ledger]
