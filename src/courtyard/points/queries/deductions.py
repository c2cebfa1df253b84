"""Reading what clauses took off points that can be spent."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count

from courtyard.points.models import Deduction
from courtyard.points.rules.standings import DeductionDue


def deduction_turns(dues: Iterable[DeductionDue]) -> dict[tuple[UUID, UUID, str], tuple[bool, int]]:
    """(round, household, clause) → whether it stands, and how often it was given back, in these rounds (one query)."""
    rows = Deduction.objects.filter(round__in={due.round for due in dues}, reverses=None)
    counted = rows.values_list("round", "household", "clause").annotate(n=Count("id"), back=Count("reversed_by"))
    return {(round, home, clause): (n > back, back) for round, home, clause, n, back in counted}


def standing_deductions(household_id: UUID, rounds: Iterable[UUID]) -> list[Deduction]:
    """What clauses of these rounds took off a home and nothing gave back, in order (one query)."""
    rows = Deduction.objects.filter(household=household_id, round__in=list(rounds), reverses=None, reversed_by=None)
    return list(rows.order_by("round", "clause", "turn"))
