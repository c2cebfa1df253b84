"""A PIN set anew: the household is there and keys it in, one person asks, another of another duty or level does it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from courtyard.households.models import Card, Household, Pin, PinReset, PinTry
from courtyard.households.rules.pins import unfit_pin
from courtyard.households.rules.seconds import STOP_AFTER_RESET, granting, unfit_resetter
from courtyard.households.rules.states import CardState, PinResetState
from courtyard.households.sealing import sealed_pin
from courtyard.kernel.actors import Actor
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.queries import by_path
from courtyard.records.guard import swap
from courtyard.records.journal import act


def ask_pin_reset(
    *, household: Household, pin: str, present: bool, by: Actor, at: datetime, command: UUID | None = None
) -> PinReset:
    """Ask that a household's PIN be set anew: it is present and has keyed in the new one, which opens nothing yet.

    Refuses where the household is not there, an unfit PIN, a household that never had one (then it is set, not reset)
    or holds no card, and a second request while one waits.
    """
    path = household.group.path
    refuse_if(may(by, "cards.issue", path))
    if not present:
        refuse("households.household_not_there")
    refuse_if(unfit_pin(pin, household.short))
    duty = granting(by, "cards.issue", path)[0]
    key, sealed = sealed_pin(household.pk, pin)
    given = {"household": household.pk, "pin": sealed}
    with act(
        "households.ask_pin_reset", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given=given, conflict="households.reset_waits",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return PinReset.objects.get(pk=pen.answer["reset"])
        _holds_a_card(household.pk)
        if not Pin.objects.filter(household=household).exists():
            refuse("households.no_pin_yet")
        if PinReset.objects.filter(household=household, state=PinResetState.ASKED.value).exists():
            refuse("households.reset_waits")
        reset = PinReset(
            id=uuid7(), household=household, state=PinResetState.ASKED.value, sealed=sealed, key=key,
            duty=duty.kind.value, place=by_path(duty.path), asked_by=by.id, asked_at=at,
        )  # fmt: skip
        reset.save(force_insert=True)
        pen.answer = {"reset": reset.pk}
    return reset


def _holds_a_card(household: UUID) -> None:
    rows = Card.objects.filter(household=household, state=CardState.LIVE.value, household__until=None)
    if not rows.exclude(handed_over=None).exists():
        refuse("households.no_card")


def answer_pin_reset(
    *, reset: PinReset, confirmed: bool, by: Actor, at: datetime, command: UUID | None = None
) -> PinReset:
    """The second person sets the PIN anew, or does not; the household itself may say that it never asked.

    From that moment the new PIN opens the household's page, and its points rest for a day. Refuses the person who
    asked, one of the same duty at the same place, a household without a card, and what is decided already.
    """
    home = reset.household
    own: Any = by.kind == "household" and by.id == home.pk
    if not (own and not confirmed):
        refuse_if(may(by, "households.confirm", home.group.path))
        refuse_if(
            unfit_resetter(reset.asked_by, reset.duty, reset.place.path, by, "households.confirm", home.group.path)
        )
    new = (PinResetState.DONE if confirmed else PinResetState.REFUSED).value
    given = {"reset": reset.pk, "state": new}
    with act(
        "households.answer_pin_reset", by=by, at=at, chain=home.village_id, subject=home.pk, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if not pen.replayed:
            asked = PinReset.objects.filter(pk=reset.pk, state=PinResetState.ASKED.value)
            chosen = asked.values_list("sealed", "key").first()
            swap(asked, "households.reset_decided", state=new, sealed="", answered_by=by.id, answered_at=at)
            if confirmed and chosen:
                _holds_a_card(home.pk)
                Pin.objects.filter(household=home).update(
                    sealed=chosen[0], key=chosen[1], set_at=at, spend_from=at + STOP_AFTER_RESET
                )
                # Whoever forgot the PIN and tried too often may use the new one at once.
                PinTry.objects.filter(subject=home.pk.hex).delete()
            pen.answer = {"reset": reset.pk, "state": new}
    reset.refresh_from_db()
    return reset
