"""Keeping accounts and duties."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from courtyard.kernel import actors
from courtyard.kernel.actors import Actor, DutyKind
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean, unfit
from courtyard.people.models import Account, Duty
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records.guard import swap
from courtyard.records.journal import act

TERMINAL = "terminal"


def open_terminal(*, county_name: str, at: datetime, by: Actor | None = None) -> Actor:
    """The operator's own account, shown as 终端: made with the county on first use, by itself; after that returned."""
    from courtyard.people.queries import actor_of
    from courtyard.places.actions import found_county

    account = Account.objects.filter(username=TERMINAL).first()
    if account is None:
        account = Account(id=uuid7(), username=TERMINAL, name="终端", terminal=True, password="!")  # noqa: S106
        root = by or Actor(account.id, "terminal", "终端", (actors.Duty(DutyKind.OPERATOR, ""),))
        county = found_county(name=county_name, by=root, at=at)
        duty = Duty(id=uuid7(), account=account, kind=DutyKind.OPERATOR.value, place=county, since=date(2000, 1, 1))
        with act("people.open_terminal", by=root, at=at, chain=county.id, subject=account.id):
            account.save(force_insert=True)
            duty.save(force_insert=True)
    return actor_of(account, day_of(at))


def make_account(
    *, username: str, name: str, password: str, place: Place, by: Actor, at: datetime, command: UUID | None = None
) -> Account:
    """Make an account for a person; `place` is where it is kept. Refuses a taken name and a weak password."""
    refuse_if(may(by, "people.keep", place.path))
    username, name = clean(username).lower(), clean(name)
    if not username or not username.replace("_", "").replace("-", "").isalnum() or not username.isascii():
        refuse("people.unfit_username", username=username)
    refuse_if(unfit(name, most=40, field="姓名"))
    if not name:
        refuse("people.no_name")
    if Account.objects.filter(username=username).exists():
        refuse("people.username_taken", username=username)
    try:
        validate_password(password)
    except ValidationError:
        refuse("people.weak_password")
    account = Account(id=uuid7(), username=username, name=name, password=make_password(password))
    with act("people.make_account", by=by, at=at, chain=place.village_id or place.pk, command=command) as pen:
        if not pen.replayed:
            account.save(force_insert=True)
            pen.answer = {"account": account.pk}
    return account


def give_duty(
    *, account: Account, kind: DutyKind, place: Place, by: Actor, at: datetime, command: UUID | None = None
) -> Duty:
    """Give a person a duty at a place from that day. Refuses one that is held already, and a householder's."""
    refuse_if(may(by, "people.keep", place.path))
    if kind in (DutyKind.HOUSEHOLDER, DutyKind.OPERATOR):
        refuse("people.duty_not_given", kind=kind.label)
    if Duty.objects.filter(account=account, kind=kind.value, place=place, until=None).exists():
        refuse("people.duty_held", name=account.name, kind=kind.label)
    duty = Duty(id=uuid7(), account=account, kind=kind.value, place=place, since=day_of(at))
    chain = place.village_id or place.pk
    with act("people.give_duty", by=by, at=at, chain=chain, subject=account.pk, command=command) as pen:
        if not pen.replayed:
            duty.save(force_insert=True)
    return duty


def end_duty(*, duty: Duty, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """End a duty that day; the person's sessions lose it with the next click."""
    refuse_if(may(by, "people.keep", duty.place.path))
    chain = duty.place.village_id or duty.place.pk
    with act("people.end_duty", by=by, at=at, chain=chain, subject=duty.account_id, command=command) as pen:
        if not pen.replayed:
            swap(Duty.objects.filter(pk=duty.pk, until=None), "people.duty_ended", until=day_of(at))
