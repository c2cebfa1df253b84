"""What caps have taken in before a round, from what a home was given: by the same caps and times as in a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.home_deeds import Given, caps_of
from courtyard.rating.rules.engine_2.plan import plan_of
from courtyard.rating.rules.periods import period_of, time_of

Used = tuple[tuple[str, int], ...]


def asks_used(document: SchemeDocument) -> bool:
    """Whether a round must be told what each cap has taken in: any but a cap of a year on all that is earned in the
    first ledger that is spent, which `History.earned` tells."""
    first = next((ledger.code for ledger in document.ledgers if ledger.spendable), None)
    return any(
        cap.per != "year" or cap.awards or cap.deeds or cap.category or cap.taken or cap.ledger != first
        for cap in document.caps
    )


def used_before(document: SchemeDocument, given: Iterable[Given], day: date) -> Used:
    """Cap → thousandths it has taken in by what was given up to a day, in the time that day lies in; without those that
    hold for deeds alone."""
    plan, kind = plan_of(document), document.scope.period
    held = {(cap.ledger, cap.code) for rule in document.awards for cap in plan.caps(rule, rule.ledger)}
    here = period_of(kind, day)
    used: Counter[str] = Counter()
    for row in given:
        if row.day > day:
            continue
        for cap in caps_of(plan, row):
            same = time_of(cap.per, row.day, period_of(kind, row.day)) == time_of(cap.per, day, here)
            if (cap.ledger, cap.code) in held and cap.taken == (row.milli < 0) and same:
                used[f"{cap.ledger}.{cap.code}"] += abs(row.milli)
    return tuple(sorted(used.items()))
