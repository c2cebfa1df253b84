"""What a scheme of engine 2 may do, and an assembly should know it is doing: ranks that always shame someone, ends that
meet among few homes, deductions without evidence, clauses that do nothing, questions left open."""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument, Window
from courtyard.rating.rules.idle import idle
from courtyard.rating.rules.meeting import meetings
from courtyard.rating.rules.questions import questions

YEAR = ("01-01", "12-31")


def cautions(document: SchemeDocument) -> Iterator[Problem]:
    """Every warning about a sound document of engine 2."""
    yield from _quotas(document)
    yield from meetings(document)
    yield from _red_by_rank(document)
    yield from _deductions(document)
    yield from _windows(document)
    yield from _both(document)
    yield from _wide(document)
    for clause, why in idle(document):
        yield _warn("rating.idle_warned", clause, why=why)
    for question in questions(document):
        if not question.answered and question.code != "budget":  # the budget has its own warning
            yield _warn("rating.question_open", question.clause, question=question.text, write=question.write)


def _warn(code: str, clause: str, **facts: object) -> Problem:
    return Problem(code, {"clause": clause, **facts})


def _quotas(document: SchemeDocument) -> Iterator[Problem]:
    """The last of a rank, good or poor: somebody is always the last (DOMAIN §3)."""
    for rule in document.lists:
        if rule.listing == "black" and rule.kind == "last" and rule.band is None:
            yield _warn("rating.quota_warned", f"lists[{rule.code}].kind", name=rule.name)
    for award in document.awards:
        if award.kind == "last" and award.band is None and award.points_milli < 0:
            yield _warn("rating.quota_warned", f"awards[{award.code}].kind", name=award.name)


def _red_by_rank(document: SchemeDocument) -> Iterator[Problem]:
    """A red list that does not look at the grade beside a black list that does: a home may be fit for both."""
    red, black = document.list_rule("red"), document.list_rule("black")
    by_rank = red is not None and red.kind in ("first", "points") and red.band is None
    if by_rank and red is not None and black is not None and black.band is not None:
        write = "写 band" if red.kind == "first" else '按等次定(kind = "band")'
        yield _warn("rating.red_by_rank_warned", f"lists[{red.code}].kind", red=red.name, black=black.name, write=write)


def _deductions(document: SchemeDocument) -> Iterator[Problem]:
    """What takes points off: evidence for it, and what makes it heavier."""
    taking = {deed.code for deed in document.deeds if deed.points_milli < 0}
    for deed in document.deeds:
        if deed.code in taking and not deed.needs_evidence:
            yield _warn("rating.no_evidence_warned", f"deeds[{deed.code}].needs_evidence", name=deed.name)
    for repeat in document.repeats:
        held = {
            deed.code for deed in document.deeds
            if not (repeat.deeds or repeat.category) or deed.code in repeat.deeds or deed.category == repeat.category != ""
        }  # fmt: skip
        if repeat.factor_milli > 1000 and held & taking:
            yield _warn("rating.doubled_warned", f"repeats[{repeat.code}].factor", name=repeat.name)
    for multiplier in document.multipliers:
        losing = [
            rule for rule in document.awards
            if rule.points_milli < 0 and (not multiplier.awards or rule.code in multiplier.awards)
        ]  # fmt: skip
        if multiplier.factor_milli > 1000 and losing:
            yield _warn("rating.doubled_warned", f"multipliers[{multiplier.code}].factor", name=multiplier.name)


def _spans(window: Window) -> list[tuple[str, str]]:
    if window.since <= window.until:
        return [(window.since, window.until)]
    return [(window.since, YEAR[1]), (YEAR[0], window.until)]


def _windows(document: SchemeDocument) -> Iterator[Problem]:
    for place, one in enumerate(document.windows):
        for other in document.windows[:place]:
            pairs = ((a, b) for a in _spans(one) for b in _spans(other))
            if one.ledger == other.ledger and any(a[0] <= b[1] and b[0] <= a[1] for a, b in pairs):
                yield _warn("rating.windows_overlap_warned", f"windows[{one.code}]", other=f"windows[{other.code}]")


def _both(document: SchemeDocument) -> Iterator[Problem]:
    for kind in ("caps", "dedupes", "repeats"):
        for row in getattr(document, kind):
            if row.deeds and row.category:
                yield _warn("rating.names_both_warned", f"{kind}[{row.code}]")


def _wide(document: SchemeDocument) -> Iterator[Problem]:
    """A rank over the town where no town adopts the scheme: other villages may have other rules."""
    if "town" in document.scope.levels:
        return
    for kind in ("awards", "lists", "titles", "prizes"):
        for rule in getattr(document, kind):
            if rule.kind in ("first", "last") and rule.within == "town":
                yield _warn("rating.rank_wide_warned", f"{kind}[{rule.code}].within")
