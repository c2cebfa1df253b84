"""The register by hand, cards, PINs, care and kin: one test a refusal."""

from __future__ import annotations

from typing import Any

import pytest
from tests.households.hands import asked
from tests.worlds import AT, World, home

from courtyard.households import actions, queries
from courtyard.households.actions import numbers
from courtyard.households.models import Card, Household, Kin
from courtyard.households.rules.answers import Answer
from courtyard.households.rules.states import CareKind, CareState, KinKind, Living, QuestionKind, RedNameConsent
from courtyard.households.sealing import open_phone
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import short_number, short_number_is_sound, uuid7
from courtyard.kernel.problems import Refused
from courtyard.people.models import Account

pytestmark = pytest.mark.django_db
PIN = "135790"


def card(world: World, household: Household, pin: str = PIN) -> Card:
    actions.issue_cards(place=world["WD/01"], by=world.actor("cadre"), at=AT)
    return actions.hand_over_card(household=household, pin=pin, by=world.actor("cadre"), at=AT)


def opened(**by: Any) -> Any:
    return actions.check_pin(**{"pin": PIN, "device": "phone", "at": AT, **by})


# The register ----------------------------------------------------------------------------------------------------


def test_a_household_made_by_hand(world: World, chen: Household) -> None:
    assert (chen.head, chen.initials, chen.people, chen.bay) == ("陈明", "cm", 3, "上湾")
    assert short_number_is_sound(chen.short)
    assert open_phone(chen.pk, chen.phone_sealed) == "19900001111"
    assert b"19900001111" not in bytes(chen.phone_sealed or b"")
    assert chen.village == world["WD/01"] and chen.town == world["WD"]


def test_the_same_command_makes_it_once(world: World) -> None:
    command = uuid7()
    one = home(world, "WD/01/G01", "0101001", "陈明", command=command)
    two = home(world, "WD/01/G01", "0101001", "陈明", command=command)
    assert one.pk == two.pk and Household.objects.count() == 1


def test_a_code_is_taken_once_a_village(world: World, chen: Household) -> None:
    with pytest.raises(Refused, match="households.code_taken"):
        home(world, "WD/01/G02", "0101001", "李想")
    assert home(world, "WD/02/G01", "0101001", "李想").code == chen.code


def test_a_household_stands_in_a_group(world: World) -> None:
    with pytest.raises(Refused, match="households.not_a_group"):
        home(world, "WD/01", "0101001", "陈明")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"head": "陈"}, "households.name_too_short"),
        ({"head": "陈𪚥"}, "households.name_unprintable"),
        ({"people": 0}, "households.people_not_positive"),
        ({"phone": "123"}, "households.phone_unfit"),
        ({"code": "塔湾1"}, "households.code_unfit"),
        ({"door": "门" * 81}, "kernel.too_long"),
    ],
)
def test_values_are_read_as_an_import_reads_them(world: World, values: dict[str, Any], code: str) -> None:
    given = {"code": "0101001", "head": "陈明", **values}
    with pytest.raises(Refused, match=code):
        home(world, "WD/01/G01", given.pop("code"), given.pop("head"), **given)


def test_another_village_s_cadre_may_not(world: World, chen: Household) -> None:
    for act_of in (
        lambda by: actions.add_household(group=world["WD/01/G01"], code="9", head="李想", people=1, by=by, at=AT),
        lambda by: actions.change_household(household=chen, people=1, by=by, at=AT),
        lambda by: actions.set_lived_in(household=chen, living=Living.AWAY, by=by, at=AT),
        lambda by: actions.issue_cards(place=world["WD/01"], by=by, at=AT),
        lambda by: actions.hand_over_card(household=chen, pin=PIN, by=by, at=AT),
        lambda by: actions.decline_card(household=chen, by=by, at=AT),
        lambda by: actions.propose_care(household=chen, kind=CareKind.ILL, by=by, at=AT),
        lambda by: actions.consent_red_name(household=chen, red_name=RedNameConsent.BOARD, by=by, at=AT),
    ):
        with pytest.raises(Refused, match="people.not_allowed"):
            act_of(world.actor("cadre2"))


def test_a_change_changes_what_is_given(world: World, chen: Household) -> None:
    by = world.actor("cadre")
    new = actions.change_household(household=chen, people=5, group=world["WD/01/G02"], by=by, at=AT)
    assert (new.people, new.head, new.group.path, new.short) == (5, "陈明", "WD/01/G02", chen.short)
    assert open_phone(new.pk, new.phone_sealed) == "19900001111"
    none = actions.change_household(household=new, phone="", by=by, at=AT)
    assert open_phone(none.pk, none.phone_sealed) is None and none.phone_index == ""


def test_a_change_never_moves_a_household_to_another_village(world: World, chen: Household) -> None:
    with pytest.raises(Refused, match="households.other_village_group"):
        actions.change_household(household=chen, group=world["WD/02/G01"], by=world.actor("clerk"), at=AT)


def test_two_changes_at_once_do_not_overwrite_each_other(world: World, chen: Household) -> None:
    actions.change_household(household=chen, people=5, by=world.actor("cadre"), at=AT)
    with pytest.raises(Refused, match="households.changed_meanwhile"):
        actions.change_household(household=chen, people=6, by=world.actor("clerk"), at=AT)


def test_homes_nobody_lives_in_are_not_rated(world: World, chen: Household) -> None:
    assert list(queries.rated_homes("WD/01")) == [chen]
    actions.set_lived_in(household=chen, living=Living.AWAY, by=world.actor("cadre"), at=AT)
    assert list(queries.rated_homes("WD/01")) == [] and list(queries.roster("WD/01")) == [chen]


