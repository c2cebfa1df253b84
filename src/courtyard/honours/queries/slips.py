"""Reading slips: whose are due, which serial stands on which, what came back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, QuerySet, Value, When

from courtyard.honours.models import Counterfoil, Listing, Notice, Slip, Step
from courtyard.honours.rules.slips import Known, SlipKind, Ticks
from courtyard.honours.rules.states import ListingState
from courtyard.households.models import Household
from courtyard.inspections.models import Finding, Visit
from courtyard.inspections.rules.states import ReviewState
from courtyard.places.models import Place
from courtyard.places.queries import within

FINDINGS, NOTICE = SlipKind.FINDINGS.value, SlipKind.NOTICE.value


def _seen(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Of these visits those where marks that count saw something: their homes get a slip."""
    counting = Q(marks__review=None) | Q(marks__review__state=ReviewState.KEPT.value)
    return visits.filter(Exists(Finding.objects.filter(counting, marks__visit=OuterRef("pk"))))


def without_slip(round_id: UUID, group_id: UUID | None = None) -> list[Visit]:
    """Visits of a round (of one group) that want a slip and have none yet, in walking order (one query)."""
    rows = _seen(Visit.objects.filter(round=round_id)).exclude(slips__kind=FINDINGS)
    rows = rows.filter(group=group_id) if group_id else rows
    return list(rows.order_by("group__order", "group__path", "order"))


def serials_of(round_id: UUID, group_id: UUID | None = None, household: UUID | None = None) -> dict[UUID, str]:
    """Visit id → serial of the slips printed for a round (for one group, for one household) (one query)."""
    rows = Slip.objects.filter(round=round_id, kind=FINDINGS, visit__isnull=False)
    rows = rows.filter(visit__group=group_id) if group_id else rows
    rows = rows.filter(household=household) if household else rows
    return dict(rows.values_list("visit", "serial"))


def notice_serial(listing: UUID) -> str:
    """The serial of an entry's notice slip that still waits for its counterfoil; '' where none does (one query)."""
    used = Notice.objects.filter(serial=OuterRef("serial"))
    rows = Slip.objects.filter(~Exists(used), listing=listing, kind=NOTICE, counterfoils=None)
    return rows.order_by("-day", "-pk").values_list("serial", flat=True).first() or ""


@dataclass(frozen=True)
class GroupSlips:
    """A group in a round: how many homes want a slip, have one printed, of how many a counterfoil is back."""

    group: Place
    wanted: int
    printed: int
    back: int

    @property
    def missing(self) -> int:
        return self.wanted - self.printed


def by_group(round_id: UUID) -> list[GroupSlips]:
    """How far the slips of a round are, group by group, in order of places (four queries)."""
    visits = Visit.objects.filter(round=round_id)
    groups = list(Place.objects.filter(pk__in=visits.order_by().values("group")).order_by("order", "path"))
    wanted = dict(_seen(visits).order_by().values_list("group").annotate(n=Count("pk")))
    printed, back = _printed(Slip.objects.filter(round=round_id, kind=FINDINGS, visit__isnull=False))
    return [
        GroupSlips(
            group, max(wanted.get(group.pk, 0), printed.get(group.pk, 0)), printed.get(group.pk, 0),
            back.get(group.pk, 0),
        )
        for group in groups
    ]  # fmt: skip


def _printed(rows: QuerySet[Slip]) -> tuple[dict[UUID, int], dict[UUID, int]]:
    found = rows.order_by().values_list("visit__group").annotate(n=Count("pk"))
    came = Counterfoil.objects.filter(slip=OuterRef("pk"))
    return dict(found), dict(found.filter(Exists(came)))


def how_far(round_id: UUID) -> tuple[int, int, int]:
    """Of a round's slips: how many are still to be printed, are printed, of how many a counterfoil is back (one query)."""
    missing = _seen(Visit.objects.filter(round=round_id)).exclude(slips__kind=FINDINGS).order_by()
    slips = Slip.objects.filter(round=round_id, kind=FINDINGS, visit__isnull=False).order_by()
    came = Case(When(Exists(Counterfoil.objects.filter(slip=OuterRef("pk"))), then=Value("back")), default=Value("out"))
    told = [row[0] for row in missing.values_list(Value("missing")).union(slips.values_list(came), all=True)]
    return told.count("missing"), len(told) - told.count("missing"), told.count("back")


@dataclass(frozen=True)
class Pad:
    """A pad of blank slips: printed in one act, how many, how many of them came back with a home."""

    entry: UUID
    day: date
    group: str
    slips: int
    back: int


