"""The calendar over rounds that stand: what it proposes, what a pause refuses, how long a grade carries, one confirmation."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.inspections.test_rules_calendar import scheme
from tests.rounds import (
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    Village,
    at,
    closed_round,
    given,
    make_village,
    mark,
    opened_round,
)
from tests.worlds import home

from courtyard.honours.actions import close_village
from courtyard.households.models import Household
from courtyard.inspections.actions import include_home, open_next
from courtyard.inspections.models import Round, Visit
from courtyard.inspections.queries.calendar import following, proposals
from courtyard.inspections.queries.including import late_homes, rounds_of_home
from courtyard.kernel.problems import Problem, Refused
from courtyard.points.queries import balance
from courtyard.rating.actions import adopt_scheme, draft_scheme
from courtyard.rating.rules.writing import write

DECEMBER, FEBRUARY, MARCH = date(2026, 12, 1), date(2027, 2, 1), date(2027, 3, 1)
SPRING = [{"name": "春节", "since": "01-25", "until": "02-20"}]

pytestmark = pytest.mark.django_db


def under(**coverage: Any) -> Village:
    """The village under wandian's rules as engine 2 carries them, its coverage changed."""
    return make_village(text=write(scheme(**coverage)))


def opens(village: Village, day: date) -> list[Any]:
    """What the cadre's one confirmation does that day."""
    return [what for _, what in open_next(place=village.place, by=village.actor("cadre", at(day)), at=at(day))]


def visited(opened: Round) -> set[str]:
    return set(Visit.objects.filter(round=opened).values_list("household__code", flat=True))


def test_a_month_in_a_pause_has_no_round_and_the_next_one_follows_it() -> None:
    village = under(pauses=SPRING)
    closed_round(village, dict.fromkeys(village.homes, given("good")), date(2027, 1, 1))
    today = date(2027, 2, 2)
    with pytest.raises(Refused) as refused:
        opened_round(village, FEBRUARY, today)
    assert refused.value.problem == Problem(
        "inspections.month_paused", {"month": "2027-02", "pause": "春节", "next": "2027-03"}
    )
    [one] = proposals([village.place], today)
    assert (one.following.month, [row.pause for row in one.following.passed]) == (MARCH, ["春节"])
    [opened] = opens(village, today)
    assert isinstance(opened, Round) and opened.month == MARCH


def test_a_scheme_that_always_pauses_opens_nothing() -> None:
    village = under(pauses=[{"name": "修路", "since": "01-01", "until": "12-31"}])
    assert proposals([village.place], SEPTEMBER) == []
    assert [what.code for what in opens(village, SEPTEMBER)] == ["inspections.always_paused"]


def test_the_next_round_waits_for_the_one_before_it() -> None:
    village = under()
    [first] = opens(village, SEPTEMBER)
    assert isinstance(first, Round) and first.month == SEPTEMBER
    [again] = opens(village, SEPTEMBER)
    assert again == Problem("inspections.next_waits", {"month": "2026-10", "earlier": "2026-09"})
    assert Round.objects.count() == 1


def test_a_grade_carries_so_many_light_rounds_and_no_more() -> None:
    village = under(carries_rounds=1, drawn_share="0")
    marks = dict.fromkeys(village.homes, given("good"))
    closed_round(village, marks, OCTOBER)
    late = home(village.world, "WD/01/G01", "0109", "郑新户")
    village.homes["0109"] = late
    november = closed_round(village, {"0109": given("fair")}, NOVEMBER)
    assert visited(november) == {"0109"}, "six carry their grade"
    assert balance(village.homes["0101"].pk).free == 20, "and earn it again"
    [one] = proposals([village.place], DECEMBER)
    assert one.visited == 7
    december = opened_round(village, DECEMBER)
    assert visited(december) == set(village.homes), "after one round left out every home is visited"


def test_who_came_back_too_late_is_visited_once_its_grade_is_spent() -> None:
    village = under(carries_rounds=1, drawn_share="0")
    away = village.homes["0103"]
    closed_round(village, dict.fromkeys(village.homes, given("good")), OCTOBER)
    fair = home(village.world, "WD/01/G01", "0109", "郑新户")
    village.homes["0109"] = fair
    closed_round(village, {"0109": given("fair")}, NOVEMBER)
    Household.objects.filter(pk=away.pk).update(living="away")
    december = opened_round(village, DECEMBER)
    assert "0103" not in visited(december)
    Household.objects.filter(pk=away.pk).update(living="lived_in")
    assert [row.code for row in late_homes(december)] == ["0103"], "its grade carries no longer"
    assert rounds_of_home(away).missed == (december.pk, DECEMBER)
    before = balance(away.pk).free
    with transaction.atomic():
        mark(village, december, dict.fromkeys(visited(december), given("good")), DECEMBER)
        close_village(closing=december, by=village.actor("cadre", at(DECEMBER)), at=at(DECEMBER))
        assert balance(away.pk).free == before, "and earns nothing again"
        transaction.set_rollback(True)
    when = at(DECEMBER)
    include_home(opened=december, household=away, by=village.actor("cadre", when), at=when)
    assert "0103" in visited(december)


