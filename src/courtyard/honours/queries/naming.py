"""Reading what names on black lists rest on, and a group's named list: for its own sheet and the page behind it only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.honours.models import Assessment, BoardToken, Listing, NameDocuments, NamesSwitch
from courtyard.honours.rules.naming import Ground, in_force, reach_now
from courtyard.honours.rules.states import AssessmentQuestion, ListingKind, ListingState, Reach
from courtyard.places.models import Place
from courtyard.places.queries import places


def forbidden() -> bool:
    """Whether the county's switch forbids names (one query)."""
    return NamesSwitch.objects.filter(forbidden=True).exists()


def holds(documents: NameDocuments | None, on: date) -> bool:
    """Whether these documents hold on a day."""
    return documents is not None and in_force(documents.since, documents.expires_on, documents.ended_on, on)


def any_documents(on: date) -> bool:
    """Whether any village has its three documents on file on a day (one query)."""
    rows = NameDocuments.objects.filter(ended_on=None, since__lte=on, expires_on__gte=on)
    return rows.exists()


def documents_of(village_id: UUID, on: date) -> NameDocuments | None:
    """The documents that hold in a village on a day (one query)."""
    found = NameDocuments.objects.filter(village=village_id, ended_on=None).first()
    return found if holds(found, on) else None


def ground_of(village_id: UUID, on: date) -> tuple[Ground, NameDocuments | None]:
    """What a publication of today asks: whether names may stand, and under which documents (two queries)."""
    documents = documents_of(village_id, on)
    return Ground(documents is not None, forbidden()), documents


def reaches(listings: Iterable[Listing], on: date) -> dict[UUID, Reach]:
    """Entry's id → how far it reaches on a day, by reading its own documents and the switch (two queries where any
    entry is to carry a name, else none)."""
    rows = list(listings)
    under = {
        row.named_under_id for row in rows if row.reach == Reach.NAMES.value and row.kind == ListingKind.BLACK.value
    }
    if not under:
        return {row.pk: Reach(row.reach) for row in rows}
    known, off = NameDocuments.objects.in_bulk([pk for pk in under if pk]), forbidden()

    def reach(row: Listing) -> Reach:
        stored = Reach(row.reach)
        if row.kind != ListingKind.BLACK.value:
            return stored
        papers = known.get(row.named_under_id) if row.named_under_id else None
        return reach_now(stored, Ground(holds(papers, on), off))

    return {row.pk: reach(row) for row in rows}


def token_of(group_id: UUID, documents_id: UUID) -> str:
    """The token of a group's named sheet under these documents; '' where no entry was ever named under them."""
    rows = BoardToken.objects.filter(group=group_id, documents=documents_id)
    return rows.values_list("token", flat=True).first() or ""


def board_of_token(token: str, on: date) -> BoardToken | None:
    """What a sheet's token opens on a day: None once its documents no longer hold, or the county forbids (two queries)."""
    rows = BoardToken.objects.select_related("documents", "group__village", "group__town")
    found = rows.filter(token=token).first()
    return found if found is not None and holds(found.documents, on) and not forbidden() else None


@dataclass(frozen=True)
class VillageNames:
    """What stands about names in one village: its documents that hold, the last ones that no longer do."""

    village: Place
    documents: NameDocuments | None
    earlier: NameDocuments | None
    answers: tuple[tuple[AssessmentQuestion, str], ...] = ()
    named: int = 0


def names_of_villages(areas: Iterable[str], on: date) -> list[VillageNames]:
    """What stands about names in each village within areas, in order of places (three queries)."""
    villages = list(places(areas, "village"))
    rows = NameDocuments.objects.filter(village__in=villages).order_by("since", "pk")
    held: dict[UUID, NameDocuments] = {}
    earlier: dict[UUID, NameDocuments] = {}
    for row in rows:
        (held if holds(row, on) else earlier)[row.village_id] = row
    published = Listing.objects.filter(village__in=villages, kind=ListingKind.BLACK.value)
    published = published.filter(state=ListingState.PUBLISHED.value, reach=Reach.NAMES.value)
    counts: dict[UUID, int] = {}
    for village in published.values_list("village_id", flat=True):
        counts[village] = counts.get(village, 0) + 1
    return [VillageNames(v, held.get(v.pk), earlier.get(v.pk), (), counts.get(v.pk, 0)) for v in villages]


def names_of_village(village: Place, on: date) -> VillageNames:
    """What stands about names in one village, with the answers of its assessment."""
    (found,) = names_of_villages([village.path], on)
    if found.documents is None:
        return found
    rows = dict(Assessment.objects.filter(documents=found.documents).values_list("question", "text"))
    answers = tuple((question, rows.get(question.value, "")) for question in AssessmentQuestion)
    return VillageNames(found.village, found.documents, found.earlier, answers, found.named)