def test_short_numbers_are_unique_and_run_out(world: World, chen: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "FIRST", 20_000)
    monkeypatch.setattr(numbers, "LAST", 20_019)
    shorts = numbers.new_short_numbers(world["WD"].pk, 20)
    assert sorted(shorts) == [short_number(n) for n in range(20_000, 20_020)]
    with pytest.raises(Refused, match="households.short_numbers_used_up"):
        numbers.new_short_numbers(world["WD"].pk, 21)


# Questions -------------------------------------------------------------------------------------------------------


def test_an_answer_ends_keeps_or_empties_and_never_deletes(world: World, chen: Household) -> None:
    li = home(world, "WD/02/G01", "0101001", "陈明", phone="19900001111")
    by = world.actor("clerk")
    actions.answer_question(question=asked(world, chen, QuestionKind.LIVING), answer=Answer.EMPTY, by=by, at=AT)
    chen.refresh_from_db()
    assert chen.living == "empty"
    actions.answer_question(question=asked(world, chen, QuestionKind.VANISHED), answer=Answer.STAYS, by=by, at=AT)
    chen.refresh_from_db()
    assert chen.until is None
    moved = asked(world, li, QuestionKind.MAYBE_MOVED, chen)
    actions.answer_question(question=moved, answer=Answer.MOVED, by=by, at=AT)
    chen.refresh_from_db()
    li.refresh_from_db()
    assert (chen.until, li.until) == (day_of(AT), None)
    actions.answer_question(question=asked(world, li, QuestionKind.VANISHED), answer=Answer.GONE, by=by, at=AT)
    assert Household.objects.count() == 2 and not queries.homes([""]).exists()


def test_a_question_is_answered_once_and_fittingly(world: World, chen: Household) -> None:
    by, one = world.actor("cadre"), asked(world, chen, QuestionKind.VANISHED)
    with pytest.raises(Refused, match="households.unfit_answer"):
        actions.answer_question(question=one, answer=Answer.MOVED, by=by, at=AT)
    actions.answer_question(question=one, answer=Answer.STAYS, by=by, at=AT)
    with pytest.raises(Refused, match="households.question_answered"):
        actions.answer_question(question=one, answer=Answer.GONE, by=by, at=AT)
    assert not queries.open_questions(["WD/01"]).exists()


# Care and kin ----------------------------------------------------------------------------------------------------


def test_the_care_list_is_proposed_confirmed_declined(world: World, chen: Household) -> None:
    by = world.actor("cadre")
    care = actions.propose_care(household=chen, kind=CareKind.ILL, by=by, at=AT)
    assert queries.on_care_list([chen.pk]) == set(), "a proposal is no line of the list yet"
    with pytest.raises(Refused, match="households.care_known"):
        actions.propose_care(household=chen, kind=CareKind.ILL, by=by, at=AT)
    assert actions.confirm_care(care=care, confirmed=True, by=by, at=AT).state == "confirmed"
    assert queries.on_care_list([chen.pk]) == {chen.pk}
    with pytest.raises(Refused, match="households.care_decided"):
        actions.confirm_care(care=care, confirmed=True, by=by, at=AT)
    actions.confirm_care(care=care, confirmed=False, by=by, at=AT)
    assert queries.on_care_list([chen.pk]) == set()
    assert list(queries.care_lines(["WD/01"], CareState.DECLINED)) == [care]


def test_evaluators_may_not_touch_the_care_list(world: World, chen: Household) -> None:
    with pytest.raises(Refused, match="people.not_allowed"):
        actions.propose_care(household=chen, kind=CareKind.ILL, by=world.actor("eva1"), at=AT)


def test_kin_declare_themselves_and_a_cadre_takes_it_back(world: World, chen: Household) -> None:
    eva = Account.objects.get(username="eva1")
    kin = actions.declare_kin(account=eva, household=chen, kind=KinKind.KIN, by=world.actor("eva1"), at=AT)
    assert queries.kin_of([eva.pk]) == {(eva.pk, chen.pk)}
    with pytest.raises(Refused, match="households.kin_known"):
        actions.declare_kin(account=eva, household=chen, kind=KinKind.KIN, by=world.actor("cadre"), at=AT)
    with pytest.raises(Refused, match="people.not_allowed"):
        actions.withdraw_kin(kin=kin, by=world.actor("eva1"), at=AT)
    actions.withdraw_kin(kin=kin, by=world.actor("cadre"), at=AT)
    assert not Kin.objects.exists()
    with pytest.raises(Refused, match="households.kin_unknown"):
        actions.withdraw_kin(kin=Kin(id=uuid7(), account=eva, household=chen), by=world.actor("cadre"), at=AT)


def test_a_cadre_does_not_take_back_the_own_kin(world: World, chen: Household) -> None:
    cadre = Account.objects.get(username="cadre")
    own = actions.declare_kin(account=cadre, household=chen, kind=KinKind.OWN_HOME, by=world.actor("cadre"), at=AT)
    assert [line.kind for line in queries.kin_lines(cadre.pk)] == ["own_home"]
    with pytest.raises(Refused, match="households.own_kin"):
        actions.withdraw_kin(kin=own, by=world.actor("cadre"), at=AT)


def test_nobody_declares_kin_for_another(world: World, chen: Household) -> None:
    with pytest.raises(Refused, match="people.not_allowed"):
        actions.declare_kin(
            account=Account.objects.get(username="eva2"),
            household=chen,
            kind=KinKind.KIN,
            by=world.actor("eva1"),
            at=AT,
        )
