"""Reading walks: which visits are on which seat's sheet, in walking order, by sets."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from courtyard.households.rules.states import Living, Participation
from courtyard.inspections.models import Marks, Seat, Visit
from courtyard.inspections.queries.marks import kin_pairs
from courtyard.inspections.rules.membership import SeatWalk
from courtyard.inspections.rules.states import RoundState
from courtyard.inspections.rules.walks import Seated, on_sheet

Walks = dict[tuple[UUID, UUID, UUID], list[UUID]]


def walked(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Of these visits, those somebody goes to: of an open round not the homes that nobody lives in any more, or that take
    no part any more, since it was opened (DOMAIN §4.7), unless somebody was there before."""
    here = Q(household__living=Living.LIVED_IN.value, household__until=None)
    here &= Q(household__participation=Participation.TAKING_PART.value)
    return visits.filter(
        ~Q(round__state=RoundState.OPEN.value) | here | Exists(Marks.objects.filter(visit=OuterRef("pk")))
    )


def sheets(rounds: Iterable[UUID], *, group: UUID | None = None, evaluator: UUID | None = None) -> Walks:
    """(round, group, evaluator) → the visits on that seat's sheet in walking order (three queries).

    Of all seats of these rounds, of one group, or of one evaluator.
    """
    rows = Seat.objects.filter(round__in=list(rounds))
    rows = rows.filter(group=group) if group else rows
    listed = list(rows.values_list("round_id", "group_id", "evaluator_id", "walk"))
    if evaluator is not None:
        mine = {(opened, at) for opened, at, person, _ in listed if person == evaluator}
        listed = [row for row in listed if (row[0], row[1]) in mine]
    seats: dict[tuple[UUID, UUID], list[Seated]] = {}
    for opened, at, person, walk in listed:
        seats.setdefault((opened, at), []).append(Seated(person, SeatWalk(walk)))
    homes: dict[tuple[UUID, UUID], list[tuple[UUID, bool]]] = {}
    visits: dict[tuple[UUID, UUID], UUID] = {}
    where = {"round__in": {key[0] for key in seats}, "group__in": {key[1] for key in seats}}
    columns = ("round_id", "group_id", "id", "household_id", "leads")
    for opened, at, visit, home, leads in walked(Visit.objects.filter(**where)).order_by("order").values_list(*columns):
        homes.setdefault((opened, at), []).append((home, leads))
        visits[opened, home] = visit
    standing_in = any(one.walk is SeatWalk.STAND_IN for around in seats.values() for one in around)
    kin: dict[UUID, set[UUID]] = {}
    for person, home in kin_pairs({row[2] for row in listed}) if standing_in else ():
        kin.setdefault(person, set()).add(home)
    return {
        (*key, seat.evaluator): [visits[key[0], home] for home in on_sheet(seat, around, homes.get(key, ()), kin)]
        for key, around in seats.items()
        for seat in around
        if evaluator in (None, seat.evaluator)
    }
