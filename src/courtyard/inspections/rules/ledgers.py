"""Which account a ledger of a scheme is kept in, until when what a clause gives counts, and which resets fall when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from courtyard.points.rules.ledger import POINTS
from courtyard.points.rules.standings import ResetDue
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.periods import months_later, period_of

Scheme = Callable[[date], SchemeDocument | None]


def booked_ledger(document: SchemeDocument) -> str | None:
    """The ledger of a scheme whose awards are booked as points: its first spendable one, if it has one."""
    return next((ledger.code for ledger in document.ledgers if ledger.spendable), None)


def kept_in(document: SchemeDocument, ledger: str) -> str:
    """The name a ledger's account has here: what is spent at the till is one account, whatever the scheme calls it."""
    return POINTS if ledger == booked_ledger(document) else ledger


def until_of(document: SchemeDocument, clause: str, ledger: str, day: date) -> date | None:
    """The last day on which what a round's clause gives counts, months after the last day of its period; None for ever."""
    part, _, code = clause.partition(".")
    rules = document.awards if part == "awards" else document.deeds
    own = next((rule.valid_months for rule in rules if rule.code == code), None)
    months = own or document.ledger(ledger).valid_months
    return months_later(period_of(document.scope.period, day).last, months) if months else None


def resets_on(document: SchemeDocument, day: date) -> Iterator[ResetDue]:
    """The resets that fall at the end of a day under the scheme in force that day."""
    for reset in document.resets:
        if f"{day:%m-%d}" in reset.days:
            ledger = document.ledger(reset.ledger)
            yield ResetDue(
                day, kept_in(document, reset.ledger), f"resets.{reset.code}", reset.keep_share_milli, ledger.spendable,
                ledger.base_milli,
            )  # fmt: skip


def resets_between(scheme: Scheme, since: date, through: date) -> list[ResetDue]:
    """The resets of the days after one day up to another, each by the scheme that was in force then."""
    found: list[ResetDue] = []
    for ordinal in range(since.toordinal() + 1, through.toordinal() + 1):
        day = date.fromordinal(ordinal)
        document = scheme(day)
        if document is not None and document.resets:
            found += resets_on(document, day)
    return found


def next_reset(scheme: Scheme, today: date) -> ResetDue | None:
    """The next reset, today's among them, of the account that is spent, as the scheme in force now says; None without."""
    document = scheme(today)
    ledger = booked_ledger(document) if document is not None else None
    if document is None or ledger is None or not any(reset.ledger == ledger for reset in document.resets):
        return None
    days = (today + timedelta(days=n) for n in range(367))
    return next((one for day in days for one in resets_on(document, day) if one.ledger == POINTS), None)
