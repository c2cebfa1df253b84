"""Two homes become one: accounts, streaks, what caps and repeats have counted, as the scheme says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from courtyard.rating.rules import story as s
from courtyard.rating.rules.engine_2.accounts import Account
from courtyard.rating.rules.engine_2.plan import Plan
from courtyard.rating.rules.engine_2.state import State


def into_of(events: Iterable[s.Event]) -> dict[str, s.Merge]:
    """Which home becomes part of which: a home's first merger."""
    mergers = sorted((one for one in events if isinstance(one, s.Merge)), key=lambda one: (one.day, one.home))
    return {one.home: one for one in reversed(mergers)}


def holder(into: Mapping[str, s.Merge], home: str, day: date, *, after: bool = False) -> str:
    """The home that stands for another on a day; on the day itself the new one only `after` the merger."""
    seen = {home}
    while home in into and (into[home].day < day or (after and into[home].day == day)):
        home = into[home].into
        if home in seen:
            break
        seen.add(home)
    return home


def merge(plan: Plan, gone: State, into: State, day: date) -> Iterator[s.Entry]:
    """Let one home's state flow into another's; the entries that moved points."""
    rule, person = plan.document.merge, plan.document.account == "person"
    gone.merged = day
    into.titles |= gone.titles
    into.once |= gone.once
    for clause, run in gone.runs.items():
        into.runs[clause] = max(into.runs.get(clause, 0), run) if rule.streak == "longer" else 0
    here = {} if person else dict.fromkeys(gone.owners(plan), into.home.code)
    summed = person or rule.points == "sum"
    for (name, owner, time), milli in gone.used.items():
        used = (name, here.get(owner, owner), time)
        before = into.used.get(used, 0)
        into.used[used] = before + milli if summed else max(before, milli)
    for (code, owner, about, taken), milli in gone.highest.items():
        highest = (code, here.get(owner, owner), about, taken)
        into.highest[highest] = max(into.highest.get(highest, 0), milli)
    for (code, owner, deed, time), count in gone.times.items():
        again = (code, here.get(owner, owner), deed, time)
        into.times[again] = into.times.get(again, 0) + count
    into.directs += [replace(one, owner=here.get(one.owner, one.owner)) for one in gone.directs]
    if person:
        into.home = replace(into.home, members=(*into.owners(plan), *gone.owners(plan)))
        into.accounts |= gone.accounts  # everybody's own points stay everybody's own
        gone.accounts = {}
        return
    for (owner, ledger), account in sorted(gone.accounts.items()):
        held = into.account(plan, into.home.code, ledger)
        before, left = held.balance, account.balance
        _poured(account, held, rule.points)
        for home, who, milli in ((gone, owner, -left), (into, into.home.code, held.balance - before)):
            if milli:
                yield s.Entry(day, home.home.code, who, "merge", ledger, milli, 0, "", s.MERGED)


def _poured(account: Account, into: Account, rule: str) -> None:
    base = account.ledger.base_milli
    if rule == "sum":
        for lot in account.lots:
            if lot.until is None and lot.left == base and base:
                base = 0  # the second beginning is not added
                continue
            into.lots.append(lot)
        into.lots.sort(key=lambda lot: lot.day)
        into.owed += account.owed
        into.spent += account.spent
    elif account.balance > into.balance:
        into.lots, into.owed, into.spent = account.lots, account.owed, account.spent
    account.lots, account.owed, account.spent = [], 0, []
