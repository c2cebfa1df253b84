"""The scheme a home's village runs under, as the till asks for it: by the fingerprint, its text once a process."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from courtyard.rating.models import SchemeVersion
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.records.sets import Statement, key

_SCHEME = """
SELECT v.sha256, h.village_id FROM households_household h JOIN places_place p ON p.id = h.village_id
JOIN rating_adoption a ON (a.place_id = p.id OR a.place_id = p.town_id) AND a.starts <= %s
JOIN rating_schemeversion v ON v.id = a.version_id
WHERE h.id = %s ORDER BY CASE WHEN a.place_id = p.id THEN 0 ELSE 1 END, a.starts DESC LIMIT 1
"""


def asks_scheme(household: UUID, day: date) -> Statement:
    """What asks for the scheme in force for a home on a day: its own village's, else its town's."""
    return _SCHEME, [day, key(household)]


def scheme(rows: Sequence[tuple[Any, ...]]) -> tuple[SchemeDocument, UUID] | None:
    """The scheme by the answer and the home's village; None before any adoption."""
    if not rows:
        return None
    [(sha256, village)] = rows
    return _document(str(sha256)), village if isinstance(village, UUID) else UUID(hex=str(village))


@lru_cache(maxsize=64)
def _document(sha256: str) -> SchemeDocument:
    """The document of this fingerprint: a version's text never changes once it is adopted."""
    return document_of(SchemeVersion.objects.filter(sha256=sha256)[0])
