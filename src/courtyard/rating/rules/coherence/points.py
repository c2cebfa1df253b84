"""Points: whole where they can be spent, caps that leave room for what they hold, deeds, prices, same things again."""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.coherence.faults import fault, out_of_range
from courtyard.rating.rules.documents import AwardRule, Cap, DeedRule, SchemeDocument, decimal_text

TIMES = {
    "round": "一轮",
    "day": "一天",
    "week": "一周",
    "month": "一个月",
    "quarter": "一个季度",
    "year": "一年",
    "ever": "一共",
}
YEAR_MOST = 10_000
PER_MOST = 100_000


def point_faults(document: SchemeDocument) -> Iterator[Problem]:
    """Every fault of what is earned and taken off."""
    yield from _whole(document)
    yield from _caps(document)
    for deed in document.deeds:
        yield from _deed(deed)
    helping = [deed for deed in document.deeds if deed.helping]
    if len(helping) > 1:
        yield fault("rating.clause_twice", "deeds.helping", found=helping[1].name)
    for deed in helping:
        if deed.points_milli <= 0:
            yield out_of_range(f"deeds[{deed.code}].points", decimal_text(deed.points_milli), "1", str(YEAR_MOST))
    if document.account == "person":
        for kind in ("awards", "deeds"):
            for rule in getattr(document, kind):
                if rule.per_member:
                    yield fault("rating.person_per_member", f"{kind}[{rule.code}].per_member")


def _whole(document: SchemeDocument) -> Iterator[Problem]:
    """What can be spent is whole and never owed (DESIGN D5, DOMAIN §4.8)."""
    names = {ledger.code: ledger.name for ledger in document.ledgers if ledger.spendable}
    amounts: list[tuple[str, str, int | None]] = []
    for ledger in document.ledgers:
        amounts.append((f"ledgers[{ledger.code}].base", ledger.code, ledger.base_milli))
        if ledger.spendable and ledger.negative == "debt":
            clause = f"ledgers[{ledger.code}].negative"
            yield fault("rating.clause_not_one_of", clause, found="debt", choices="floor、record")
    amounts += [(f"awards[{rule.code}].points", rule.ledger, rule.points_milli) for rule in document.awards]
    for deed in document.deeds:
        booked = deed.ledger
        if deed.per_milli is None and not deed.prices:  # a fraction that is not multiplied stays one in every ledger
            booked = next((code for code in (deed.ledger, *deed.also) if code in names), deed.ledger)
        amounts.append((f"deeds[{deed.code}].points", booked, deed.points_milli))
        amounts.append((f"deeds[{deed.code}].mended_points", booked, deed.mended_points_milli))
    amounts += [(f"caps[{cap.code}].points", cap.ledger, cap.points_milli) for cap in document.caps]
    for clause, code, milli in amounts:
        if code in names and milli is not None and milli % 1000:
            yield fault("rating.points_not_whole", clause, found=decimal_text(milli), ledger=names[code])


def _caps(document: SchemeDocument) -> Iterator[Problem]:
    """A cap leaves room for each thing it holds, and no two caps say the same."""
    seen: set[object] = set()
    for cap in document.caps:
        clause = f"caps[{cap.code}]"
        named = (cap.per, cap.awards, cap.deeds, cap.category, cap.owner, cap.taken) if document.engine > 1 else ()
        if (cap.ledger, *named) in seen:
            yield fault("rating.clause_twice", "caps", found=cap.ledger if document.engine == 1 else cap.code)
        seen.add((cap.ledger, *named))
        for kind, rule in _named(document, cap):
            if cap.ledger not in (rule.ledger, *getattr(rule, "also", ())):
                yield fault("rating.cap_other_ledger", f"{clause}.{kind}", found=rule.code, ledger=cap.ledger)
        for rule in held_by(document, cap):
            points = -rule.points_milli if cap.taken else rule.points_milli
            if points > cap.points_milli:
                facts = {"cap": decimal_text(cap.points_milli), "points": decimal_text(points), "time": TIMES[cap.per]}
                yield fault("rating.cap_below_award", f"{clause}.points", award=rule.name, **facts)


def _named(document: SchemeDocument, cap: Cap) -> Iterator[tuple[str, AwardRule | DeedRule]]:
    yield from (("awards", rule) for rule in document.awards if rule.code in cap.awards)
    yield from (("deeds", deed) for deed in document.deeds if deed.code in cap.deeds)


def held_by(document: SchemeDocument, cap: Cap) -> list[AwardRule | DeedRule]:
    """The awards and deeds a cap holds: those it names, else everything booked in its ledger."""
    everything: list[AwardRule | DeedRule] = [*document.awards, *document.deeds]
    booked = [rule for rule in everything if cap.ledger in (rule.ledger, *getattr(rule, "also", ()))]
    if not (cap.awards or cap.deeds or cap.category):
        return booked
    return [
        rule
        for rule in booked
        if (isinstance(rule, AwardRule) and rule.code in cap.awards)
        or (isinstance(rule, DeedRule) and (rule.code in cap.deeds or (cap.category and rule.category == cap.category)))
    ]


def _deed(deed: DeedRule) -> Iterator[Problem]:
    """A deed fits into its own year; what it is counted by is above 0; mended never counts worse than not mended."""
    clause = f"deeds[{deed.code}]"
    if deed.year_points is not None and deed.year_points * 1000 < deed.points_milli:
        words = decimal_text(deed.points_milli)
        yield out_of_range(f"{clause}.year_points", str(deed.year_points), words, str(YEAR_MOST))
    if deed.per_milli == 0:
        yield out_of_range(f"{clause}.per", "0", "0.001", str(PER_MOST))
    if deed.ledger in deed.also:
        yield fault("rating.clause_twice", f"{clause}.also", found=deed.ledger)
    days: set[tuple[str, str]] = set()
    for price in deed.prices:
        if (price.kind, price.since) in days:
            yield fault("rating.clause_twice", f"{clause}.prices", found=f"{price.kind} {price.since}")
        days.add((price.kind, price.since))
    mended = deed.mended_points_milli
    if mended is not None and deed.direct is None and mended < deed.points_milli:
        facts = {"found": decimal_text(mended), "points": decimal_text(deed.points_milli)}
        yield fault("rating.mended_is_worse", f"{clause}.mended_points", **facts)
