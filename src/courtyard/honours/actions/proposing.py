"""New candidates of a round: its red list, and what begins the way to the black one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from courtyard.honours.actions.moving import begin
from courtyard.honours.models import Listing
from courtyard.honours.queries.entries import OPEN_CODES
from courtyard.honours.rules.standing import proposes
from courtyard.honours.rules.states import ListingKind, ListingState
from courtyard.honours.rules.terms import lapse_day, mend_day, process_of
from courtyard.inspections.actions.correcting import Corrected
from courtyard.inspections.models import Round
from courtyard.inspections.queries.rounds import latest_round
from courtyard.inspections.rules.outcomes import Rated
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.places.queries import holidays
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.records.journal import Pen


def candidates(
    closing: Round, document: SchemeDocument, homes: Iterable[Rated], taken: Collection[UUID], today: date
) -> list[Listing]:
    """One candidate a home at most, none beside an entry still open (`taken`)."""
    found = []
    process = {kind: process_of(document, f"{kind.value}_1") for kind in (ListingKind.RED, ListingKind.BLACK)}
    text = {kind: one.text for kind, one in process.items()}
    lapses = {kind: lapse_day(one, today) for kind, one in process.items()}
    mend_by = mend_day(process[ListingKind.BLACK], today, holidays()).day
    for home in homes:
        kind = proposes(document, home.outcome)
        rule = document.list_rule(kind.value) if kind else None
        if kind is None or rule is None or home.household in taken or home.visit is None:
            continue
        row = Listing(id=uuid7(), kind=kind.value, household_id=home.household, group_id=home.group)
        row.village_id, row.round_id, row.visit_id = closing.village_id, closing.pk, home.visit
        row.state, row.since, row.process = ListingState.CANDIDATE.value, today, text[kind]
        row.reach = rule.reach
        row.lapses_on = lapses[kind]
        row.mend_by = mend_by if kind is ListingKind.BLACK else None
        found.append(row)
    return found


def relist(pen: Pen, corrected: Corrected) -> bool:
    """Propose for the red list a home that a correction made fit for it, while its round's list is the village's present one.

    After the entry that was wrong has ended. A correction never proposes anybody for the black list. Whether it did.
    """
    visit = corrected.visit
    if proposes(corrected.document, corrected.outcome) is not ListingKind.RED:
        return False
    latest = latest_round(visit.round.village_id)
    known = Listing.objects.filter(household=visit.household_id)
    if latest is None or latest.pk != visit.round_id or known.filter(state__in=OPEN_CODES).exists():
        return False
    if known.filter(visit=visit, kind=ListingKind.RED.value).exists():
        return False
    home = Rated(visit.household_id, visit.group_id, visit.pk, corrected.outcome)
    begin(pen, candidates(visit.round, corrected.document, [home], (), day_of(pen.at)))
    return True
