"""Cards: issued for a place, handed over one by one, lost and reissued, declined."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from courtyard.households.actions.choosing import keep_choices, keep_known
from courtyard.households.actions.handing import step_back
from courtyard.households.models import Card, Covenant, Household, Pin, PinTry
from courtyard.households.rules.pins import unfit_pin
from courtyard.households.rules.states import CardState, MessageConsent, Participation, RedNameConsent
from courtyard.households.sealing import sealed_pin
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import token, uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.places.queries import ids
from courtyard.records.guard import swap
from courtyard.records.journal import act


def _card(household: UUID, day: date) -> Card:
    return Card(id=uuid7(), household_id=household, token=token(), state=CardState.LIVE.value, issued=day)


def issue_cards(*, place: Place, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Issue a card to every household of a village or group that takes part and has none; returns how many.

    Refuses a town or county: cards are issued village by village.
    """
    refuse_if(may(by, "cards.issue", place.path))
    if place.village_id is None:
        refuse("households.cards_by_village", name=place.name)
    given = {"place": place.pk}
    with act(
        "households.issue_cards", by=by, at=at, chain=place.village_id, subject=place.pk, command=command, given=given
    ) as pen:
        if not pen.replayed:
            homes = Household.objects.filter(
                group__in=ids([place.path]), until=None, participation=Participation.TAKING_PART.value
            ).exclude(cards__state=CardState.LIVE.value)
            cards = [_card(home, day_of(at)) for home in homes.order_by("code").values_list("pk", flat=True)]
            Card.objects.bulk_create(cards)
            pen.answer = {"cards": len(cards)}
    return int(pen.answer["cards"])


def reissue_card(*, household: Household, by: Actor, at: datetime, command: UUID | None = None) -> Card:
    """Lost: the old card dies in the same moment, its PIN with it, and a new token is made. Short number stays."""
    refuse_if(may(by, "cards.issue", household.group.path))
    given = {"household": household.pk}
    with act(
        "households.reissue_card", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Card.objects.get(pk=pen.answer["card"])
        _may_hold(household.pk)
        lost = Card.objects.filter(household=household, state=CardState.LIVE.value)
        swap(lost, "households.no_card", state=CardState.LOST.value, ended=day_of(at))
        # Emptied, not deleted: the next PIN is a reset, else a loss would be the way round the second person.
        Pin.objects.filter(household=household).update(sealed="")
        card = _card(household.pk, day_of(at))
        card.save(force_insert=True)
        pen.answer = {"card": card.pk}
    return card


def hand_over_card(
    *,
    household: Household,
    by: Actor,
    at: datetime,
    pin: str = "",
    red_name: RedNameConsent | None = None,
    messages: MessageConsent | None = None,
    covenant: Covenant | None = None,
    command: UUID | None = None,
) -> Card:
    """Hand a card over against a signature: the household chooses its six-digit PIN (now, or a later day by the same
    act) and says where its name may stand on a red list, whether it wants messages, whether it was told of the covenant.

    The first day stands. Refuses a PIN too easy, a household without a card, a covenant of elsewhere, and a PIN where
    there was one before: that is a reset, which takes a second person.
    """
    refuse_if(may(by, "cards.issue", household.group.path))
    key_id, sealed = "", ""
    if pin:
        refuse_if(unfit_pin(pin, household.short))
        key_id, sealed = sealed_pin(household.pk, pin)
    if covenant is not None and covenant.place_id not in (household.village_id, household.town_id):
        refuse("households.other_covenant")
    given = {"household": household.pk, "pin": sealed, "red_name": red_name, "messages": messages,
             "covenant": covenant.pk if covenant else None}  # fmt: skip
    with act(
        "households.hand_over_card", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given=given, conflict="households.pin_stands",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Card.objects.get(pk=pen.answer["card"])
        _may_hold(household.pk)
        live = Card.objects.filter(household=household, state=CardState.LIVE.value)
        card = live.first() or refuse("households.no_card")
        if card.handed_over is None:
            swap(live.filter(pk=card.pk), "households.no_card", handed_over=day_of(at))
        if pin:
            if Pin.objects.filter(household=household).exists():
                refuse("households.pin_stands")
            Pin(household=household, sealed=sealed, key=key_id, set_at=at).save(force_insert=True)
            PinTry.objects.filter(subject=household.pk.hex).delete()
        keep_choices(pen, {household.pk: red_name} if red_name else {}, {household.pk: messages} if messages else {})
        if covenant is not None:
            keep_known(pen, covenant.pk, [household.pk], day_of(at))
        card.refresh_from_db()
        pen.answer = {"card": card.pk}
    return card


def _may_hold(household: UUID) -> None:
    home = Household.objects.filter(pk=household).values_list("until", "participation").get()
    if home[0] is not None:
        refuse("households.ended")
    if home[1] != Participation.TAKING_PART.value:
        refuse("households.not_taking_part")


def decline_card(*, household: Household, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """The household does not take part: its card dies, it is not rated, and it is never poor for that."""
    _participate(household, Participation.NOT_TAKING_PART, by, at, command)


def take_part(*, household: Household, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """A household that had declined takes part again; it gets a card with the next issue."""
    _participate(household, Participation.TAKING_PART, by, at, command)


def _participate(household: Household, wanted: Participation, by: Actor, at: datetime, command: UUID | None) -> None:
    refuse_if(may(by, "cards.issue", household.group.path))
    given = {"household": household.pk, "participation": wanted.value}
    with act(
        "households.participate", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given=given, pulls=True,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        if wanted is Participation.NOT_TAKING_PART:
            if not step_back(pen, [household.pk], day_of(at)):
                refuse("households.participation_stands")
        else:
            rows = Household.objects.filter(pk=household.pk).exclude(participation=wanted.value)
            swap(rows, "households.participation_stands", participation=wanted.value, changed=pen.number)
        pen.answer = {"participation": wanted.value}
