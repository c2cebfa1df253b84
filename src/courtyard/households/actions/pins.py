"""Opening a household's page or account by card or short number and PIN; tries are counted before they are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import F

from courtyard.households.models import Card, Household, Pin, PinTry
from courtyard.households.queries.cards import household_actor
from courtyard.households.rules.pins import TRIES_A_DAY, TRIES_A_DEVICE, locked
from courtyard.households.rules.states import CardState
from courtyard.households.sealing import same_pin
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import short_number_is_sound
from courtyard.kernel.problems import refuse
from courtyard.places.queries import county
from courtyard.records.journal import act

# Whoever stands before a PIN field: nobody yet.
STRANGER = Actor(UUID(int=0), "stranger", "", ())
UNKNOWN = "unknown"
_NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Opened:
    """What the right PIN opens: the household, its live card, and the actor it becomes."""

    household: Household
    card: UUID
    actor: Actor


def check_pin(
    *, pin: str, device: str, by: Actor = STRANGER, at: datetime, token: str = "", short: str = "",
    town: UUID | None = None, command: UUID | None = None,
) -> Opened:  # fmt: skip
    """Open by card token or short number (in `town` where the county has several) and PIN.

    Unknown number, wrong PIN and locked are refused alike (households.pin_refused): 5 tries a device and household a
    day, 20 a household a day. `device` is the door's own mark of the phone or counter.
    """
    household, card = _whose(token, short, town)
    subject, day = household.pk.hex if household else UNKNOWN, day_of(at)
    if locked(_tries(subject, device, day), _tries(subject, "", day) if household else 0):
        refuse("households.pin_refused")
    chain = household.village_id if household else _county()
    right = False
    with act("households.try_pin", by=by, at=at, chain=chain, subject=subject, command=command) as pen:
        # Counted first, by compare and swap: a hundred tries at once are still only five.
        counted = not pen.replayed and _count(subject, device, day, TRIES_A_DEVICE)
        if counted and household:
            counted = _count(subject, "", day, TRIES_A_DAY)
        sealed = Pin.objects.filter(household=household).values_list("sealed", flat=True).first() if household else ""
        right = same_pin(household.pk if household else _NOBODY, pin, sealed or "") and counted and card is not None
        if right:
            tries = PinTry.objects.filter(subject=subject, day=day)
            mine = tries.filter(device=device)
            wrong = mine.values_list("tries", flat=True).get()
            mine.update(tries=0)
            tries.filter(device="").update(tries=F("tries") - wrong)
        pen.answer = {"right": right}
    if not right or household is None or card is None:
        refuse("households.pin_refused")
    return Opened(household, card, household_actor(household))


def _whose(token: str, short: str, town: UUID | None) -> tuple[Household | None, UUID | None]:
    live = Card.objects.filter(state=CardState.LIVE.value, household__until=None).select_related("household__group")
    if token:
        found = list(live.filter(token=token)[:1])
    elif short_number_is_sound(short):
        rows = live.filter(household__short=short)
        found = list((rows.filter(household__town=town) if town else rows)[:2])
    else:
        found = []
    # A short number is unique in its town only: two towns' households of one number open nothing without the town.
    return (found[0].household, found[0].pk) if len(found) == 1 else (None, None)


def _county() -> UUID:
    place = county()
    return place.pk if place else _NOBODY


def _tries(subject: str, device: str, day: date) -> int:
    row = PinTry.objects.filter(subject=subject, device=device[:64], day=day).values_list("tries", flat=True).first()
    return row or 0


def _count(subject: str, device: str, day: date, most: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO households_pintry (subject, device, day, tries) VALUES (%s, %s, %s, 0) ON CONFLICT DO NOTHING",
            [subject, device[:64], day],
        )
    rows = PinTry.objects.filter(subject=subject, device=device[:64], day=day, tries__lt=most)
    return rows.update(tries=F("tries") + 1) == 1
