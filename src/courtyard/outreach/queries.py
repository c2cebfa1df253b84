"""Reading what was printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from courtyard.inspections.queries.keeping import months_due
from courtyard.inspections.rules.keeping import last_month_erased
from courtyard.outreach.models import Artefact, ArtefactWords
from courtyard.places.models import Place
from courtyard.places.queries import ids
from courtyard.records.rules import salted

# Months after the month of its printing for which a print's facts are kept: as long as what it shows may be disputed.
PRINTS_KEPT = 6


def prints_of_month(place: Place, month: date) -> QuerySet[ArtefactWords]:
    """The facts of what was printed for a place in a month (its first day)."""
    rows = ArtefactWords.objects.filter(artefact__place=place)
    return rows.filter(artefact__day__year=month.year, artefact__day__month=month.month)


def prints_due(today: date) -> list[tuple[Place, date]]:
    """Places and months whose prints' facts may no longer be kept that day, oldest first (two queries)."""
    last = last_month_erased(today, PRINTS_KEPT)
    return months_due(ArtefactWords.objects.all(), "artefact__place", "artefact__day", last)


def artefacts(areas: Iterable[str], paper: str = "") -> QuerySet[Artefact]:
    """Prints made for places within these areas, the latest first; of one paper where it is named."""
    rows = Artefact.objects.filter(place__in=ids(areas)).select_related("place").order_by("-day", "-pk")
    return rows.filter(paper=paper) if paper else rows


@dataclass(frozen=True)
class Proof:
    """Whether a file is the print that was kept: `same`, or None where its words are erased and nobody can say."""

    same: bool | None


def proof(artefact_id: UUID, pdf: bytes) -> Proof:
    """Whether these bytes are the print kept under this id (two queries)."""
    artefact = Artefact.objects.get(pk=artefact_id)
    words = ArtefactWords.objects.filter(pk=artefact_id).first()
    if words is None:
        return Proof(None)
    return Proof(artefact.file_sha256 == salted(bytes(words.salt), sha256(pdf).hexdigest()))
