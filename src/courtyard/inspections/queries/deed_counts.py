"""What a home's deeds are counted from: those that stand, what was said of them, and what else the home was given."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from courtyard.inspections.models import Deed, DeedChange, DeedCount
from courtyard.inspections.rules.deeds import ChangeKind, ChangeState, DeedState
from courtyard.inspections.rules.ledgers import booked_ledger
from courtyard.points.models import Award, Deduction, Merit
from courtyard.rating.rules import story
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.home_deeds import Given, Told


def deeds_told(household_id: UUID, version_id: UUID, document: SchemeDocument) -> list[Told]:
    """The home's confirmed deeds under a version, as the engine is told of them (two queries)."""
    rows = list(Deed.objects.filter(household=household_id, version=version_id, state=DeedState.CONFIRMED.value))
    mended, disputed = _changes(rows)
    return [
        Told(
            row.pk.hex,
            story.Deed(
                "", row.day, row.item, amount_milli=row.amount_milli, thing=row.thing, event=row.event,
                recorded=_recorded(row, document), mended=mended.get(row.pk), disputed=row.pk in disputed,
            ),
            row.people,
        )
        for row in rows
    ]  # fmt: skip


def _changes(rows: Iterable[Deed]) -> tuple[dict[UUID, date], set[UUID]]:
    """Deed → the day it was put right; the deeds an objection is open to."""
    found = DeedChange.objects.filter(deed__in=[row.pk for row in rows]).values_list("deed", "kind", "state", "day")
    mended, disputed = {}, set()
    for deed, kind, state, day in found:
        if (kind, state) == (ChangeKind.MENDED.value, ChangeState.GRANTED.value):
            mended[deed] = day
        if (kind, state) == (ChangeKind.OBJECTION.value, ChangeState.ASKED.value):
            disputed.add(deed)
    return mended, disputed


def _recorded(row: Deed, document: SchemeDocument) -> date | None:
    """The day it arrived, where that decides when it counts: a late one that a second person has looked at counts for
    its own day (the confirmation is the review that `answers.late` asks for)."""
    return row.proposed if document.answers.late == "next_round" else None


def given_else(household_id: UUID, document: SchemeDocument, without: Iterable[str]) -> list[Given]:
    """What the home was given, or had taken off, by anything but these deeds (ids as hex) (three queries)."""
    apart, ledger, found = set(without), booked_ledger(document), []
    awards = Award.objects.filter(household=household_id, reverses=None, reversed_by=None)
    for round, clause, points, day in awards.values_list("round", "clause", "points", "day"):
        if round.hex not in apart and ledger is not None:
            found.append(Given(day, clause, ledger, points * 1000))
    taken = Deduction.objects.filter(household=household_id, reverses=None, reversed_by=None)
    for round, clause, points, day in taken.values_list("round", "clause", "points", "day"):
        if round.hex not in apart and ledger is not None:
            found.append(Given(day, clause, ledger, -points * 1000))
    merits = Merit.objects.filter(household=household_id, reverses=None, reversed_by=None)
    for round, clause, own, milli, day in merits.values_list("round", "clause", "ledger", "milli", "day"):
        if round.hex not in apart:
            found.append(Given(day, clause, own, milli))
    return found


def counts_standing(household_id: UUID, version_id: UUID) -> dict[tuple[str, str], DeedCount]:
    """(deed as hex, ledger) → what it counts by the last counting, of the home's deeds under a version (one query)."""
    rows = DeedCount.objects.filter(deed__household=household_id, deed__version=version_id)
    return {(row.deed_id.hex, row.ledger): row for row in rows}


def outright_of(
    village_id: UUID, households: Collection[UUID], document: SchemeDocument, on: date
) -> dict[UUID, tuple[str, ...]]:
    """Household of a village → the stars that deeds hold it on, because they are not put right on that day (two queries; none where no
    deed of the scheme sets a star)."""
    rules = {rule.code: rule.direct for rule in document.deeds if rule.direct is not None}
    if not rules:
        return {}
    rows = Deed.objects.filter(village=village_id, item__in=list(rules), state=DeedState.CONFIRMED.value, day__lte=on)
    wanted = set(households)
    if len(households) == 1:
        rows = rows.filter(household__in=households)
    held = [row for row in rows if row.household_id in wanted]
    mended, disputed = _changes(held) if held else ({}, set())
    waits = document.answers.disputed == "waits"
    found: dict[UUID, tuple[str, ...]] = {}
    for row in held:
        star = rules[row.item]
        gone = (row.pk in mended and mended[row.pk] <= on) or (waits and row.pk in disputed)
        if star is not None and not gone:
            found[row.household_id] = (*found.get(row.household_id, ()), star)
    return found
