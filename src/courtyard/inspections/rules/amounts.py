"""How much of something a deed was (公斤, 元, 小时, 件): read from what was typed, exactly, or refused."""

from __future__ import annotations

import re
from datetime import date

from courtyard.kernel.problems import Problem
from courtyard.rating.rules import story
from courtyard.rating.rules.documents import DeedRule, SchemeDocument, decimal_text
from courtyard.rating.rules.documents.earning import Price
from courtyard.rating.rules.engine_2.deeds import amount_of
from courtyard.rating.rules.engine_2.plan import plan_of
from courtyard.rating.rules.engine_2.state import State

MOST_MILLI = 100_000_000
POINTS_MOST = 1_000_000
# Things that are counted come whole; what is weighed or measured may have up to three decimals.
COUNTED = frozenset("次个件人户棵袋只把台辆捆张块条本节桶瓶")
_DECIMAL = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", re.ASCII)


def asks_amount(rule: DeedRule) -> bool:
    """Whether a record of this deed says how much it was."""
    return bool(rule.prices) or rule.per_milli is not None


def read_amount(typed: str, unit: str = "") -> int | Problem:
    """What was typed as thousandths of the unit: digits and at most one point, above 0, up to 100,000."""
    found = _DECIMAL.fullmatch(typed)
    whole, _, part = typed.partition(".")
    milli = int(whole) * 1000 + int(part.ljust(3, "0") or 0) if found else 0
    if not 1 <= milli <= MOST_MILLI:
        return Problem("inspections.deed_amount", {"given": typed, "most": MOST_MILLI // 1000})
    if unit in COUNTED and milli % 1000:
        return Problem("inspections.deed_amount_whole", {"given": typed, "unit": unit})
    return milli


def things_of(rule: DeedRule, day: date) -> list[Price]:
    """What a price is known for on a day, each with the price of that day, in the order of the document."""
    known: dict[str, Price] = {}
    for row in rule.prices:
        if row.since <= day.isoformat() and (row.kind not in known or known[row.kind].since <= row.since):
            known[row.kind] = row
    return list(known.values())


def unfit_amount(
    document: SchemeDocument, rule: DeedRule, day: date, amount_milli: int | None, thing: str
) -> Problem | None:
    """Why this much of this thing cannot be recorded on this day, or None: an amount where none is asked, none where one
    is; a thing without a price that day; so little that it counts nothing, so much that nobody could book it."""
    if not asks_amount(rule):
        return (
            Problem("inspections.deed_not_counted", {"deed": rule.name}) if amount_milli is not None or thing else None
        )
    if amount_milli is None:
        return Problem("inspections.deed_how_much", {"deed": rule.name, "unit": rule.unit or "份"})
    if amount_milli.__class__ is not int or not 1 <= amount_milli <= MOST_MILLI:
        return Problem("inspections.deed_amount", {"given": str(amount_milli), "most": MOST_MILLI // 1000})
    if rule.unit in COUNTED and amount_milli % 1000:
        return Problem("inspections.deed_amount_whole", {"given": decimal_text(amount_milli), "unit": rule.unit})
    if rule.prices and thing not in {row.kind for row in things_of(rule, day)}:
        return Problem("inspections.deed_no_price", {"deed": rule.name, "day": day.isoformat()})
    if not rule.prices and thing:
        return Problem("inspections.deed_not_counted", {"deed": rule.name})
    worth = abs(worth_milli(document, rule, day, amount_milli, thing))
    least = 1000 if document.ledger(rule.ledger).spendable else 1
    if worth < least:
        return Problem("inspections.deed_too_little", {"deed": rule.name, "given": decimal_text(amount_milli)})
    if worth > POINTS_MOST * 1000:
        return Problem("inspections.deed_too_much", {"deed": rule.name, "given": decimal_text(amount_milli)})
    return None


def worth_milli(document: SchemeDocument, rule: DeedRule, day: date, amount_milli: int | None, thing: str) -> int:
    """What so much of it would count by itself, in thousandths: the first time, before any cap."""
    state = State(story.Home(""))
    deed = story.Deed("", day, rule.code, amount_milli=amount_milli, thing=thing)
    return int(amount_of(plan_of(document), state, rule, deed, 0))


def said_amount(rule: DeedRule | None, amount_milli: int | None, thing: str) -> str:
    """The amount as a page says it: 纸板 6 公斤; '' where the deed has none."""
    if rule is None or amount_milli is None:
        return ""
    name = next((row.name for row in rule.prices if row.kind == thing), "")
    return f"{name} {decimal_text(amount_milli)} {rule.unit or '份'}".strip()
