"""Reading ledgers that are only a standing: where homes stand on a day, and the records it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from courtyard.points.models import Merit
from courtyard.points.queries.sets import day, filled, key, owners, select, uuid
from courtyard.points.rules.standings import MeritDue

# A record counts to the end of its last day; what came after the day does not count yet. A record taken back counts as
# its reversal says: both stand on the same day, so they leave nothing.
_COUNTS = "m.day <= %s AND (m.until IS NULL OR m.until {than} %s)"
_OF_HOMES = """
SELECT m.household, SUM(m.milli) FROM {{given}} JOIN points_merit m ON m.household = given.owner
WHERE m.ledger = %s AND {counts} GROUP BY m.household
"""
_OF_VILLAGE = """
SELECT m.household, SUM(m.milli) FROM households_household h JOIN points_merit m ON m.household = h.id
WHERE h.village_id = %s AND m.ledger = %s AND {counts} GROUP BY m.household
"""
_BY_LEDGER = """
SELECT m.ledger, SUM(m.milli) FROM points_merit m WHERE m.household = %s AND {counts} GROUP BY m.ledger
"""
_LINES = """
SELECT m.ledger, m.clause, m.round, m.milli, m.day, m.until, CASE WHEN m.reverses_id IS NULL THEN 0 ELSE 1 END
FROM points_merit m WHERE m.household = %s ORDER BY m.day, m.id
"""


def _sql(text: str, *, evening: bool) -> str:
    return text.format(counts=_COUNTS.format(than=">" if evening else ">="))


def merits_of(households: Iterable[UUID], ledger: str, on: date, *, evening: bool = False) -> dict[UUID, int]:
    """Household → its standing in a ledger on a day, in thousandths, without what everybody begins with (one query).

    On the day itself what counts for the last time still counts; not in the `evening`, once the day is over. Homes
    without any record are absent."""
    rows = select(filled(_sql(_OF_HOMES, evening=evening), owner="uuid"), [owners(households), ledger, on, on])
    return {uuid(home): int(milli) for home, milli in rows}


def merits_in(village_id: UUID, ledger: str, on: date, *, evening: bool = False) -> dict[UUID, int]:
    """The same for all homes that are in a village now (one query)."""
    rows = select(_sql(_OF_VILLAGE, evening=evening), [key(village_id), ledger, on, on])
    return {uuid(home): int(milli) for home, milli in rows}


def standings_of(household_id: UUID, on: date) -> dict[str, int]:
    """Ledger → a home's standing in it, in thousandths, without what everybody begins with (one query)."""
    rows = select(_sql(_BY_LEDGER, evening=False), [key(household_id), on, on])
    return {ledger: int(milli) for ledger, milli in rows}


@dataclass(frozen=True)
class MeritLine:
    """One record of a home's standing, as its page tells it; `back`: it takes an earlier one back."""

    ledger: str
    clause: str
    round: UUID
    milli: int
    day: date
    until: date | None
    back: bool


def merit_lines(household_id: UUID) -> list[MeritLine]:
    """Every record of a home's standings, oldest first (one query)."""
    return [
        MeritLine(ledger, clause, uuid(round), int(milli), day(on), day(until) if until else None, bool(back))
        for ledger, clause, round, milli, on, until, back in select(_LINES, [key(household_id)])
    ]


def merit_turns(dues: Iterable[MeritDue]) -> dict[tuple[UUID, UUID, str, str], tuple[bool, int]]:
    """(round, household, ledger, clause) → whether it stands, and how often it was taken back (one query)."""
    rows = Merit.objects.filter(round__in={due.round for due in dues}, reverses=None)
    columns = ("round", "household", "ledger", "clause")
    counted = rows.values_list(*columns).annotate(n=Count("id"), back=Count("reversed_by"))
    return {(round, home, ledger, clause): (n > back, back) for round, home, ledger, clause, n, back in counted}


def standing_merits(household_id: UUID, rounds: Iterable[UUID]) -> list[Merit]:
    """A home's records of these rounds that nothing took back, in order (one query)."""
    rows = Merit.objects.filter(household=household_id, round__in=list(rounds), reverses=None, reversed_by=None)
    return list(rows.order_by("round", "ledger", "clause", "turn"))
