"""What the ends of days have taken of a home's points and nobody has booked yet, and what will fall next (D12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Subquery
from django.db.models.expressions import BaseExpression

from courtyard.inspections.rules.ledgers import Scheme, next_reset, resets_between
from courtyard.places.models import Place
from courtyard.points.models import Evening, Term
from courtyard.points.queries.lots import accounts_of, settled_through
from courtyard.points.rules.lots import Fall, Lots, falls, lots_of
from courtyard.points.rules.standings import ResetDue, falls_by
from courtyard.rating.models import Adoption
from courtyard.rating.queries import adopted_for, schemes_of

# How far back a village whose evenings were never booked is looked at: resets fall every year.
FIRST_LOOK = 366


@dataclass(frozen=True)
class NextFall:
    """The next day at whose end points of a home go, how many as it stands now, and whether a reset takes them."""

    day: date
    points: int
    reset: bool


@dataclass(frozen=True)
class Ahead:
    """Points of a home that days took which are not booked yet, and what goes next (None: nothing ever does)."""

    fallen: int = 0
    next: NextFall | None = None


def yesterday(today: date) -> date:
    """The last day that is over."""
    return today - timedelta(days=1)


def resets_due(village: Place, settled: date | None, through: date, scheme: Scheme | None = None) -> list[ResetDue]:
    """The resets of a village's schemes since its last booked evening (one query)."""
    since = settled or through - timedelta(days=FIRST_LOOK)
    if since >= through:
        return []
    return resets_between(scheme or schemes_of([village])[village.pk], since, through)


def due_resets(village: Place, through: date) -> list[ResetDue]:
    """The same, asked without knowing up to where its evenings are booked (two queries)."""
    return resets_due(village, settled_through(village.pk), through)


@dataclass(frozen=True)
class Read:
    """What was read of a home's village: its schemes, up to where its evenings are booked, whether anything of the home
    ever lapses; `more`: what else was asked (nothing where the village never had a scheme)."""

    scheme: Scheme
    settled: date | None
    lapses: bool
    more: Mapping[str, Any] = field(default_factory=dict)


def read_for(village: Place, household_id: UUID, **more: BaseExpression) -> Read:
    """What both questions below are answered from, and whether there is `more` of what a page asks (one query)."""
    settled = Evening.objects.filter(village=village.pk).values("day")
    lapses = Term.objects.filter(award__household=household_id, until__isnull=False)
    rows = list(adopted_for([village]).annotate(settled=Subquery(settled), lapses=Exists(lapses), **more))
    told = {name: getattr(rows[0], name) for name in ("settled", "lapses", *more)} if rows else {}
    settled_on, ever = told.pop("settled", None), told.pop("lapses", False)
    return Read(schemes_of([village], rows)[village.pk], settled_on, ever, told)


def fallen_of(village: Place, household_id: UUID, today: date, known: Read | None = None) -> int:
    """Points of a home that earlier days took and that are not booked yet (one query, rarely two)."""
    through, read = yesterday(today), known or read_for(village, household_id)
    if read.settled is not None and read.settled >= through:
        return 0
    resets = [one for one in resets_due(village, read.settled, through, read.scheme) if one.spendable]
    return sum(fall.points for fall in _falls(household_id, resets, through)) if resets or read.lapses else 0


def ahead(village: Place, household_id: UUID, today: date, known: Read | None = None) -> Ahead:
    """What a home's earlier days took that is not booked yet, and what goes next, as it stands now (one query; one more
    where anything of it ever goes)."""
    read, through = known or read_for(village, household_id), yesterday(today)
    over = read.settled is not None and read.settled >= through
    due = [] if over else [row for row in resets_due(village, read.settled, through, read.scheme) if row.spendable]
    reset = next_reset(read.scheme, today)
    if not (due or reset or read.lapses):
        return Ahead()
    bookings = [line for one in accounts_of([household_id]) for line in one.bookings]
    gone = 0 if over else sum(fall.points for fall in falls(bookings, due, through))
    lots = lots_of(bookings)
    lots.draw(max(0, gone - lots.lapse(through)))
    return Ahead(gone, _nearest(lots, reset))


def _falls(household_id: UUID, resets: Sequence[ResetDue], through: date) -> list[Fall]:
    return [fall for one in accounts_of([household_id]) for fall in falls(one.bookings, resets, through)]


def _nearest(lots: Lots, reset: ResetDue | None) -> NextFall | None:
    lapsing = lots.nearest()
    taken = 0
    if reset is not None:
        taken = falls_by(lots.points - lots.lapsing(reset.day), reset.keep_share_milli, 1)
    if lapsing is not None and (reset is None or not taken or lapsing[0] <= reset.day):
        return NextFall(*lapsing, reset=False)
    return NextFall(reset.day, taken, reset=True) if reset is not None and taken else None


def begun(villages: Iterable[Place]) -> list[Place]:
    """Those of these villages that ever adopted a scheme, themselves or by their town, in the order given (one query)."""
    wanted = list(villages)
    near = {step for row in wanted for step in (row.pk, row.town_id) if step}
    adopted = set(Adoption.objects.filter(place__in=near).values_list("place", flat=True))
    return [row for row in wanted if row.pk in adopted or row.town_id in adopted]
