"""Reading people: an account as an actor, who has a duty where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from courtyard.kernel import actors
from courtyard.kernel.actors import Actor, DutyKind
from courtyard.kernel.problems import refuse
from courtyard.people.models import Account, Duty
from courtyard.places.queries import line_at, within


def duties_in_force(on: date) -> QuerySet[Duty]:
    return Duty.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on).select_related("place")


def actor_of(account: Account, on: date) -> Actor:
    """The account as an actor with the duties in force that day (one query)."""
    rows = duties_in_force(on).filter(account=account) if account.is_active else []
    duties = tuple(actors.Duty(DutyKind(row.kind), row.place.path) for row in rows)
    return Actor(account.pk, "terminal" if account.terminal else "account", account.name, duties)


def acting(account: Account, on: date) -> tuple[Actor, str | None]:
    """The same, and whom to complain to where the first of these duties lies; None without a duty (one query)."""
    rows = duties_in_force(on).filter(account=account, account__is_active=True)
    found = list(rows.values_list("kind", "place__path", line_at("place")))
    duties = tuple(actors.Duty(DutyKind(kind), path) for kind, path, _ in found)
    actor = Actor(account.pk, "terminal" if account.terminal else "account", account.name, duties)
    return actor, found[0][2] if found else None


def actor_named(username: str, on: date) -> Actor:
    """The actor with this log-in name. Refuses people.unknown."""
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        refuse("people.unknown", username=username)
    return actor_of(account, on)


def actor_with_id(id: UUID, on: date) -> Actor:
    """The actor of this account, for work that was put off by it. Refuses people.unknown."""
    account = Account.objects.filter(pk=id, is_active=True).first()
    if account is None:
        refuse("people.unknown", username=str(id))
    return actor_of(account, on)


def with_duty(areas: Iterable[str], kind: DutyKind, on: date) -> QuerySet[Duty]:
    """Duties of this kind in force within areas, with their accounts, in order of place and name."""
    return with_duties(areas, [kind], on)


def with_duties(areas: Iterable[str], kinds: Iterable[DutyKind], on: date) -> QuerySet[Duty]:
    """Duties of these kinds in force within areas, with their accounts, in order of place and name."""
    wanted = [kind.value for kind in kinds]
    rows = duties_in_force(on).filter(within(areas, "place__path"), kind__in=wanted, account__is_active=True)
    return rows.select_related("account", "place").order_by("place__path", "account__username")


def names(ids: Iterable[object]) -> dict[object, str]:
    """Account id → name (one query)."""
    return dict(Account.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def duties_within(areas: Iterable[str], on: date) -> QuerySet[Duty]:
    """Every duty in force within areas with its account, in order of places, kinds and names."""
    rows = duties_in_force(on).filter(within(areas, "place__path"), account__is_active=True, account__terminal=False)
    return rows.select_related("account", "place__parent").order_by("place__path", "kind", "account__username")
