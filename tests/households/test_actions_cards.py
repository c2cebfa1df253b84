"""Cards and PINs: issued, handed over, lost, declined, tried. One test a refusal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.households.hands import asked
from tests.worlds import AT, World, home

from courtyard.households import actions, queries
from courtyard.households.models import Card, Care, Household, Pin, PinTry
from courtyard.households.rules.answers import Answer
from courtyard.households.rules.states import CareKind, QuestionKind, RedNameConsent
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.records.models import Entry

pytestmark = pytest.mark.django_db
PIN = "135790"


def card(world: World, household: Household, pin: str = PIN) -> Card:
    actions.issue_cards(place=world["WD/01"], by=world.actor("cadre"), at=AT)
    return actions.hand_over_card(household=household, pin=pin, by=world.actor("cadre"), at=AT)


def reset(world: World, household: Household, pin: str) -> None:
    asked = actions.ask_pin_reset(household=household, pin=pin, present=True, by=world.actor("cadre"), at=AT)
    actions.answer_pin_reset(reset=asked, confirmed=True, by=world.actor("clerk"), at=AT)


def opened(**by: Any) -> Any:
    return actions.check_pin(**{"pin": PIN, "device": "phone", "at": AT, **by})


# Cards -----------------------------------------------------------------------------------------------------------


def test_cards_are_issued_once_to_who_takes_part(world: World, chen: Household) -> None:
    away = home(world, "WD/01/G02", "0102001", "李想")
    actions.decline_card(household=away, by=world.actor("cadre"), at=AT)
    assert actions.issue_cards(place=world["WD/01"], by=world.actor("cadre"), at=AT) == 1
    assert actions.issue_cards(place=world["WD/01"], by=world.actor("cadre"), at=AT) == 0
    [one] = queries.live_cards(["WD/01"])
    assert one.household == chen and len(one.token) == 26 and one.token.isascii()
    actions.take_part(household=away, by=world.actor("cadre"), at=AT)
    assert actions.issue_cards(place=world["WD/01/G02"], by=world.actor("cadre"), at=AT) == 1


def test_cards_are_issued_village_by_village(world: World) -> None:
    with pytest.raises(Refused, match="households.cards_by_village"):
        actions.issue_cards(place=world["WD"], by=world.actor("clerk"), at=AT)


def test_a_lost_card_is_dead_at_once_and_its_pin_with_it(world: World, chen: Household) -> None:
    old = card(world, chen)
    session = opened(token=old.token)
    [home, _] = queries.household_of_session(chen.pk, session.card)  # type: ignore[misc]
    assert queries.household_actor(home) == session.actor
    new = actions.reissue_card(household=chen, by=world.actor("cadre"), at=AT)
    assert new.token != old.token and queries.by_token(old.token) is None
    assert queries.by_token(new.token) == new == queries.live_card(chen.pk)
    assert queries.household_of_session(chen.pk, session.card) is None
    for given in ({"token": old.token}, {"token": new.token}, {"short": chen.short}):
        with pytest.raises(Refused, match="households.pin_refused"):
            opened(**given)
    with pytest.raises(Refused, match="households.pin_stands"):
        actions.hand_over_card(household=chen, pin="864201", by=world.actor("cadre"), at=AT)
    actions.hand_over_card(household=chen, by=world.actor("cadre"), at=AT)
    reset(world, chen, "864201")
    assert opened(token=new.token, pin="864201", device="other").household == chen


def test_reissuing_needs_a_card(world: World, chen: Household) -> None:
    with pytest.raises(Refused, match="households.no_card"):
        actions.reissue_card(household=chen, by=world.actor("cadre"), at=AT)
    with pytest.raises(Refused, match="households.no_card"):
        actions.hand_over_card(household=chen, pin=PIN, by=world.actor("cadre"), at=AT)


def test_a_pin_is_six_digits_and_not_too_plain(world: World, chen: Household) -> None:
    for pin, code in (("12345", "pin_shape"), ("111111", "pin_too_plain"), (chen.short, "pin_too_plain")):
        with pytest.raises(Refused, match=code):
            card(world, chen, pin)
    card(world, chen)
    assert PIN not in Pin.objects.get().sealed


def test_who_declines_holds_no_card_and_is_not_rated(world: World, chen: Household) -> None:
    old, by = card(world, chen), world.actor("cadre")
    actions.decline_card(household=chen, by=by, at=AT)
    assert queries.by_token(old.token) is None and Pin.objects.get().sealed == ""
    assert list(queries.rated_homes("WD/01")) == []
    with pytest.raises(Refused, match="households.participation_stands"):
        actions.decline_card(household=chen, by=by, at=AT)
    with pytest.raises(Refused, match="households.not_taking_part"):
        actions.hand_over_card(household=chen, pin=PIN, by=by, at=AT)
    with pytest.raises(Refused, match="households.not_taking_part"):
        actions.reissue_card(household=chen, by=by, at=AT)


def test_an_ended_household_gets_no_card(world: World, chen: Household) -> None:
    by = world.actor("cadre")
    old = card(world, chen)
    actions.answer_question(question=asked(world, chen, QuestionKind.VANISHED), answer=Answer.GONE, by=by, at=AT)
    with pytest.raises(Refused, match="households.ended"):
        actions.reissue_card(household=chen, by=by, at=AT)
    assert queries.by_token(old.token) is None
    with pytest.raises(Refused, match="households.pin_refused"):
        opened(token=old.token)


def test_the_household_says_itself_where_its_name_may_stand(world: World, chen: Household) -> None:
    actor = queries.household_actor(chen)
    actions.consent_red_name(household=chen, red_name=RedNameConsent.WIDE, by=actor, at=AT)
    chen.refresh_from_db()
    assert chen.red_name == "wide"
    other = home(world, "WD/01/G01", "0101002", "李想")
    with pytest.raises(Refused, match="people.not_allowed"):
        actions.consent_red_name(household=other, red_name=RedNameConsent.WIDE, by=actor, at=AT)


def test_consent_is_asked_when_the_card_is_handed_over(world: World, chen: Household) -> None:
    actions.issue_cards(place=world["WD/01"], by=world.actor("cadre"), at=AT)
    command = uuid7()
    given: dict[str, Any] = {"household": chen, "pin": PIN, "red_name": RedNameConsent.BOARD, "command": command}
    one = actions.hand_over_card(**given, by=world.actor("cadre"), at=AT)
    assert actions.hand_over_card(**given, by=world.actor("cadre"), at=AT) == one
    chen.refresh_from_db()
    assert (chen.red_name, one.handed_over) == ("board", day_of(AT))


# PINs ------------------------------------------------------------------------------------------------------------


def test_the_right_pin_opens_by_token_or_short_number(world: World, chen: Household) -> None:
    one = card(world, chen)
    for given in ({"token": one.token}, {"short": chen.short}, {"short": chen.short, "town": world["WD"].pk}):
        found = opened(**given)
        assert (found.household, found.card) == (chen, one.pk)
        assert [(duty.kind, duty.path) for duty in found.actor.duties] == [("householder", "WD/01/G01/H0101001")]


def test_wrong_unknown_locked_and_not_handed_over_are_refused_alike(world: World, chen: Household) -> None:
    one = card(world, chen)
    bare = home(world, "WD/01/G01", "0101002", "李想")
    actions.issue_cards(place=world["WD/01"], by=world.actor("cadre"), at=AT)
    wrong_check = chen.short[:5] + str((int(chen.short[5]) + 1) % 10)
    attempts: list[dict[str, Any]] = [
        {"token": one.token, "pin": "999990"},
        {"token": "X" * 26},
        {"short": wrong_check},
        {"short": bare.short},
        {"short": ""},
        {"short": chen.short, "town": UUID(int=5)},
    ]
    for n in range(5):
        with pytest.raises(Refused):
            opened(token=one.token, pin="000000", device="locked")
        assert n < 5
    attempts.append({"token": one.token, "device": "locked"})
    answers = set()
    for given in attempts:
        with pytest.raises(Refused) as refused:
            opened(**given)
        answers.add((refused.value.code, tuple(refused.value.problem.facts)))
    assert answers == {("households.pin_refused", ())}


def test_the_sixth_try_is_not_looked_at_and_another_device_is_free(world: World, chen: Household) -> None:
    one = card(world, chen)
    for _ in range(4):
        with pytest.raises(Refused):
            opened(token=one.token, pin="999990")
    assert opened(token=one.token).household == chen, "the fifth may still be right"
    for _ in range(5):
        with pytest.raises(Refused):
            opened(token=one.token, pin="999990")
    with pytest.raises(Refused):
        opened(token=one.token)
    assert opened(token=one.token, device="another").household == chen
    assert opened(token=one.token, at=AT + timedelta(days=1)).household == chen


def test_twenty_wrong_tries_a_day_lock_the_household_for_every_device(world: World, chen: Household) -> None:
    one = card(world, chen)
    for n in range(20):
        with pytest.raises(Refused):
            opened(token=one.token, pin="999990", device=f"d{n // 4}")
    with pytest.raises(Refused):
        opened(token=one.token, device="fresh")
    assert PinTry.objects.get(subject=chen.pk.hex, device="").tries == 20


def test_a_new_pin_set_by_two_opens_at_once_whatever_was_tried_before(world: World, chen: Household) -> None:
    one = card(world, chen)
    for _ in range(5):
        with pytest.raises(Refused):
            opened(token=one.token, pin="999990")
    reset(world, chen, "864201")
    assert opened(token=one.token, pin="864201").household == chen


def test_a_locked_device_writes_nothing_more(world: World, chen: Household) -> None:
    one = card(world, chen)
    for _ in range(5):
        with pytest.raises(Refused):
            opened(token=one.token, pin="999990")
    before = Entry.objects.count()
    for _ in range(3):
        with pytest.raises(Refused):
            opened(token=one.token, pin="999990")
    assert Entry.objects.count() == before


def test_no_journal_entry_holds_a_word_or_a_pin(world: World, chen: Household) -> None:
    one = card(world, chen)
    opened(token=one.token)
    care = actions.propose_care(household=chen, kind=CareKind.ILL, by=world.actor("cadre"), at=AT)
    assert Care.objects.get() == care
    for entry in Entry.objects.all():
        for word in ("陈明", "上湾", "19900001111", PIN, one.token):
            assert word not in entry.canonical and word not in entry.answer