def pads(round_id: UUID) -> list[Pad]:
    """The pads printed for a round, the latest first (one query)."""
    rows = Slip.objects.filter(round=round_id, kind=FINDINGS, visit=None)
    came = Count("pk", filter=Q(Exists(Counterfoil.objects.filter(slip=OuterRef("pk")))))
    found = rows.order_by().values_list("entry", "group__name").annotate(day=Max("day"), n=Count("pk"), back=came)
    return [
        Pad(entry, day, group or "", n, back)
        for entry, group, day, n, back in found.order_by("-day", "entry")
    ]  # fmt: skip


def pad_serials(round_id: UUID, entry: UUID) -> list[str]:
    """The serials of one pad, in their order (one query)."""
    rows = Slip.objects.filter(round=round_id, kind=FINDINGS, visit=None, entry=entry)
    return list(rows.order_by("serial").values_list("serial", flat=True))


def pad_place(round_id: UUID, entry: UUID) -> UUID | None:
    """The group (or the village) one pad was printed for; None where no such pad was printed (one query)."""
    rows = Slip.objects.filter(round=round_id, kind=FINDINGS, visit=None, entry=entry)
    found = rows.values_list("group", "village").first()
    group, village = found or (None, None)
    return village if group is None else group


def taken(serials: Iterable[str]) -> set[str]:
    """Those of these serials that some slip has already (one query)."""
    return set(Slip.objects.filter(serial__in=list(serials)).values_list("serial", flat=True))


def _ticks(slips: Iterable[UUID]) -> dict[UUID, Ticks]:
    """Slip id → everything its counterfoils ticked."""
    found: dict[UUID, Ticks] = {}
    rows = Counterfoil.objects.filter(slip__in=list(slips))
    for slip, received, disagrees, alone in rows.values_list("slip", "received", "disagrees", "alone"):
        found[slip] = found.get(slip, Ticks()) | Ticks(received, disagrees, alone)
    return found


def _homes_named(slips: Iterable[Slip]) -> dict[UUID, UUID]:
    """Blank slip id → the home that its first counterfoil named."""
    blank = [slip.pk for slip in slips if slip.household_id is None]
    rows = Counterfoil.objects.filter(slip__in=blank, n=1) if blank else Counterfoil.objects.none()
    return dict(rows.values_list("slip", "household"))


def slips_with(areas: Iterable[str], serials: Iterable[str]) -> dict[str, Slip]:
    """Serial → slip within areas, with its village and home; one outside is not there (one query)."""
    rows = Slip.objects.filter(within(areas, "village__path"), serial__in=list(serials))
    return {row.serial: row for row in rows.select_related("village", "household__group", "group")}


def known(slips: Mapping[str, Slip], village: UUID) -> dict[str, Known]:
    """What a screen of one village is judged by (three queries, two where no slip is blank)."""
    ticks, named = _ticks(slip.pk for slip in slips.values()), _homes_named(slips.values())
    rounds = {slip.round_id for slip in slips.values() if slip.household_id is None}
    homes: dict[UUID, set[UUID]] = {round_id: set() for round_id in rounds}
    visits = Visit.objects.filter(round__in=rounds) if rounds else Visit.objects.none()
    for round_id, home in visits.values_list("round", "household"):
        homes[round_id].add(home)
    return {
        serial: Known(
            id=slip.pk,
            kind=SlipKind(slip.kind),
            here=slip.village_id == village,
            village=slip.village.name,
            printed=slip.day,
            household=slip.household_id or named.get(slip.pk),
            homes=frozenset(homes.get(slip.round_id, ())),
            before=ticks.get(slip.pk),
        )
        for serial, slip in slips.items()
    }


def homes_called(village: UUID, typed: Iterable[str]) -> dict[str, UUID]:
    """Code or short number → household of a village, for those that were typed; one that could mean two is nobody's
    (one query)."""
    words = {word for word in typed if word}
    if not words:
        return {}
    rows = Household.objects.filter(Q(code__in=words) | Q(short__in=words), village=village, until=None)
    meant: dict[str, set[UUID]] = {}
    for pk, code, short in rows.values_list("pk", "code", "short"):
        for word in words & {code, short}:
            meant.setdefault(word, set()).add(pk)
    return {word: next(iter(found)) for word, found in meant.items() if len(found) == 1}


def confirmed_days(listings: Iterable[Listing]) -> dict[UUID, date]:
    """Listing id → the day it was last ready for a notice (one query)."""
    rows = list(listings)
    steps = Step.objects.filter(listing__in=[row.pk for row in rows], target=ListingState.CONFIRMED.value)
    last = {}
    for listing, day in steps.order_by("listing", "n").values_list("listing", "day"):
        last[listing] = day
    return {row.pk: last.get(row.pk, row.since) for row in rows}
