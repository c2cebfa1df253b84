"""What boards and desks read: counts, trend, red names by consent, findings without names, what waits for whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.lists import (
    CLOSED,
    EXPIRES,
    LOOKED,
    MARKS,
    PUBLISH_FROM,
    TOLD,
    candidate,
    confirmed,
    lookers,
    notified,
    objection,
    published,
    refused,
    signed,
)
from tests.looks import look_again, revisit
from tests.rounds import AREAS, OCTOBER, Village, at, closed_round, given, make_village, mark, opened_round, panel
from tests.worlds import home

from courtyard.honours.actions import (
    close_village,
    decide_objection,
    drop,
    enter_red,
    notify,
    publish,
    report_mended,
)
from courtyard.honours.models import Listing, Slip
from courtyard.honours.queries.boards import board, board_key
from courtyard.honours.queries.work import Task, entry_page, lists_page, red_list
from courtyard.honours.rules.states import ListingState, Verb
from courtyard.households.actions import consent_red_name, declare_kin
from courtyard.households.rules.states import KinKind, RedNameConsent
from courtyard.rating.queries import shipped

FAIR, GOOD, POOR = given("fair"), given("good"), given("poor")


def counts(bands: Any) -> list[int]:
    return [band.homes for band in bands]


def large(village: Village) -> Village:
    """Ten more homes in each group, so that findings may stand at the group."""
    for group in (1, 2):
        for n in range(10):
            code = f"0{group}{n + 10}"
            village.homes[code] = home(village.world, f"WD/01/G0{group}", code, "赵家", bay="李湾")
    return village


def take_to_publication(village: Village, listing: Listing) -> None:
    """Two looks, a signed slip, five working days, published by the deputy."""
    code = next(code for code, one in village.homes.items() if one.pk == listing.household_id)
    seated = panel(listing.round, code, village)
    people = [village.id(f"eva{n}") for n in range(1, 7) if village.id(f"eva{n}") not in seated][:2]
    for person in people:
        look_again(listing=listing, looker=person, still_poor=True, by=village.actor("cadre"), at=at(LOOKED))
    evidence = signed(village, listing)
    notify(listing=listing, evidence=evidence, by=village.actor("cadre"), at=at(TOLD))
    publish(listing=listing, by=village.actor("deputy"), at=at(PUBLISH_FROM))


def test_a_board_before_the_first_close(village: Village) -> None:
    found = board(village.world["WD/01/G01"], CLOSED)
    assert found.round is None
    assert (found.rated, found.findings, found.red.total) == (0, (), 0)


def test_a_groups_board_counts_and_names_by_consent(village: Village) -> None:
    cadre = village.actor("cadre")
    consent_red_name(household=village.homes["0101"], red_name=RedNameConsent.BOARD, by=cadre, at=at(CLOSED))
    closed = closed_round(village, MARKS)
    group = village.world["WD/01/G01"]
    assert board(group, CLOSED).red.total == 0
    enter_red(closed=closed, by=village.actor("deputy"), at=at(LOOKED))
    found = board(group, LOOKED)
    assert (found.rated, found.not_rated) == (3, 0)
    assert [(band.name, band.homes) for band in found.bands] == [("好", 2), ("中", 1), ("差", 0)]
    assert [(area.name, counts(area.bands)) for area in found.areas] == [
        ("庭院", [2, 1, 0]), ("室内", [2, 1, 0]), ("周边", [2, 1, 0]),
    ]  # fmt: skip
    assert (found.red.names, found.red.others, found.red.nearly_all) == (("王建国",), 1, False)
    assert board(group, LOOKED, wide=True).red.names == ()
    assert board(village.place, LOOKED).red.total == 3


def test_the_trend_runs_from_the_oldest_round(village: Village) -> None:
    closed_round(village, dict.fromkeys(village.homes, FAIR), OCTOBER)
    closed_round(village, dict.fromkeys(village.homes, POOR) | {"0101": GOOD}, date(2026, 11, 1))
    trend = board(village.world["WD/01/G01"], date(2026, 11, 20)).trend
    assert [(point.month.month, counts(point.bands)) for point in trend] == [(10, [0, 3, 0]), (11, [1, 0, 2])]


def test_a_light_round_leaves_carried_good_homes_on_the_red_list(village: Village) -> None:
    full = closed_round(village, dict.fromkeys(village.homes, GOOD), OCTOBER)
    enter_red(closed=full, by=village.actor("deputy"), at=at(date(2026, 10, 21)))
    light = opened_round(village, date(2026, 11, 1))
    visited = set(light.visits.values_list("household__code", flat=True))
    mark(village, light, dict.fromkeys(visited, FAIR), date(2026, 11, 10))
    close_village(closing=light, by=village.actor("cadre"), at=at(date(2026, 11, 20)))
    found = board(village.place, date(2026, 11, 20))
    assert (found.rated, found.carried, found.red.total) == (2, 4, 4)
    assert counts(found.bands) == [0, 2, 0]


def test_homes_of_cadres_and_evaluators_are_counted_whatever_they_are(village: Village) -> None:
    for username, code in (("eva1", "0101"), ("cadre", "0201"), ("keeper", "0102")):
        declare_kin(
            account=village.world.accounts[username], household=village.homes[code], kind=KinKind.OWN_HOME,
            by=village.actor("cadre"), at=at(date(2026, 9, 1)),
        )  # fmt: skip
    declare_kin(
        account=village.world.accounts["eva2"], household=home(village.world, "WD/01/G02", "0299", "新来户"),
        kind=KinKind.OWN_HOME, by=village.actor("cadre"), at=at(date(2026, 9, 25)),
    )  # fmt: skip
    closed_round(village, MARKS)
    for place in (village.place, village.homes["0101"].group):
        found = board(place, CLOSED)
        assert counts(found.leading) == [1, 0, 1], "the village's, on every board"
    assert found.leading_homes in (2, 3)


def test_findings_of_a_large_group_stand_there_without_names(village: Village) -> None:
    large(village)
    marks = dict.fromkeys(village.homes, FAIR) | {"0201": POOR, "0202": POOR}
    closed_round(village, marks)
    for listing in Listing.objects.filter(kind="black").select_related("round"):
        take_to_publication(village, listing)
    group = village.world["WD/01/G02"]
    found = board(group, PUBLISH_FROM)
    assert [(one.area, one.places) for one in found.findings] == [("庭院", 2), ("室内", 2), ("周边", 2)]
    assert found.findings[0].seen == "院里的柴草、杂物没有码放"
    assert not found.findings_at_village
    assert (found.published_on, found.expires_on) == (PUBLISH_FROM, EXPIRES)
    assert board(village.place, PUBLISH_FROM).findings == ()
    assert board(village.world["WD/01/G01"], PUBLISH_FROM).findings == ()
    assert board(group, EXPIRES + timedelta(days=1)).findings == ()
    text = repr(vars(found))
    assert not any(name in text for name in ("陈桂花", "刘大明"))


def test_findings_of_a_small_group_stand_at_the_village(village: Village) -> None:
    published(village)
    found = board(village.world["WD/01/G02"], PUBLISH_FROM)
    assert (found.findings, found.findings_at_village) == ((), True)
    assert len(board(village.place, PUBLISH_FROM).findings) == 3


def test_a_scheme_may_reach_hamlets_only(db: Any) -> None:
    text = shipped()["wandian"].replace('reach = "findings"', 'reach = "hamlets"')
    village = large(make_village(text=text))
    closed_round(village, dict.fromkeys(village.homes, FAIR) | {"0210": POOR})
    listing = Listing.objects.select_related("round").get(kind="black")
    take_to_publication(village, listing)
    found = board(village.world["WD/01/G02"], PUBLISH_FROM)
    assert (found.hamlets, found.findings) == ((("李湾", 1),), ())


def test_a_scheme_that_says_names_is_adopted_and_its_entries_keep_that_wish(db: Any) -> None:
    text = shipped()["wandian"].replace('reach = "findings"', 'reach = "names"')
    village = make_village(text=text)
    closed, listing = candidate(village)
    assert (closed.version.state, listing.reach) == ("adopted", "names")


def test_mended_and_corrected_places(village: Village) -> None:
    closed, listing = notified(village)
    group = village.world["WD/01/G02"]
    assert board(group, TOLD).mended == 0
    revisit(
        listing=listing,
        looker=lookers(village, closed)[0],
        still_poor=False,
        by=village.actor("cadre"),
        at=at(TOLD, 16),
    )
    assert board(group, TOLD).mended == 1


def test_mended_at_the_door_counts_by_area(village: Village) -> None:
    closed_round(village, {**MARKS, "0201": given("poor", mended=AREAS)})
    assert board(village.world["WD/01/G02"], CLOSED).mended == 3


def test_a_correction_stands_as_long_as_the_error_stood(village: Village) -> None:
    closed, listing = published(village)
    day = PUBLISH_FROM + timedelta(days=5)
    raised = objection(village, listing, day)
    decide_objection(objection=raised, upheld=True, reasons="不是他家的地", by=village.actor("clerk"), at=at(day, 16))
    group = village.world["WD/01/G02"]
    shown = [board(group, day + timedelta(days=n)).corrections for n in (0, 5, 6)]
    assert shown == [1, 1, 0]
    assert counts(board(group, day).bands) == [1, 1, 0]
    assert board(group, day).not_rated == 1


def test_the_number_moves_with_every_act_and_the_board_asks_few_questions(
    village: Village, django_assert_max_num_queries: Any
) -> None:
    large(village)
    closed, listing = candidate(village)
    before = board_key(village.place.pk)
    drop(listing=listing, reasons="修路", by=village.actor("cadre"), at=at(LOOKED))
    assert board_key(village.place.pk) == (before[0] + 1, False)
    assert closed.state == "closed"
    with django_assert_max_num_queries(11):
        board(village.world["WD/01/G02"], LOOKED)


# --- the desk


def tasks(village: Village, day: date) -> list[tuple[str, date | None]]:
    return [(item.task.value, item.day) for item in lists_page(["WD/01"], day)[0]]


def test_the_desk_follows_an_entry(village: Village) -> None:
    closed, listing = candidate(village)
    assert tasks(village, CLOSED) == [("look", CLOSED + timedelta(days=30))]
    [waiting] = lists_page(["WD/01"], CLOSED)[1]
    assert (waiting.round.pk, waiting.homes) == (closed.pk, 3)
    for person in lookers(village, closed):
        look_again(listing=listing, looker=person, still_poor=True, by=village.actor("cadre"), at=at(LOOKED))
    assert tasks(village, LOOKED)[0][0] == "notice"
    evidence = signed(village, listing)
    notify(listing=listing, evidence=evidence, by=village.actor("cadre"), at=at(TOLD))
    [wait] = lists_page(["WD/01"], TOLD)[0]
    assert (wait.task, wait.day, wait.provisional) == (Task.WAIT, PUBLISH_FROM, True)
    assert tasks(village, PUBLISH_FROM) == [("publish", PUBLISH_FROM)]
    report_mended(listing=listing, by=village.actor("cadre"), at=at(PUBLISH_FROM))
    assert tasks(village, PUBLISH_FROM) == [("revisit", PUBLISH_FROM)]
    person = lookers(village, closed)[0]
    revisit(listing=listing, looker=person, still_poor=True, by=village.actor("cadre"), at=at(PUBLISH_FROM))
    publish(listing=listing, by=village.actor("deputy"), at=at(PUBLISH_FROM))
    assert tasks(village, PUBLISH_FROM) == [("stands", EXPIRES)]
    assert tasks(village, EXPIRES + timedelta(days=1)) == [("paste", EXPIRES)]
    raised = objection(village, listing, PUBLISH_FROM)
    assert tasks(village, PUBLISH_FROM) == [("answer", raised.answer_by), ("paste", PUBLISH_FROM)]
    assert lists_page(["WD/02"], PUBLISH_FROM) == ([], [])


def test_an_entrys_page_tells_its_whole_way(village: Village, django_assert_max_num_queries: Any) -> None:
    closed, listing = notified(village)
    objection(village, listing)
    with django_assert_max_num_queries(13):
        page = entry_page(["WD/01"], listing.pk, TOLD)
    assert page.state is ListingState.OBJECTED
    assert Verb.UPHOLD in page.verbs and Verb.PUBLISH not in page.verbs
    assert [(line.verb.value, line.by, line.words) for line in page.steps] == [
        ("propose", "村干部甲", None), ("confirm", "村干部甲", None), ("notify", "村干部甲", None),
        ("object", "村干部甲", "不是我家的"),
    ]  # fmt: skip
    assert [line.still_poor for line in page.looks] == [True, True]
    assert {line.looker for line in page.looks} == {
        account.name for account in village.world.accounts.values() if account.pk in lookers(village, closed)
    }
    [notice] = page.notices
    assert (notice.serial, notice.day) == (Slip.objects.get(listing=listing).serial, TOLD)
    assert {one.code for one in page.findings} == {"c1", "r1", "s1"}
    refused("honours.entry_unknown", lambda: entry_page(["WD/02"], listing.pk, TOLD))


def test_who_may_look_again(village: Village) -> None:
    closed, listing = candidate(village)
    found = entry_page(["WD/01"], listing.pk, LOOKED).lookers
    seated = panel(closed, "0201", village)
    assert set(found) == {village.id(f"eva{n}") for n in range(1, 7)} - set(seated)


def test_the_red_list_stands_its_days(village: Village) -> None:
    closed, _listing = confirmed(village)
    assert len(red_list(closed.pk, LOOKED)) == 3
    assert red_list(closed.pk, CLOSED + timedelta(days=31)) == []


def test_a_round_in_the_making_changes_no_board(village: Village) -> None:
    closed_round(village, MARKS)
    opened = opened_round(village, OCTOBER)
    mark(village, opened, {"0101": POOR}, date(2026, 10, 10))
    assert counts(board(village.place, date(2026, 10, 15)).bands) == [3, 2, 1]
