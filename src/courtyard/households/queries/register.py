"""The register read: rosters in walking order, search, homes that are rated, care and kin, questions."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from courtyard.households.models import Care, Household, ImportRun, Kin, Question
from courtyard.households.rules.cells import phone_in
from courtyard.households.rules.states import CareState, Living, Participation, QuestionState
from courtyard.households.sealing import last_four_index, phone_indexer
from courtyard.kernel.ids import short_number_is_sound
from courtyard.kernel.problems import refuse
from courtyard.places.queries import within

# A walk follows the lanes: group, bay, then the clerk's own order of codes.
WALK = ("village__order", "village__path", "group__order", "group__path", "bay", "code")


def homes(areas: Iterable[str]) -> QuerySet[Household]:
    """Households within areas that have not ended, in walking order, with their places."""
    rows = Household.objects.filter(within(areas, "group__path"), until=None)
    return rows.select_related("group", "village", "town").order_by(*WALK)


def roster(place_path: str) -> QuerySet[Household]:
    """The households of one place in walking order."""
    return homes([place_path])


def rated_homes(place_path: str) -> QuerySet[Household]:
    """The households of a place that a round rates: lived in and taking part (DOMAIN §4.1, §4.7)."""
    return roster(place_path).filter(living=Living.LIVED_IN.value, participation=Participation.TAKING_PART.value)


def rated_in(villages: Iterable[UUID]) -> QuerySet[Household]:
    """The same of many villages, in no order."""
    rows = Household.objects.filter(village__in=list(villages), until=None)
    return rows.filter(living=Living.LIVED_IN.value, participation=Participation.TAKING_PART.value)


def search(areas: Iterable[str], words: str) -> QuerySet[Household]:
    """Households within areas by name, pinyin initials, short number, code, phone or its last four digits."""
    text = "".join(words.split())
    rows = homes(areas)
    if not text:
        return rows
    wanted = Q(head__contains=text) | Q(code=text)
    if text.isascii() and text.isalpha():
        wanted |= Q(initials__startswith=text.lower())
    if text.isascii() and text.isdigit():
        wanted |= Q(short=text) if short_number_is_sound(text) else Q()
        wanted |= Q(last_four_index=last_four_index(text)) if len(text) == 4 else Q()
        phone = phone_in(text)
        wanted |= Q(phone_index=phone_indexer()(phone)[0]) if isinstance(phone, str) and len(text) >= 7 else Q()
    return rows.filter(wanted)


def on_care_list(households: Iterable[UUID]) -> set[UUID]:
    """Those of these households whose care a cadre confirmed: never black-listed (one query)."""
    rows = Care.objects.filter(household__in=list(households), state=CareState.CONFIRMED.value)
    return set(rows.values_list("household", flat=True))


def care_lines(areas: Iterable[str], state: CareState | None = None) -> QuerySet[Care]:
    """Lines of the care list within areas, in walking order: cadres' screens only, never an evaluator's."""
    rows = Care.objects.filter(within(areas, "household__group__path"), household__until=None)
    rows = rows.filter(state=state.value) if state else rows
    order = [f"household__{step}" for step in WALK]
    return rows.select_related("household__group", "household__village", "household__town").order_by(*order, "kind")


def kin_of(accounts: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """(account, household) pairs where the person steps aside: own home or kin (one query)."""
    return set(Kin.objects.filter(account__in=list(accounts)).values_list("account", "household"))


def kin_lines(account: UUID) -> QuerySet[Kin]:
    """What a person has declared, in walking order, with the homes and their places."""
    order = [f"household__{step}" for step in WALK]
    rows = Kin.objects.filter(account=account, household__until=None)
    return rows.select_related("household__group", "household__village").order_by(*order)


def home_numbered(areas: Iterable[str], number: str) -> Household:
    """The one home within areas of this short number or code. Refuses households.number_unknown where none or several
    have it."""
    text = "".join(number.split())
    wanted = Q(code=text) | (Q(short=text) if short_number_is_sound(text) else Q())
    found = list(homes(areas).filter(wanted)[:2])
    if len(found) != 1:
        refuse("households.number_unknown")
    return found[0]


def open_questions(areas: Iterable[str]) -> QuerySet[Question]:
    """Questions of imports within areas that wait for an answer, in walking order."""
    rows = Question.objects.filter(within(areas, "household__group__path"), state=QuestionState.OPEN.value)
    order = [f"household__{step}" for step in WALK]
    return rows.select_related("household__group", "household__village", "other__village").order_by("kind", *order)


def runs(areas: Iterable[str]) -> QuerySet[ImportRun]:
    """Imports within areas, the latest first."""
    return (
        ImportRun.objects.filter(within(areas, "place__path"))
        .select_related("place", "countersign")
        .order_by("-at", "pk")
    )
