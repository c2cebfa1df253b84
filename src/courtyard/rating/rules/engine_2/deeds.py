"""What a deed counts: late, disputed, its amount and price, only the highest of several, the same again, its caps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import Dedupe, DeedRule
from courtyard.rating.rules.engine_2.plan import Plan
from courtyard.rating.rules.engine_2.state import Direct, State, book, until_of
from courtyard.rating.rules.periods import Period, period_of, time_of


def counted_on(plan: Plan, deed: s.Deed) -> tuple[date, str]:
    """The day a deed counts for, and why it does not count ('' where it does)."""
    rules, day = plan.document.answers, deed.day
    if deed.disputed and rules.disputed == "waits":
        return day, s.DISPUTED
    if deed.recorded is None or deed.recorded <= period_of(plan.document.scope.period, day).last:
        return day, ""
    if rules.late == "next_round":
        return deed.recorded, ""
    return day, s.LATE if rules.late == "dropped" else s.WAITS


def deeds(plan: Plan, state: State, deed: s.Deed, day: date, why: str) -> Iterator[s.Entry]:
    """The entries of a deed on the day it counts for, one a time it was done."""
    rule = plan.document.deed(deed.code)
    if rule is None:
        raise KeyError(deed.code)
    owners = state.owners(plan)
    owner = deed.member if plan.document.account == "person" and deed.member else owners[0]
    period = period_of(plan.document.scope.period, day)
    for _ in range(deed.times):
        if why:
            for ledger in (rule.ledger, *rule.also):
                yield s.Entry(day, state.home.code, owner, f"deeds.{rule.code}", ledger, 0, 0, "", why)
        else:
            yield from _once(plan, state, rule, deed, owner, day, period)
    if rule.direct and not why:
        state.directs.append(Direct(owner, rule.direct, day, deed.mended))


def _once(
    plan: Plan, state: State, rule: DeedRule, deed: s.Deed, owner: str, day: date, period: Period
) -> Iterator[s.Entry]:
    again = _again(plan, rule, owner, day)
    amount = amount_of(plan, state, rule, deed, state.times.get(again, 0) if again else 0)
    keys = [
        _same(row, owner, deed, day, period, taken=amount < 0)
        for row in plan.dedupes(rule)
        if row.within != "event" or deed.event  # a record that names no event is about one of its own
    ]
    before = max((state.highest.get(key, 0) for key in keys), default=0)
    more = max(Fraction(0), abs(amount) - before)
    for key in keys:
        state.highest[key] = max(before, int(abs(amount)))
    if again and not before:
        state.times[again] = state.times.get(again, 0) + 1
    for ledger in (rule.ledger, *rule.also):
        if before and not more:
            clause = f"deeds.{rule.code}"
            yield s.Entry(day, state.home.code, owner, clause, ledger, 0, int(amount), "", s.DEDUPED)
            continue
        until = _until(plan, rule, deed, day, ledger)
        entry = book(plan, state, owner, rule, more if amount >= 0 else -more, day, period, until, ledger)
        yield replace(entry, cut_milli=int(amount) - entry.milli, why=s.DEDUPED) if before else entry


def _until(plan: Plan, rule: DeedRule, deed: s.Deed, day: date, ledger: str) -> date | None:
    """The last day a record counts; one that waits to be mended does not lapse before it is."""
    until = until_of(plan, rule, day, ledger)
    if not rule.until_mended or until is None:
        return until
    return None if deed.mended is None else max(until, deed.mended)


def _again(plan: Plan, rule: DeedRule, owner: str, day: date) -> tuple[str, str, str, date] | None:
    """Under which count the same deed again is kept, or None where a repeat is nothing special."""
    repeat = plan.repeat(rule)
    if repeat is None:
        return None
    return (repeat.code, owner, rule.code, time_of(repeat.within, day, period_of("month", day)))


def amount_of(plan: Plan, state: State, rule: DeedRule, deed: s.Deed, done: int) -> Fraction:
    """What one deed is worth before caps, in thousandths: its points, times what was counted, priced, or repeated.

    A price is that of the day it was done. `done`: how often the owner had done it before, in the time the scheme's repeat holds for."""
    amount = Fraction(rule.points_milli)
    if rule.prices:
        amount *= Fraction(deed.amount_milli or 1000, 1000) * Fraction(_price(rule, deed.thing, deed.day), 1000)
    elif rule.per_milli:
        amount *= math.floor(Fraction(deed.amount_milli or 0, rule.per_milli))
    if rule.per_member:
        amount *= max(1, len(state.home.members))
    repeat = plan.repeat(rule)
    if repeat is not None:
        amount *= Fraction(repeat.factor_milli, 1000) ** (done if repeat.compounds else min(done, 1))
    return Fraction(math.floor(abs(amount)) * (1 if amount >= 0 else -1))


def _price(rule: DeedRule, thing: str, day: date) -> int:
    """The price of a thing on a day, in thousandths of a yuan; 0 before its first price."""
    known = [row for row in rule.prices if row.kind == thing and row.since <= day.isoformat()]
    return max(known, key=lambda row: row.since).price_milli if known else 0


def _same(
    row: Dedupe, owner: str, deed: s.Deed, day: date, period: Period, *, taken: bool
) -> tuple[str, str, str, bool]:
    about = deed.event if row.within == "event" else time_of(row.within, day, period).isoformat()
    return (row.code, owner, about, taken)


def mended(
    plan: Plan, state: State, deed: s.Deed, counted: date, day: date, booked: Mapping[str, int]
) -> Iterator[s.Entry]:
    """What a deed counts once it is mended, in place of what it counted before (`booked`, by ledger).

    It lapses when the deed itself does. A scheme that gives points back for mending gives back all that was taken."""
    rule = plan.document.deed(deed.code)
    if rule is None:
        return
    back = plan.document.answers.mended in ("points", "both") and rule.points_milli < 0
    if rule.mended_points_milli is None and not back:
        return
    owner = deed.member if plan.document.account == "person" and deed.member else state.owners(plan)[0]
    for ledger in (rule.ledger, *rule.also):
        difference = (rule.mended_points_milli or 0) * deed.times - booked.get(ledger, 0)
        account = state.account(plan, owner, ledger)
        milli, until = difference, _until(plan, rule, deed, counted, ledger)
        if until is not None and until < day:
            continue  # it has lapsed already
        if difference > 0:
            account.take_in(day, difference, until)
        elif difference < 0:
            milli = -account.take_off(day, -difference, until)
        if difference:
            clause = f"deeds.{rule.code}"
            yield s.Entry(day, state.home.code, owner, clause, ledger, milli, difference - milli, "", s.MENDED)
