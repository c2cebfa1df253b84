"""What a new round's result, and two second looks, do to an entry that still stands (DOMAIN §4.2, §4.3)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from courtyard.honours.rules.states import ListingKind, Verb
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import CARE_LIST, CARRIED, NOT_LIVED_IN, NOT_TAKING_PART, Outcome


def after_round(kind: ListingKind, document: SchemeDocument, outcome: Outcome | None) -> Verb | None:
    """The step an open entry takes when the next round closes, or None where it stays as it is.

    A red entry gives way to the new round's list, unless its good carries: a light round did not come by. A black one
    comes off where the home is not poor, nobody lives there
    any more, it takes no part, or it is now on the care list; poor again or not rated, it goes its own way.
    """
    if kind is ListingKind.RED:
        return None if outcome is not None and outcome.why == CARRIED else Verb.RENEW
    if outcome is None:
        return None
    if outcome.why in (NOT_LIVED_IN, NOT_TAKING_PART):
        return Verb.DROP
    if outcome.grade is None:
        return None
    if document.list_rule(ListingKind.BLACK.value) is None or outcome.grade != poor(document):
        return Verb.MEND
    cared = any(never.listing == ListingKind.BLACK.value and CARE_LIST in never.reasons for never in outcome.never)
    return Verb.DROP if cared else None


def poor(document: SchemeDocument) -> str:
    """The grade a home of the black list has: the rule's own, or where it goes by rank the lowest there is."""
    rule = document.list_rule(ListingKind.BLACK.value)
    return (rule.band if rule is not None and rule.kind == "band" else None) or document.bands[-1].code


def grounded(kind: ListingKind, document: SchemeDocument, outcome: Outcome) -> bool:
    """Whether a result that was put right still is what an entry of this list rests on."""
    rule = document.list_rule(kind.value)
    if rule is None:
        return True
    if rule.kind in ("first", "last"):
        fit = kind is ListingKind.RED or outcome.grade == poor(document)
        return fit and f"lists.{rule.code}" in outcome.rank.clauses
    return rule.band == outcome.grade


def proposes(document: SchemeDocument, outcome: Outcome) -> ListingKind | None:
    """The list a home becomes a candidate for by this outcome: one at most, never red and black at once."""
    listed = {candidate.listing for candidate in outcome.candidates}
    kind = next((kind for kind in ListingKind if kind.value in listed), None)
    return kind if kind is not None and document.list_rule(kind.value) is not None else None


LOOKS = 2


def after_looks(looks: Iterable[tuple[UUID, bool]]) -> Verb | None:
    """The step a candidate takes after the second looks that count: (looker, still poor) each.

    One who finds it not poor ends it; two different people who find it poor confirm it; else it waits.
    """
    seen = list(looks)
    if any(not poor for _, poor in seen):
        return Verb.CLEAR
    return Verb.CONFIRM if len({looker for looker, _ in seen}) >= LOOKS else None
