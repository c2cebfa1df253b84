"""A screen of the hand-over sheet taken in, PINs set anew by two, second persons, covenants. One test a refusal."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Min, Value
from tests.households.files import HEAD, workbook
from tests.worlds import AT, World, home

from courtyard.households import actions, queries
from courtyard.households.actions import undoing
from courtyard.households.actions.importing import cancel_run
from courtyard.households.models import Card, Countersign, Household, ImportRun, Pin, PinReset
from courtyard.households.rules.handing import Line
from courtyard.households.rules.states import Living, MessageConsent, RedNameConsent
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.records.jobs import Cancelled
from courtyard.records.models import Entry

pytestmark = pytest.mark.django_db
PIN = "135790"
NAMES = "甲乙丙丁"
DAY = day_of(AT)


@pytest.fixture
def group(world: World) -> dict[str, Household]:
    """Four homes of a group with their cards in the drawer."""
    homes = {
        code: home(world, "WD/01/G01", code, f"张{NAMES[int(code) - 101]}明")
        for code in ("0101", "0102", "0103", "0104")
    }
    actions.issue_cards(place=world["WD/01"], by=world.actor("cadre"), at=AT)
    return homes


def enter(world: World, lines: list[Line], who: str = "cadre", **more: Any) -> actions.Entered:
    more.setdefault("day", DAY)
    return actions.enter_hand_over(group=world["WD/01/G01"], lines=lines, by=world.actor(who), at=AT, **more)


def covenant(world: World, text: str = "一、自己扫。", place: str = "WD/01", **more: Any) -> Any:
    given = {
        "title": "村规民约",
        "text": text,
        "passed": DAY,
        "document": "1号",
        "attendance": 4,
        "households": 6,
        **more,
    }
    return actions.set_covenant(place=world[place], by=world.actor("clerk"), at=AT, **given)


# The sheet ---------------------------------------------------------------------------------------------------------


def test_a_screen_is_one_act_and_a_bad_line_keeps_nobody_else_out(world: World, group: dict[str, Household]) -> None:
    one, two, three, four = group.values()
    actions.hand_over_card(household=four, by=world.actor("cadre"), at=AT)
    stranger = home(world, "WD/01/G02", "0201", "李想")
    known, before, command = covenant(world), Entry.objects.count(), uuid7()
    lines = [
        Line(one.pk, True, RedNameConsent.BOARD, MessageConsent.YES, covenant=True),
        Line(two.pk, True),
        Line(three.pk, False),
        Line(four.pk, True),
        Line(stranger.pk, True),
    ]
    entered = enter(world, lines, covenant=known, command=command)
    assert (entered.handed_over, entered.declined) == (2, 1)
    assert {home: problem.code for home, problem in entered.refused.items()} == {
        four.pk: "households.handed_over_already",
        stranger.pk: "households.not_of_this_group",
    }
    assert Entry.objects.count() == before + 1
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.red_name, one.messages, two.red_name, two.messages) == ("board", "yes", "no", "no")
    assert queries.known_to(one.pk).covenant == known and queries.known_to(two.pk) is None  # type: ignore[union-attr]
    rows = queries.hand_over_sheet("WD/01/G01")
    assert [(row.n, row.taking_part, row.handed_over) for row in rows] == [
        (1, True, DAY), (2, True, DAY), (3, False, None), (4, True, DAY),
    ]  # fmt: skip
    count = queries.handed_over(rows)
    assert (count.done, count.of) == (3, 3), "who declined is in no denominator"
    assert not Pin.objects.exists(), "no PIN comes from paper"
    again = enter(world, lines, covenant=known, command=command)
    assert again == entered and Entry.objects.count() == before + 1
    actions.set_lived_in(household=two, living=Living.AWAY, by=world.actor("cadre"), at=AT)
    count = queries.handed_over(queries.hand_over_sheet("WD/01/G01"))
    assert (count.done, count.of) == (2, 2), "nor a home nobody lives in"


def test_hand_over_works_without_a_covenant_and_a_blank_choice_leaves_what_stood(
    world: World, group: dict[str, Household]
) -> None:
    one = group["0101"]
    actions.consent_red_name(household=one, red_name=RedNameConsent.WIDE, by=world.actor("cadre"), at=AT)
    assert enter(world, [Line(one.pk, True, messages=MessageConsent.YES)]).handed_over == 1
    one.refresh_from_db()
    assert (one.red_name, one.messages) == ("wide", "yes")


def test_a_sheet_that_cannot_be_taken_in_at_all(world: World, group: dict[str, Household]) -> None:
    line = Line(group["0101"].pk, True)
    elsewhere = covenant(world, place="WD/02")
    refusals: list[tuple[str, dict[str, Any]]] = [
        ("households.hand_over_in_future", {"lines": [line], "day": DAY + timedelta(days=1)}),
        ("households.hand_over_empty", {"lines": []}),
        ("households.hand_over_too_long", {"lines": [line] * 41}),
        ("households.other_covenant", {"lines": [line], "covenant": elsewhere}),
        ("people.not_allowed", {"lines": [line], "who": "cadre2"}),
        ("people.not_allowed", {"lines": [line], "who": "eva1"}),
    ]
    for code, given in refusals:
        with pytest.raises(Refused, match=code):
            enter(world, **given)
    with pytest.raises(Refused, match="households.not_a_group"):
        actions.enter_hand_over(group=world["WD/01"], day=DAY, lines=[line], by=world.actor("cadre"), at=AT)
    assert not Card.objects.exclude(handed_over=None).exists()


def test_a_screen_costs_a_set_of_statements_whatever_it_holds(
    world: World, group: dict[str, Household], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(24):
        enter(world, [Line(one.pk, True, RedNameConsent.NO, MessageConsent.NO) for one in group.values()])


# PINs --------------------------------------------------------------------------------------------------------------


def with_pin(world: World, household: Household) -> Card:
    return actions.hand_over_card(household=household, pin=PIN, by=world.actor("cadre"), at=AT)


def ask(world: World, household: Household, **more: Any) -> PinReset:
    given = {"pin": "864201", "present": True, "by": world.actor("cadre"), "at": AT, **more}
    return actions.ask_pin_reset(household=household, **given)


def opens(household: Household, pin: str) -> bool:
    try:
        return bool(actions.check_pin(pin=pin, device=uuid7().hex, short=household.short, at=AT))
    except Refused:
        return False


def test_the_first_pin_is_no_reset_and_a_second_one_is(world: World, group: dict[str, Household]) -> None:
    one = group["0101"]
    enter(world, [Line(one.pk, True)])
    card = actions.hand_over_card(household=one, pin=PIN, by=world.actor("cadre"), at=AT + timedelta(days=3))
    assert card.handed_over == DAY, "the day of the signature stands"
    assert queries.unfit_to_spend(one.pk, AT) is None and opens(one, PIN)
    with pytest.raises(Refused, match="households.pin_stands"):
        actions.hand_over_card(household=one, pin="864201", by=world.actor("cadre"), at=AT)
    actions.hand_over_card(household=group["0102"], by=world.actor("cadre"), at=AT)
    with pytest.raises(Refused, match="households.no_pin_yet"):
        ask(world, group["0102"])


def test_a_reset_needs_two_stands_on_the_statement_and_stops_spending_for_a_day(
    world: World, group: dict[str, Household]
) -> None:
    one = group["0101"]
    with_pin(world, one)
    reset = ask(world, one)
    assert opens(one, PIN) and not opens(one, "864201"), "until the second person has done it the old one stands"
    with pytest.raises(Refused, match="households.second_same_person"):
        actions.answer_pin_reset(reset=reset, confirmed=True, by=world.actor("cadre"), at=AT)
    with pytest.raises(Refused, match="households.second_same_duty"):
        actions.answer_pin_reset(reset=reset, confirmed=True, by=world.actor("deputy"), at=AT)
    for stranger in ("cadre2", "eva1", "keeper"):
        with pytest.raises(Refused, match="people.not_allowed"):
            actions.answer_pin_reset(reset=reset, confirmed=True, by=world.actor(stranger), at=AT)
    with pytest.raises(Refused, match="households.reset_waits"):
        ask(world, one)
    done = actions.answer_pin_reset(reset=reset, confirmed=True, by=world.actor("supervisor"), at=AT)
    assert (done.state, done.sealed) == ("done", "")
    assert opens(one, "864201") and not opens(one, PIN)
    problem = queries.unfit_to_spend(one.pk, AT + timedelta(hours=23))
    assert problem and problem.code == "households.resting_after_reset"
    assert queries.unfit_to_spend(one.pk, AT + timedelta(hours=24)) is None
    [line] = queries.resets_of(one.pk)
    assert (line.asked_by, line.answered_by) == (world.accounts["cadre"].pk, world.accounts["supervisor"].pk)
    with pytest.raises(Refused, match="households.reset_decided"):
        actions.answer_pin_reset(reset=reset, confirmed=False, by=world.actor("clerk"), at=AT)


def test_the_household_may_say_that_it_never_asked(world: World, group: dict[str, Household]) -> None:
    one = group["0101"]
    with_pin(world, one)
    reset, itself = ask(world, one), queries.household_actor(one)
    with pytest.raises(Refused, match="people.not_allowed"):
        actions.answer_pin_reset(reset=reset, confirmed=True, by=itself, at=AT)
    actions.answer_pin_reset(reset=reset, confirmed=False, by=itself, at=AT)
    assert opens(one, PIN) and not opens(one, "864201")


def test_a_reset_is_refused_without_the_household_its_card_or_a_fit_pin(
    world: World, group: dict[str, Household]
) -> None:
    one = group["0101"]
    with pytest.raises(Refused, match="households.no_card"):
        ask(world, one)
    with_pin(world, one)
    with pytest.raises(Refused, match="households.household_not_there"):
        ask(world, one, present=False)
    with pytest.raises(Refused, match="households.pin_too_plain"):
        ask(world, one, pin=one.short)
    reset = ask(world, one)
    actions.reissue_card(household=one, by=world.actor("cadre"), at=AT)
    with pytest.raises(Refused, match="households.no_card"):
        actions.answer_pin_reset(reset=reset, confirmed=True, by=world.actor("clerk"), at=AT)
    assert PinReset.objects.get().state == "asked", "nothing of a refused act stays"


def test_neither_a_loss_nor_declining_is_a_way_round_the_second_person(
    world: World, group: dict[str, Household]
) -> None:
    one, by = group["0101"], world.actor("cadre")
    with_pin(world, one)
    actions.decline_card(household=one, by=by, at=AT)
    actions.take_part(household=one, by=by, at=AT)
    actions.issue_cards(place=world["WD/01"], by=by, at=AT)
    with pytest.raises(Refused, match="households.pin_stands"):
        with_pin(world, one)


# Second persons ----------------------------------------------------------------------------------------------------


def by_hand(world: World, who: str = "cadre") -> Household:
    return actions.add_household(
        group=world["WD/01/G01"], code="0109", head="赵新来", people=2, by=world.actor(who), at=AT
    )


def imported(world: World, folder: Path, who: str, *, codes: tuple[str, ...] = ("0101", "0102")) -> ImportRun:
    file = workbook(folder / "r.xlsx", {"塔湾村": [HEAD, *(["1组", code, "张甲明", 3, "", ""] for code in codes)]})
    actor = world.terminal if who == "terminal" else world.actor(who)
    outcome = actions.import_roster(file=file, village=world["WD/01"], by=actor, at=AT)
    return ImportRun.objects.select_related("countersign").get(pk=outcome.run)


def test_a_household_by_hand_spends_nothing_until_somebody_else_has_looked(world: World) -> None:
    made = by_hand(world)
    one = Countersign.objects.get()
    assert (one.kind, one.binds, one.state) == ("by_hand", True, "waiting")
    assert queries.unfit_to_spend(made.pk, AT).code == "households.not_countersigned"  # type: ignore[union-attr]
    assert actions.issue_cards(place=world["WD/01"], by=world.actor("cadre"), at=AT) == 1, (
        "its card is made all the same"
    )
    assert not queries.undecided(["WD/01"], world.accounts["cadre"].pk)
    assert [kind for kind, *_ in queries.undecided(["WD/01"], world.accounts["deputy"].pk)] == ["countersign"]
    with pytest.raises(Refused, match="households.second_same_person"):
        actions.answer_countersign(countersign=one, confirmed=True, by=world.actor("cadre"), at=AT)
    with pytest.raises(Refused, match="people.not_allowed"):
        actions.answer_countersign(countersign=one, confirmed=True, by=world.actor("eva1"), at=AT)
    actions.answer_countersign(countersign=one, confirmed=False, by=world.actor("deputy"), at=AT)
    assert queries.unfit_to_spend(made.pk, AT) is not None
    actions.answer_countersign(countersign=one, confirmed=True, by=world.actor("supervisor"), at=AT)
    assert queries.unfit_to_spend(made.pk, AT) is None
    with pytest.raises(Refused, match="households.countersign_decided"):
        actions.answer_countersign(countersign=one, confirmed=True, by=world.actor("clerk"), at=AT)


def test_an_import_waits_as_a_whole_and_one_answer_frees_it(world: World, tmp_path: Path) -> None:
    run = imported(world, tmp_path, "cadre")
    assert run.countersign and run.countersign.state == "waiting"
    [waiting] = queries.countersigns(["WD"])
    assert (waiting.homes, waiting.changed, waiting.place.path) == (2, 0, "WD/01")  # type: ignore[attr-defined]
    assert queries.made_in_villages(waiting.pk) == [("塔湾村", 2)]
    homes = list(Household.objects.values_list("pk", flat=True))
    assert all(queries.unfit_to_spend(one, AT) for one in homes)
    actions.answer_countersign(countersign=waiting, confirmed=True, by=world.actor("clerk"), at=AT)
    assert not any(queries.unfit_to_spend(one, AT) for one in homes)
    again = imported(world, tmp_path, "cadre")
    assert again.countersign and again.countersign.state == "withdrawn", "what changed nothing needs no second look"


def test_an_undone_import_leaves_nothing_to_look_at(world: World, tmp_path: Path) -> None:
    run = imported(world, tmp_path, "cadre")
    actions.undo_import(run=run, by=world.actor("cadre"), at=AT)
    assert not queries.countersigns(["WD"]) and Countersign.objects.get().state == "withdrawn"


def test_every_table_that_points_at_a_household_keeps_its_import(world: World, tmp_path: Path) -> None:
    found = {model._meta.label for model, _ in undoing._pointing_at_households()}
    assert {"households.Card", "households.Pin", "households.PinReset", "inspections.Visit", "shop.Redemption"} <= found
    run = imported(world, tmp_path, "cadre")
    actions.know_covenant(household=Household.objects.first(), covenant=covenant(world), by=world.actor("cadre"), at=AT)
    with pytest.raises(Refused, match="households.used_since"):
        actions.undo_import(run=run, by=world.actor("cadre"), at=AT)


def test_the_operators_import_is_looked_at_but_stops_nobody(world: World, tmp_path: Path) -> None:
    imported(world, tmp_path, "terminal")
    [waiting] = queries.countersigns(["WD/01"])
    assert not waiting.binds
    assert not any(queries.unfit_to_spend(one, AT) for one in Household.objects.values_list("pk", flat=True))


# A cancelled import ------------------------------------------------------------------------------------------------


def test_a_cancelled_import_stops_after_its_step_and_can_be_taken_back(world: World, tmp_path: Path) -> None:
    rows = [HEAD, ["1组", "0101", "张甲明", 3, "", ""]]
    file = workbook(tmp_path / "r.xlsx", {"塔湾村": rows, "石桥村": rows})

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        actions.import_roster(file=file, by=world.actor("clerk"), at=AT, progress=stop)
    run = ImportRun.objects.get()
    assert run.state == "cancelled" and Household.objects.count() == 1
    assert actions.undo_import(run=run, by=world.actor("clerk"), at=AT) == 1
    assert not Household.objects.exists()
    cancel_run(run=run, by=world.actor("clerk"), at=AT)
    run.refresh_from_db()
    assert run.state == "undone", "cancelling what is over changes nothing"


# Covenants ---------------------------------------------------------------------------------------------------------


def test_a_covenant_has_versions_and_the_village_goes_before_the_town(world: World, chen: Household) -> None:
    assert queries.covenant_of(world["WD/01/G01"]) is None
    town = covenant(world, "一、镇里的。", "WD")
    assert queries.covenant_of(world["WD/01/G01"]) == town
    first = covenant(world)
    second = covenant(world, "一、自己扫。\n二、不乱倒。")
    assert (first.version, second.version) == (1, 2)
    assert queries.covenant_of(world["WD/01/G01"]) == queries.covenant_of(world["WD/01"]) == second
    assert queries.covenant_of(world["WD/02/G01"]) == town
    itself = queries.household_actor(chen)
    for _ in range(2):
        actions.know_covenant(household=chen, covenant=first, by=itself, at=AT)
    assert queries.known_to(chen.pk).covenant == first  # type: ignore[union-attr]
    with pytest.raises(Refused, match="households.covenant_same"):
        covenant(world, " 一、自己扫。 \n二、不乱倒。 ")
    with pytest.raises(Refused, match="households.covenant_by_village"):
        covenant(world, place="WD/01/G01")
    with pytest.raises(Refused, match="households.covenant_not_passed"):
        covenant(world, "三", passed=date(2027, 1, 1))
    with pytest.raises(Refused, match="households.covenant_attendance"):
        covenant(world, "三", attendance=7)
    with pytest.raises(Refused, match="people.not_allowed"):
        actions.set_covenant(
            place=world["WD/01"],
            title="x",
            text="y",
            passed=DAY,
            document="1",
            attendance=4,
            households=6,
            by=world.actor("eva1"),
            at=AT,
        )


def test_two_who_put_a_version_in_at_once_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    covenant(world)
    monkeypatch.setattr("courtyard.households.actions.covenants.Max", lambda name: Min(Value(0)))
    with pytest.raises(Refused, match="households.covenant_meanwhile"):
        covenant(world, "二")


def test_a_choice_is_the_households_or_written_down_by_who_hands_out_cards(world: World, chen: Household) -> None:
    elsewhere = covenant(world, place="WD/02")
    itself = queries.household_actor(chen)
    actions.consent_messages(household=chen, messages=MessageConsent.YES, by=itself, at=AT)
    chen.refresh_from_db()
    assert chen.messages == "yes"
    with pytest.raises(Refused, match="people.not_allowed"):
        actions.consent_messages(household=chen, messages=MessageConsent.NO, by=world.actor("eva1"), at=AT)
    with pytest.raises(Refused, match="households.other_covenant"):
        actions.know_covenant(household=chen, covenant=elsewhere, by=itself, at=AT)


def test_kin_is_found_by_number(world: World, chen: Household) -> None:
    assert queries.home_numbered(["WD/01"], chen.short) == chen == queries.home_numbered(["WD/01"], "0101001")
    for areas, number in ((["WD/02"], chen.short), (["WD/01"], "999"), (["WD/01"], "")):
        with pytest.raises(Refused, match="households.number_unknown"):
            queries.home_numbered(areas, number)
