"""What a home brings from one period to the next, and how an entry is booked on it within its caps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import AwardRule, Cap, DeedRule
from courtyard.rating.rules.engine_2.accounts import Account
from courtyard.rating.rules.engine_2.numbers import towards_zero
from courtyard.rating.rules.engine_2.plan import Plan
from courtyard.rating.rules.periods import Period, months_later, time_of


@dataclass
class Direct:
    """A star a deed sets outright, from a day until it is mended."""

    owner: str
    star: str
    since: date
    mended: date | None


@dataclass
class State:
    """One home's past under a scheme: grades, runs, titles, accounts, and what its caps have taken in."""

    home: s.Home
    last: str | None = None
    last_score: int | None = None
    rated: int = 0
    carried: int = 0
    merged: date | None = None
    runs: dict[str, int] = field(default_factory=dict)
    once: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    poor_runs: dict[str, int] = field(default_factory=dict)
    accounts: dict[tuple[str, str], Account] = field(default_factory=dict)
    used: dict[tuple[str, str, date], int] = field(default_factory=dict)
    highest: dict[tuple[str, str, str, bool], int] = field(default_factory=dict)
    times: dict[tuple[str, str, str, date], int] = field(default_factory=dict)
    directs: list[Direct] = field(default_factory=list)

    def owners(self, plan: Plan) -> tuple[str, ...]:
        """Who owns its points: the home itself, or each of its persons."""
        return (self.home.members or (self.home.code,)) if plan.document.account == "person" else (self.home.code,)

    def account(self, plan: Plan, owner: str, ledger: str) -> Account:
        """An owner's account in a ledger, opened when it is first touched."""
        key = (owner, ledger)
        if key not in self.accounts:
            self.accounts[key] = Account.opened(plan.document.ledger(ledger), self.home.joined or date.min)
        return self.accounts[key]

    def standing(self, plan: Plan, ledger: str) -> int:
        """The home's standing in a ledger: its owner's, or the sum of its persons'."""
        return sum(self.account(plan, owner, ledger).standing for owner in self.owners(plan))

    def star(self, plan: Plan, owner: str, day: date, score_milli: int | None) -> str | None:
        """The star an owner stands on: one set outright goes before the scale."""
        stars = plan.document.stars
        places = {star.code: place for place, star in enumerate(stars)}
        held = [one for one in self.directs if one.owner == owner and one.since <= day]
        outright = [one.star for one in held if one.mended is None or day < one.mended]
        if outright:
            return max(outright, key=lambda star: places[star])
        for star in stars:
            value = score_milli if star.of == "score" else self.account(plan, owner, star.ledger).standing
            if value is not None and star.holds(value):
                return star.code
        return None


def until_of(plan: Plan, rule: AwardRule | DeedRule, day: date, into: str = "") -> date | None:
    """The last day on which what a clause gave counts; None for ever."""
    months = rule.valid_months or plan.document.ledger(into or rule.ledger).valid_months
    return months_later(day, months) if months else None


def book(
    plan: Plan,
    state: State,
    owner: str,
    rule: AwardRule | DeedRule,
    amount: Fraction,
    day: date,
    period: Period,
    until: date | None,
    into: str = "",
) -> s.Entry:
    """Book an amount (thousandths) of a clause on an owner's account, within every cap that names the clause.

    `into`: another ledger than the clause's own."""
    ledger = plan.document.ledger(into or rule.ledger)
    unit = 1000 if ledger.spendable else 1
    asked = towards_zero(amount, unit)
    size, cut_by = abs(asked), ""
    keys = [(cap, _key(cap, owner, day, period)) for cap in plan.caps(rule, ledger.code) if cap.taken == (asked < 0)]
    for cap, key in keys:
        left = towards_zero(Fraction(max(0, cap.points_milli - state.used.get(key, 0))), unit)
        if left < size:
            size, cut_by = left, _named(cap)
    for _, key in keys:
        state.used[key] = state.used.get(key, 0) + size
    account = state.account(plan, owner, ledger.code)
    why = ""
    if asked > 0:
        account.take_in(day, size, until)
    elif size:
        taken = account.take_off(day, size, until)
        why = "" if taken == size else (s.RECORDED if ledger.negative == "record" else s.FLOOR)
        size = taken
    milli = size if asked > 0 else -size
    clause = f"{'awards' if isinstance(rule, AwardRule) else 'deeds'}.{rule.code}"
    return s.Entry(day, state.home.code, owner, clause, ledger.code, milli, asked - milli, cut_by, why)


def _key(cap: Cap, owner: str, day: date, period: Period) -> tuple[str, str, date]:
    return (f"{cap.ledger}.{cap.code}", owner if cap.owner == "account" else "", time_of(cap.per, day, period))


def _named(cap: Cap) -> str:
    return cap.code if cap.code.startswith("deeds.") else f"caps.{cap.code}"
