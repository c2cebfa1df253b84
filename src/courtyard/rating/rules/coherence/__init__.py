"""Whether the clauses of a document agree with one another, and with the lines no scheme may cross (DOMAIN §4)."""

from __future__ import annotations

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.coherence.grades import grade_faults
from courtyard.rating.rules.coherence.lists import list_faults
from courtyard.rating.rules.coherence.points import point_faults
from courtyard.rating.rules.coherence.references import reference_faults
from courtyard.rating.rules.coherence.sheets import sheet_faults
from courtyard.rating.rules.coherence.spending import spending_faults
from courtyard.rating.rules.cycles import cycles
from courtyard.rating.rules.documents import SchemeDocument

_SUBJECTS = (
    sheet_faults, grade_faults, reference_faults, point_faults, spending_faults, list_faults, cycles,
)  # fmt: skip


def incoherent(document: SchemeDocument) -> list[Problem]:
    """Every disagreement between clauses, subject by subject in the order of the document."""
    return [problem for subject in _SUBJECTS for problem in subject(document)]
