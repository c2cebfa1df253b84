"""What a household chooses for itself: its name on the red list, messages, the covenant it was told of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from courtyard.households.models import Covenant, CovenantKnown, Household
from courtyard.households.rules.states import MessageConsent, RedNameConsent
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.records.journal import Pen, act


def _may_choose(household: Household, by: Actor) -> None:
    """The household itself may, or whoever hands out cards writes it down for it."""
    own: Any = by.kind == "household" and by.id == household.pk
    if not own:
        refuse_if(may(by, "cards.issue", household.group.path))


def consent_red_name(
    *, household: Household, red_name: RedNameConsent, by: Actor, at: datetime, command: UUID | None = None
) -> None:
    """Say where a household's name may stand on a red list; the household itself may, or whoever hands out cards."""
    _may_choose(household, by)
    given = {"household": household.pk, "red_name": red_name.value}
    with act(
        "households.consent_red_name", by=by, at=at, chain=household.village_id, subject=household.pk,
        command=command, given=given,
    ) as pen:  # fmt: skip
        if not pen.replayed:
            keep_choices(pen, red_names={household.pk: red_name})
            pen.answer = {"red_name": red_name.value}


def consent_messages(
    *, household: Household, messages: MessageConsent, by: Actor, at: datetime, command: UUID | None = None
) -> None:
    """Say whether a household wants messages; the household itself may, or whoever hands out cards."""
    _may_choose(household, by)
    given = {"household": household.pk, "messages": messages.value}
    with act(
        "households.consent_messages", by=by, at=at, chain=household.village_id, subject=household.pk,
        command=command, given=given,
    ) as pen:  # fmt: skip
        if not pen.replayed:
            keep_choices(pen, messages={household.pk: messages})
            pen.answer = {"messages": messages.value}


def know_covenant(
    *, household: Household, covenant: Covenant, by: Actor, at: datetime, command: UUID | None = None
) -> None:
    """Note that a household was told of this version (知晓); said twice it stands once. Nothing depends on it.

    Refuses a covenant of another place.
    """
    _may_choose(household, by)
    if covenant.place_id not in (household.village_id, household.town_id):
        refuse("households.other_covenant")
    given = {"household": household.pk, "covenant": covenant.pk}
    with act(
        "households.know_covenant", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if not pen.replayed:
            keep_known(pen, covenant.pk, [household.pk], day_of(at))
            pen.answer = {"covenant": covenant.pk}


def keep_choices(
    pen: Pen,
    red_names: Mapping[UUID, RedNameConsent] | None = None,
    messages: Mapping[UUID, MessageConsent] | None = None,
) -> None:
    """Part: what these households chose, one statement a choice."""
    for field, chosen in (("red_name", red_names or {}), ("messages", messages or {})):
        for value in sorted({choice.value for choice in chosen.values()}):
            homes = [home for home, choice in chosen.items() if choice.value == value]
            Household.objects.filter(pk__in=homes).update(**{field: value})


def keep_known(pen: Pen, covenant: UUID, households: Iterable[UUID], day: date) -> None:
    """Part: these households were told of this version that day; who was told before keeps the first day."""
    rows = [CovenantKnown(covenant_id=covenant, household_id=home, day=day) for home in households]
    CovenantKnown.objects.bulk_create(rows, ignore_conflicts=True)
