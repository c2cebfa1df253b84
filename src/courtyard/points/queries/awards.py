"""Reading awards: which wait (待发), what taken-back ones are still owed, what a year earned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from courtyard.places.models import Place
from courtyard.points.models import Award, Factor
from courtyard.points.queries.sets import day, filled, key, owners, owners_by_hex, select, uuid
from courtyard.points.rules.ledger import POINTS, AwardDue, Debt, Payable, Waiting
from courtyard.points.rules.shares import Share
from courtyard.points.rules.states import AccountKind

# Written out: only a literal cause lets SQLite use the partial index on a posting's award.
# What a round's factor took off an award does not wait; an award it took whole waits for nothing.
_WAITING = """
SELECT {{columns}} FROM {source} LEFT JOIN points_cut c ON c.award_id = a.id
WHERE {column} IN ({{of}}) AND a.reverses_id IS NULL AND (c.points IS NULL OR c.points < a.points)
AND NOT EXISTS (SELECT 1 FROM points_posting p WHERE p.award_id = a.id AND p.cause = 'award')
AND NOT EXISTS (SELECT 1 FROM points_award r WHERE r.reverses_id = a.id)
"""
# A village's waiting awards are those of its open grants, or a payment would look through its whole past.
_OF_VILLAGE = _WAITING.format(
    source="points_grant g JOIN points_award a ON a.entry = g.entry AND a.village = g.village", column="g.village"
)
_OF_HOME = _WAITING.format(source="points_award a", column="a.household")
_POINTS = "a.points - COALESCE(c.points, 0)"
_ALL = (
    _OF_VILLAGE.format(columns=f"a.id, a.household, a.round, a.clause, {_POINTS}, a.day", of="%s")
    + "ORDER BY a.day, a.id"
)
# Its own account by a look-up for each: joined, a database without statistics reads all accounts for every award.
_OWN = "(SELECT h.id FROM points_account h WHERE h.owner = a.household AND h.kind = %s AND h.ledger_id = %s)"
_PAYABLE = (
    _OF_VILLAGE.format(columns=f"a.id, a.household, a.round, {_POINTS}, CAST(a.day AS TEXT), {_OWN}", of="%s")
    + "ORDER BY a.day, a.id"
)
_BY_HOME = (
    _OF_HOME.format(columns=f"a.household, SUM({_POINTS})", of="SELECT owner FROM {given}")  # noqa: S608
    + "GROUP BY a.household"
)
_BY_VILLAGE = (
    _OF_VILLAGE.format(columns=f"a.village, SUM({_POINTS})", of="SELECT owner FROM {given}")  # noqa: S608
    + "GROUP BY a.village"
)
_SUM = f"COALESCE(SUM({_POINTS}), 0)"


def sum_in(village: str) -> str:
    """The statement that says how many points wait in a village, which is this expression."""
    return _OF_VILLAGE.format(columns=_SUM, of=village)


def sum_of(household: str) -> str:
    """The statement that says how many points wait for a household, which is this expression."""
    return _OF_HOME.format(columns=_SUM, of=household)


_DEBTS = """
SELECT r.id, r.household, paid.id, paid.credit_id, paid.debit_id, paid.points, r.round, r.day, paid.points - COALESCE((
  SELECT SUM(taken.points) FROM points_posting taken WHERE taken.award_id = r.id AND taken.cause = 'reversal'), 0)
FROM points_award r
JOIN points_posting paid ON paid.award_id = r.reverses_id AND paid.cause = 'award'
WHERE r.reverses_id IS NOT NULL AND r.household IN (SELECT owner FROM {given})
ORDER BY r.day, r.id
"""


def waiting_awards(village_id: UUID) -> list[Waiting]:
    """The village's awards that wait, oldest first (one query)."""
    return [
        Waiting(uuid(id), uuid(household), uuid(round), clause, int(points), day(then))
        for id, household, round, clause, points, then in select(_ALL, [key(village_id)])
    ]


def payable(village_id: UUID) -> list[Payable]:
    """The same as a payment needs them, ids as hex and days as ISO, each with its home's account (one query)."""
    rows = select(_PAYABLE, [AccountKind.HOUSEHOLD.value, POINTS, key(village_id)])
    if rows and isinstance(rows[0][0], UUID):
        return [
            Payable(id.hex, home.hex, round.hex, int(points), then, own) for id, home, round, points, then, own in rows
        ]
    return [Payable(*row) for row in rows]


