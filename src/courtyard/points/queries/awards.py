"""Reading awards: which wait (待发), what taken-back ones are still owed, what a year earned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from courtyard.points.models import Award
from courtyard.points.queries.sets import filled, key, owners, select, uuid
from courtyard.points.rules.ledger import Debt

# Written out: only a literal cause lets SQLite use the partial index on a posting's award.
_WAITING = """
SELECT {columns} FROM points_award a WHERE a.{column} IN ({of}) AND a.reverses_id IS NULL
AND NOT EXISTS (SELECT 1 FROM points_posting p WHERE p.award_id = a.id AND p.cause = 'award')
AND NOT EXISTS (SELECT 1 FROM points_award r WHERE r.reverses_id = a.id)
"""
_ALL = _WAITING.replace("{columns}", "a.*") + "ORDER BY a.day, a.id"
_BY_HOME = _WAITING.replace("{columns}", "a.household, SUM(a.points)") + "GROUP BY a.household"
_BY_VILLAGE = _WAITING.replace("{columns}", "a.village, SUM(a.points)") + "GROUP BY a.village"
_SUM = _WAITING.replace("{columns}", "COALESCE(SUM(a.points), 0)")
_DEBTS = """
SELECT r.id, r.household, paid.id, paid.credit_id, paid.debit_id, r.points, r.round, r.day, r.points - COALESCE((
  SELECT SUM(taken.points) FROM points_posting taken WHERE taken.award_id = r.id AND taken.cause = 'reversal'), 0)
FROM points_award r
JOIN points_posting paid ON paid.award_id = r.reverses_id AND paid.cause = 'award'
WHERE r.reverses_id IS NOT NULL AND r.household IN (SELECT owner FROM {given})
ORDER BY r.day, r.id
"""


def waiting_awards(village_id: UUID) -> list[Award]:
    """The village's awards that wait, oldest first (one query)."""
    return list(Award.objects.raw(_ALL.format(column="village", of="%s"), [key(village_id)]))


def waiting_awards_of(household_id: UUID) -> list[Award]:
    """The household's awards that wait, oldest first (one query)."""
    return list(Award.objects.raw(_ALL.format(column="household", of="%s"), [key(household_id)]))


def waiting_of(households: Iterable[UUID]) -> dict[UUID, int]:
    """Household → points that wait (one query); those with none are absent."""
    sql = filled(_BY_HOME.format(column="household", of="SELECT owner FROM {given}"), owner="uuid")
    return {uuid(household): int(points) for household, points in select(sql, [owners(households)])}


def waiting_in(village_id: UUID) -> int:
    """Points that wait in the village (one query)."""
    return int(select(_SUM.format(column="village", of="%s"), [key(village_id)])[0][0])


def waiting_in_each(villages: Iterable[UUID]) -> dict[UUID, int]:
    """Village → points that wait in it (one query); those with none are absent."""
    sql = filled(_BY_VILLAGE.format(column="village", of="SELECT owner FROM {given}"), owner="uuid")
    return {uuid(village): int(points) for village, points in select(sql, [owners(villages)])}


def debts_of(households: Iterable[UUID]) -> list[Debt]:
    """What these households still owe of awards taken back after they were spent, oldest first (one query)."""
    return [
        Debt(uuid(award), uuid(household), paid, account, budget, points, int(owed), uuid(round), _day(day))
        for award, household, paid, account, budget, points, round, day, owed in select(
            filled(_DEBTS, owner="uuid"), [owners(households)]
        )
        if owed
    ]


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def earned_this_year(household_ids: Iterable[UUID], year: int) -> dict[UUID, int]:
    """Household → points earned in that year, paid or waiting, less those taken back: what a yearly cap reads."""
    rows = (
        Award.objects.filter(household__in=list(household_ids), day__gte=date(year, 1, 1), day__lte=date(year, 12, 31))
        .values_list("household")
        .annotate(
            earned=Sum("points", filter=Q(reverses=None), default=0),
            taken=Sum("points", filter=Q(reverses__isnull=False), default=0),
        )
    )
    return {household: earned - taken for household, earned, taken in rows}