def test_a_proposal_tells_how_many_and_never_who() -> None:
    village = under()
    for n in range(14):
        code = f"01{n + 20:02d}"
        village.homes[code] = home(village.world, "WD/01/G01", code, "王多多")
    closed_round(village, dict.fromkeys(village.homes, given("good")), OCTOBER)
    [one] = proposals([village.place], NOVEMBER)
    assert (one.homes, one.visited) == (20, 4)
    drawn = []
    for _ in range(3):
        with transaction.atomic():
            drawn.append(frozenset(visited(opened_round(village, NOVEMBER))))
            assert len(drawn[-1]) == one.visited
            transaction.set_rollback(True)
        assert proposals([village.place], NOVEMBER) == [one], "asked as often as you like"
    assert len(set(drawn)) > 1, "opened again, others are drawn: nothing before it says whom"


def test_one_confirmation_opens_a_town_s_villages_and_goes_on_where_it_was() -> None:
    village = under(pauses=SPRING)
    town, clerk = village.world["WD"], village.actor("clerk", at(SEPTEMBER))
    one = [village.world["WD/01"], village.world["WD/02"]]
    assert list(following(one, SEPTEMBER)) == [one[0].pk], "the other has no scheme"
    done = open_next(place=town, month=SEPTEMBER, by=clerk, at=at(SEPTEMBER))
    assert [(place.pk, isinstance(what, Round)) for place, what in done] == [(one[0].pk, True)]
    home(village.world, "WD/02/G01", "0101", "胡一刀")
    adopted_by_the_other(village)
    assert [row.month for row in following(one, SEPTEMBER).values()] == [OCTOBER, SEPTEMBER]
    seen: list[tuple[int, int]] = []
    done = open_next(place=town, month=SEPTEMBER, by=clerk, at=at(SEPTEMBER), progress=lambda *n: seen.append(n))
    assert [place.pk for place, _ in done] == [one[1].pk] and seen == [(1, 1)]
    assert open_next(place=town, month=SEPTEMBER, by=clerk, at=at(SEPTEMBER)) == []
    assert Round.objects.count() == 2


def adopted_by_the_other(village: Village) -> None:
    """Village 02 under wandian's scheme from September."""
    by, when, place = village.actor("cadre2"), at(SEPTEMBER), village.world["WD/02"]
    version = draft_scheme(text_toml=write(scheme()), place=place, by=by, at=when)
    adopt_scheme(
        place=place, version=version, starts=SEPTEMBER, assembly=date(2026, 8, 20), attendance=4, households=6,
        document="石桥村民会议〔2026〕1号", seconded_by=village.actor("clerk"), by=by, at=when,
    )  # fmt: skip


def test_many_villages_and_homes_cost_the_same_few_questions() -> None:
    village = under(carries_rounds=2)
    closed_round(village, dict.fromkeys(village.homes, given("good")), OCTOBER)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            proposals([village.world["WD/01"], village.world["WD/02"]], NOVEMBER)
        return len(found)

    few = asked()
    for n in range(9):
        village.homes[f"011{n}"] = home(village.world, "WD/02/G01", f"011{n}", "胡一刀")
    adopted_by_the_other(village)
    assert asked() == few <= 6


def test_the_command_opens_what_the_calendar_proposes(capsys: pytest.CaptureFixture[str]) -> None:
    village = under(pauses=SPRING)
    closed_round(village, dict.fromkeys(village.homes, given("good")), date(2027, 1, 1))

    def run(**more: Any) -> Any:
        answer = io.StringIO()
        call_command("open_round", place="WD/01", by="cadre", json=True, stdout=answer, **more)
        return json.loads(answer.getvalue())

    [opened] = run(next=True, at="2027-02-03")["opened"]
    assert (opened["month"], opened["kind"]) == ("2027-03", "light")
    with pytest.raises(CommandError, match="关账"):
        run(next=True, at="2027-02-03")
    with pytest.raises(SystemExit) as wrong:
        run(at="2027-03-01")
    assert wrong.value.code == 2 and "--month --next 要写其中一个" in capsys.readouterr().err


def test_who_may_not_open_opens_nothing() -> None:
    village = under()
    [what] = [what for _, what in open_next(place=village.place, by=village.actor("cadre2"), at=at(SEPTEMBER))]
    assert isinstance(what, Problem) and what.code == "people.not_allowed" and not Round.objects.exists()