def open_grants(village_id: UUID) -> list[int]:
    """The village's open grants (one query)."""
    return [int(id) for (id,) in select("SELECT id FROM points_grant WHERE village = %s", [key(village_id)])]


def waiting_of(households: Iterable[UUID]) -> dict[UUID, int]:
    """Household → points that wait (one query); those with none are absent."""
    found = select(filled(_BY_HOME, owner="uuid"), [owners(households)])
    return {uuid(household): int(points) for household, points in found}


def waiting_in(village_id: UUID) -> int:
    """Points that wait in the village (one query)."""
    return int(select(sum_in("%s"), [key(village_id)])[0][0])


def waiting_in_each(villages: Iterable[UUID]) -> dict[UUID, int]:
    """Village → points that wait in it (one query); those with none are absent."""
    found = select(filled(_BY_VILLAGE, owner="uuid"), [owners(villages)])
    return {uuid(village): int(points) for village, points in found}


def with_waiting(villages: QuerySet[Place]) -> QuerySet[Place]:
    """The same villages, each with the points that wait in it (`waiting`), without a query of its own."""
    one = sum_in('"places_place"."id"')
    return villages.annotate(waiting=RawSQL(one, [], output_field=BigIntegerField()))  # noqa: S611  # no input in it


def debts_of(households: Iterable[str]) -> list[Debt]:
    """What these households (ids as hex) still owe of awards taken back after they were spent, oldest first (one query)."""
    return [
        Debt(uuid(award), uuid(household), paid, account, budget, points, int(owed), uuid(round), day(then))
        for award, household, paid, account, budget, points, round, then, owed in select(
            filled(_DEBTS, owner="uuid"), [owners_by_hex(households)]
        )
        if owed
    ]


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


def earned_in(year: int) -> Coalesce:
    """Of a household row, by its `pk`: points earned in that year, paid or waiting, less those taken back."""
    own = Award.objects.filter(household=OuterRef("pk"), day__gte=date(year, 1, 1), day__lte=date(year, 12, 31))
    signed = Case(When(reverses=None, then=F("points")), default=-F("points"))
    return Coalesce(Subquery(own.order_by().values("household").annotate(n=Sum(signed)).values("n")), 0)


def turns_of(dues: Iterable[AwardDue]) -> dict[tuple[UUID, UUID, str], tuple[bool, int]]:
    """(round, household, clause) → whether it stands, and how often it was taken back, in these rounds (one query)."""
    rows = Award.objects.filter(round__in={due.round for due in dues}, reverses=None)
    counted = rows.values_list("round", "household", "clause").annotate(n=Count("id"), back=Count("reversed_by"))
    return {(round, home, clause): (n > back, back) for round, home, clause, n, back in counted}


def shares_of(rounds: Iterable[UUID]) -> dict[UUID, Share]:
    """Round → the factor it was paid by, for those that have one (one query)."""
    rows = Factor.objects.filter(round__in=list(rounds)).values_list("round", "budget", "needed")
    return {round: Share(budget, needed) for round, budget, needed in rows}


def standing_awards(household_id: UUID, rounds: Iterable[UUID]) -> list[Award]:
    """A household's awards of these rounds that nothing took back, in order of round, clause and turn (one query)."""
    rows = Award.objects.filter(household=household_id, round__in=list(rounds), reverses=None, reversed_by=None)
    return list(rows.order_by("round", "clause", "turn"))


def earned_lines(household_id: UUID, since: date) -> list[tuple[UUID, date, int]]:
    """(round or deed, day, points less those taken back) of everything a household earned since a day (one query)."""
    rows = Award.objects.filter(household=household_id, day__gte=since)
    signed = rows.values_list("round", "day").annotate(
        earned=Sum("points", filter=Q(reverses=None), default=0),
        taken=Sum("points", filter=Q(reverses__isnull=False), default=0),
    )
    return [(round, day, earned - taken) for round, day, earned, taken in signed.order_by("day", "round")]
