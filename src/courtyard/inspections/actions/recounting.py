"""Counting a home's deeds anew inside an act: what each counts by its scheme, all of them together, whatever the order in
which they were written down; only what differs from before is given, taken off or taken back (decision 0026).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from courtyard.inspections.models import Deed, DeedCount
from courtyard.inspections.queries.deed_counts import counts_standing, deeds_told, given_else
from courtyard.inspections.rules.deeds import clause_of
from courtyard.kernel.days import day_of
from courtyard.points.actions.amending import amend
from courtyard.points.actions.deducting import deduct, give_back_deductions
from courtyard.points.actions.merits import merit, take_back
from courtyard.points.queries.deductions import standing_deductions
from courtyard.points.queries.merits import merits_of, standing_merits
from courtyard.points.rules.ledger import AwardDue
from courtyard.points.rules.standings import DeductionDue, MeritDue
from courtyard.rating.models import SchemeVersion
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.home_deeds import Count, counts
from courtyard.records.journal import Pen

# What is kept of a deed's count in a ledger, by the same names on both sides.
COUNTED = ("milli", "cut_milli", "cut_by", "why", "day", "until")


def recount(pen: Pen, village_id: UUID, household_id: UUID, version: SchemeVersion) -> None:
    """Let the home's deeds under a version count what the scheme's engine says of all of them together.

    Points to be spent wait for the village's budget like any others; what is taken off never takes more than the home
    has; what was given and is no longer due returns as far as it is there, the rest is owed."""
    document = document_of(version)
    told = deeds_told(household_id, version.pk, document)
    found = counts(document, told, given_else(household_id, document, (one.key for one in told)))
    _settle(pen, village_id, household_id, version.pk, document, found)


def _settle(
    pen: Pen,
    village_id: UUID,
    household_id: UUID,
    version_id: UUID,
    document: SchemeDocument,
    found: Sequence[Count],
) -> None:
    """Write down what the deeds count now, and book what differs from before."""
    standing = counts_standing(household_id, version_id)
    now = {(one.key, one.ledger): one for one in found}
    gone = [row for key, row in standing.items() if key not in now and (row.milli or row.cut_milli)]
    changed = [one for key, one in now.items() if key not in standing or _differs(standing[key], one)]
    if not gone and not changed:
        return
    _clear(DeedCount.objects.filter(pk__in=[row.pk for row in gone]), [row.deed_id for row in gone])
    for one in changed:
        _keep(one)
    _said(document, changed)
    moved = {UUID(one.key) for one in changed} | {row.deed_id for row in gone}
    dues = [one for one in found if UUID(one.key) in moved and one.milli]
    _book(pen, village_id, household_id, document, sorted(moved), dues)


def undo(pen: Pen, deed: Deed, document: SchemeDocument) -> None:
    """Take back what one deed did, whatever the others count (engine 1 lets each stand alone)."""
    _clear(DeedCount.objects.filter(deed=deed.pk), [deed.pk])
    _book(pen, deed.village_id, deed.household_id, document, [deed.pk], [])


def _clear(rows: QuerySet[DeedCount], deeds: Sequence[UUID]) -> None:
    """Let these rows and their deeds count nothing."""
    rows.update(milli=0, cut_milli=0, cut_by="", why="", until=None)
    Deed.objects.filter(pk__in=deeds).update(points=0, cut=0)


def _differs(row: DeedCount, one: Count) -> bool:
    return any(getattr(row, name) != getattr(one, name) for name in COUNTED)


def _keep(one: Count) -> None:
    fields = {name: getattr(one, name) for name in COUNTED}
    DeedCount.objects.update_or_create(deed_id=UUID(one.key), ledger=one.ledger, defaults=fields)


def _said(document: SchemeDocument, changed: Sequence[Count]) -> None:
    """Write on each deed what it counts in its own ledger, in whole points towards 0."""
    own = {rule.code: rule.ledger for rule in document.deeds}
    items = dict(Deed.objects.filter(pk__in={UUID(one.key) for one in changed}).values_list("pk", "item"))
    for one in changed:
        if own.get(items[UUID(one.key)]) == one.ledger:
            cut = abs(one.cut_milli) // 1000
            Deed.objects.filter(pk=UUID(one.key)).update(points=_whole(one.milli), cut=cut)


def _whole(milli: int) -> int:
    return abs(milli) // 1000 * (1 if milli >= 0 else -1)


def _book(
    pen: Pen, village_id: UUID, household_id: UUID, document: SchemeDocument, moved: Sequence[UUID], dues: list[Count]
) -> None:
    """Give back what is no longer taken off, then what is given, then what is taken off now, by order of days."""
    items = dict(Deed.objects.filter(pk__in=moved).values_list("pk", "item"))
    spendable = {ledger.code for ledger in document.ledgers if ledger.spendable}
    give_back_deductions(pen, standing_deductions(household_id, moved))
    take_back(pen, standing_merits(household_id, moved))
    given = [one for one in dues if one.milli > 0 and one.ledger in spendable]
    awards = [AwardDue(household_id, *_named(one, items), one.milli // 1000, one.day, one.until) for one in given]
    amend(pen, village_id, household_id, moved, awards, day_of(pen.at))
    _merits(pen, village_id, household_id, document, [one for one in dues if one.ledger not in spendable], items)
    taken = [one for one in dues if one.milli < 0 and one.ledger in spendable]
    deduct(
        pen,
        village_id,
        [DeductionDue(household_id, *_named(one, items), -one.milli // 1000, one.day) for one in taken],
    )


def _named(one: Count, items: dict[UUID, str]) -> tuple[UUID, str]:
    deed = UUID(one.key)
    return deed, clause_of(items[deed])


def _merits(
    pen: Pen,
    village_id: UUID,
    household_id: UUID,
    document: SchemeDocument,
    dues: Iterable[Count],
    items: dict[UUID, str],
) -> None:
    """What counts in a ledger that is only a standing; where it stops at 0, no more is taken than stands there."""
    plus: list[MeritDue] = []
    minus: list[MeritDue] = []
    for one in dues:
        row = MeritDue(household_id, *_in(one, items), one.milli, one.day, one.until)
        (plus if one.milli > 0 else minus).append(row)
    merit(pen, village_id, plus)
    for row in minus:
        merit(pen, village_id, [one for one in [_floored(document, row, day_of(pen.at))] if one.milli])


def _in(one: Count, items: dict[UUID, str]) -> tuple[UUID, str, str]:
    deed, clause = _named(one, items)
    return deed, one.ledger, clause


def _floored(document: SchemeDocument, row: MeritDue, today: date) -> MeritDue:
    ledger = document.ledger(row.ledger)
    if ledger.negative != "floor":
        return row
    stands = min(
        ledger.base_milli + merits_of([row.household], row.ledger, on).get(row.household, 0) for on in {row.day, today}
    )
    return row._replace(milli=-min(-row.milli, max(0, stands)))
