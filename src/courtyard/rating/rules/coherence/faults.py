"""How a disagreement is told: its code, the clause it is in as its author wrote it, and what its sentence needs."""

from __future__ import annotations

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument


def fault(code: str, clause: str, **facts: object) -> Problem:
    """A problem at one place of the document."""
    return Problem(code, {"clause": clause, **facts})


def out_of_place(clause: str, where: str, write: str) -> Problem:
    """A key that could be meant in two ways where it stands: what it is for, and what to write instead."""
    return fault("rating.clause_out_of_place", clause, where=where, write=write)


def out_of_range(clause: str, found: str, least: str, most: str) -> Problem:
    """A number beyond what the rest of the document leaves."""
    return fault("rating.clause_out_of_range", clause, found=found, least=least, most=most)


def highest(document: SchemeDocument) -> int:
    """The highest score a period can have, in thousandths: what the best band reaches where visits are added up."""
    return document.bands[0].most_milli if document.aggregate.visits == "sum" else document.most_milli
