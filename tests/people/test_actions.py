"""Accounts and duties: one test a refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.worlds import AT, PASSWORD, World, make_world

from courtyard.kernel.actors import DutyKind
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Refused
from courtyard.kernel.sentences import say
from courtyard.people import actions, queries
from courtyard.people.models import Duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def account(
    world: World, username: str = "new", name: str = "新人", password: str = PASSWORD, who: str = "clerk"
) -> None:
    actions.make_account(
        username=username, name=name, password=password, place=world["WD/01"], by=world.actor(who), at=AT
    )


def test_only_the_town_makes_accounts(world: World) -> None:
    with pytest.raises(Refused, match="people.not_allowed"):
        account(world, who="cadre")


def test_the_terminal_is_opened_once(world: World) -> None:
    assert actions.open_terminal(county_name="别县", at=AT).id == world.terminal.id
    assert world.terminal.name == "终端"


@pytest.mark.parametrize("username", ["", "张三", "a b", "a/b"])
def test_an_unfit_username_is_refused(world: World, username: str) -> None:
    with pytest.raises(Refused, match="people.unfit_username"):
        account(world, username)


def test_an_account_has_a_name(world: World) -> None:
    with pytest.raises(Refused, match="people.no_name"):
        account(world, name=" ")


def test_a_username_is_taken_once(world: World) -> None:
    with pytest.raises(Refused, match="people.username_taken"):
        account(world, "CADRE")


@pytest.mark.parametrize("password", ["short", "password"])
def test_a_weak_password_is_refused(world: World, password: str) -> None:
    with pytest.raises(Refused, match="people.weak_password") as refused:
        account(world, password=password)
    assert say(refused.value.problem).endswith("请换一个:至少 8 个字符,不要用大家常用的密码。")


def test_a_duty_is_held_once_a_place(world: World) -> None:
    with pytest.raises(Refused, match="people.duty_held"):
        actions.give_duty(
            account=world.accounts["cadre"], kind=DutyKind.VILLAGE_CADRE, place=world["WD/01"],
            by=world.actor("clerk"), at=AT,
        )  # fmt: skip


def test_a_householders_duty_is_not_given(world: World) -> None:
    for kind in (DutyKind.HOUSEHOLDER, DutyKind.OPERATOR):
        with pytest.raises(Refused, match="people.duty_not_given"):
            actions.give_duty(
                account=world.accounts["cadre"], kind=kind, place=world["WD/01"], by=world.actor("clerk"), at=AT
            )


def test_a_duty_ends_with_its_day_and_only_once(world: World) -> None:
    duty = Duty.objects.select_related("place").get(account=world.accounts["cadre"])
    later = AT + timedelta(days=1)
    actions.end_duty(duty=duty, by=world.actor("clerk"), at=later)
    assert world.actor("cadre", AT).duties
    assert not world.actor("cadre", later).duties
    with pytest.raises(Refused, match="people.duty_ended"):
        actions.end_duty(duty=duty, by=world.actor("clerk"), at=later)


def test_an_unknown_actor_is_refused() -> None:
    with pytest.raises(Refused, match="people.unknown"):
        queries.actor_named("nobody", day_of(AT))


def test_who_has_a_duty_where(world: World) -> None:
    found = queries.with_duty(["WD/01"], DutyKind.EVALUATOR, day_of(AT))
    assert [row.account.username for row in found] == [f"eva{n}" for n in range(1, 7)]
