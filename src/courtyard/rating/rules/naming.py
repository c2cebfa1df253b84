"""Which clause names which other clause: what references are checked by, and what a cycle is found along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from courtyard.rating.rules.documents import AwardRule, ListRule, Prize, SchemeDocument, Title
from courtyard.rating.rules.documents.declare import Spec, declared

# Keys that name another clause by its code → the part it stands in.
NAMED_BY = {
    "carried_band": "bands", "band": "bands", "lost_band": "bands", "area": "areas", "ledger": "ledgers",
    "ledger_of": "ledgers", "also": "ledgers", "listing": "lists", "title": "titles", "star": "stars",
    "direct": "stars", "findings": "findings", "deeds": "deeds", "awards": "awards",
}  # fmt: skip
Conditional = AwardRule | ListRule | Title | Prize


def named(document: SchemeDocument) -> Iterator[tuple[str, str, str | None]]:
    """(clause, kind of thing it names, the code it names), over the whole document."""
    yield "coverage.carried_band", "bands", document.coverage.carried_band
    for clause, rule in conditions(document):
        yield f"{clause}.band", "bands", rule.band
        yield f"{clause}.area", "areas", rule.area
        yield f"{clause}.ledger_of", "ledgers", rule.ledger_of
        yield f"{clause}.listing", "lists", rule.listing if clause.startswith(("awards", "prizes")) else None
        yield f"{clause}.title", "titles", rule.title
    for kind in ("awards", "caps", "deeds", "resets", "windows", "rewards", "stars"):
        for row in getattr(document, kind):
            yield f"{kind}[{row.code}].ledger", "ledgers", row.ledger
    yield "ranking.ledger", "ledgers", document.ranking.ledger
    for title in document.titles:
        yield f"titles[{title.code}].lost_band", "bands", title.lost_band
    for deed in document.deeds:
        yield f"deeds[{deed.code}].direct", "stars", deed.direct
        yield from ((f"deeds[{deed.code}].also", "ledgers", code) for code in deed.also)
    for gate in document.gates:
        yield f"gates[{gate.code}].band", "bands", gate.band
        yield f"gates[{gate.code}].star", "stars", gate.star
    yield from _groups(document)


def _groups(document: SchemeDocument) -> Iterator[tuple[str, str, str | None]]:
    """Clauses that name several others."""
    for veto in document.vetoes:
        yield f"vetoes[{veto.code}].band", "bands", veto.band
        yield from ((f"vetoes[{veto.code}].findings", "findings", code) for code in veto.findings)
        yield from ((f"vetoes[{veto.code}].deeds", "deeds", code) for code in veto.deeds)
    for multiplier in document.multipliers:
        yield from ((f"multipliers[{multiplier.code}].awards", "awards", code) for code in multiplier.awards)
    for cap in document.caps:
        yield from ((f"caps[{cap.code}].awards", "awards", code) for code in cap.awards)
        yield from ((f"caps[{cap.code}].deeds", "deeds", code) for code in cap.deeds)
        yield f"caps[{cap.code}].category", "categories", cap.category
    for kind in ("dedupes", "repeats"):
        for row in getattr(document, kind):
            yield from ((f"{kind}[{row.code}].deeds", "deeds", code) for code in row.deeds)
            yield f"{kind}[{row.code}].category", "categories", row.category


def conditions(document: SchemeDocument) -> Iterator[tuple[str, Conditional]]:
    """Every clause that says when it applies to a home."""
    for kind in ("awards", "lists", "titles", "prizes"):
        for row in getattr(document, kind):
            yield f"{kind}[{row.code}]", row


def clauses(table: Any, path: str = "") -> Iterator[tuple[str, Spec, Any]]:
    """(clause as faults name it, its declaration, what it holds), for every key under a declared table, in order.

    A row of a list is named by its code, else by its place from 1.
    """
    of: type = type(table)
    for row in declared(of):
        clause = f"{path}.{row.key}" if path else row.key
        value = getattr(table, row.name)
        if row.spec.kind == "table":
            yield from () if value is None else clauses(value, clause)
        elif row.spec.kind == "tables":
            for place, one in enumerate(value, start=1):
                yield from clauses(one, f"{clause}[{getattr(one, 'code', place)}]")
        else:
            yield clause, row.spec, value


def held(document: SchemeDocument, clause: str) -> tuple[Spec, Any] | None:
    """The declaration of a clause and what it holds; None where the document has no such clause."""
    return next(((spec, value) for place, spec, value in clauses(document) if place == clause), None)
