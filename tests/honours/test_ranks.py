"""A round whose homes are ranked: first, last, prizes; put right by an objection; replayed; told for a town."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from tests.rating.worked import changed
from tests.rounds import SEPTEMBER, Village, at, closed_round, make_village, mark, opened_round

from courtyard.honours.actions import (
    answer_grade_objection,
    close_village,
    hand_out_prize,
    prize_not_handed_out,
    raise_objection,
    settle_prizes,
)
from courtyard.honours.models import GradeObjection, Listing, Prize
from courtyard.honours.queries.prizes import own_prizes
from courtyard.honours.rules.prizes import Following, PrizeState, Standing, follow
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.inspections.models import Result, Round
from courtyard.inspections.queries.replaying import replay
from courtyard.inspections.rules.marks import Found, Given
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.problems import Refused
from courtyard.points.queries import balance
from courtyard.rating.rules.parsing import check_json
from courtyard.rating.rules.writing import write

pytestmark = [pytest.mark.django_db, pytest.mark.long]
CHANGE: dict[str, Any] = {
    "awards": [{"code": "first", "kind": "first", "name": "前两名", "count": 2, "ties": "all", "points": 10,
                "ledger": "points"}],
    "lists[red].count": 2, "lists[black].count": 2,
    "prizes": [{"code": "best", "kind": "first", "name": "最干净的一户", "count": 1, "ties": "all", "amount_fen": 20000}],
}  # fmt: skip
AREAS = ("courtyard", "rooms", "surroundings", "bins")
FOUND = [("courtyard", f"c{n}") for n in range(1, 6)] + [("surroundings", f"s{n}") for n in range(1, 6)]
# Findings of each home: 100, 95, 90, 85 points, 70 (fair), 50 (poor).
SEEN = {"0101": 0, "0102": 1, "0103": 2, "0201": 3, "0202": 6, "0203": 10}
ANSWERED = date(2026, 9, 24)


def scheme(change: Mapping[str, Any] = CHANGE) -> str:
    check = check_json(json.dumps(changed("ruyang", change), ensure_ascii=False, default=str))
    assert check.document is not None, check.problems
    return write(check.document)


def looked(found: int) -> Given:
    return Given(
        Presence.SEEN, tuple((area, "looked") for area in AREAS), tuple(Found(*one) for one in FOUND[:found])
    )  # fmt: skip


@pytest.fixture
def village() -> Village:
    return make_village(text=scheme())


def close(village: Village, seen: Mapping[str, int] = SEEN, month: date = SEPTEMBER) -> Round:
    return closed_round(village, {code: looked(found) for code, found in seen.items()}, month)


def outcome(village: Village, code: str) -> dict[str, Any]:
    row = Result.objects.get(visit__household=village.homes[code], superseded_by=None)
    found: dict[str, Any] = json.loads(row.breakdown)
    return found


def ranked(village: Village) -> dict[str, list[str]]:
    return {code: outcome(village, code).get("rank", {}).get("clauses", []) for code in SEEN}


def points(village: Village) -> dict[str, int]:
    return {code: balance(home.pk).points for code, home in village.homes.items()}


def prizes(village: Village) -> dict[str, list[str]]:
    return {code: [line.state.value for line in own_prizes(home.pk)] for code, home in village.homes.items()}


def upheld(village: Village, code: str, values: dict[str, str] | None) -> None:
    """The home says it is not so; somebody who did not rate answers that it is right."""
    when = at(date(2026, 9, 22))
    raise_objection(
        household=village.homes[code], channel=ObjectionChannel.SPOKEN, words="扫过的", by=village.actor("keeper", when),
        at=when,
    )  # fmt: skip
    answer_grade_objection(
        objection=GradeObjection.objects.get(state="open"), upheld=True, reasons="去看过", values=values, by=village.actor("cadre", at(ANSWERED)),
        at=at(ANSWERED),
    )  # fmt: skip


def test_first_last_and_prizes_of_a_round(village: Village) -> None:
    closed = close(village)
    assert ranked(village) == {
        "0101": ["awards.first", "lists.red", "prizes.best"], "0102": ["awards.first", "lists.red"],
        "0103": [], "0201": [], "0202": ["lists.black"], "0203": ["lists.black"],
    }  # fmt: skip
    assert points(village) == dict.fromkeys(SEEN, 0) | {"0101": 10, "0102": 10}
    listed = dict(Listing.objects.values_list("household__code", "kind"))
    assert listed == {"0101": "red", "0102": "red", "0203": "black"}  # 0202 is last, and fair: never an entry
    assert outcome(village, "0202")["never"] == [{"listing": "black", "clause": "lists.black", "reasons": ["not_poor"]}]
    assert prizes(village) == dict.fromkeys(SEEN, []) | {"0101": ["due"]}
    again = replay(closed)
    assert all(line.same for line in again.lines)


def test_an_upheld_objection_ranks_again_and_nobody_else_falls(village: Village) -> None:
    close(village)
    upheld(village, "0103", dict.fromkeys(AREAS, "looked"))
    assert ranked(village) == {
        "0101": ["awards.first", "lists.red", "prizes.best"], "0102": ["awards.first", "lists.red"],
        "0103": ["awards.first", "lists.red", "prizes.best"], "0201": [],
        "0202": ["lists.black"], "0203": ["lists.black"],
    }  # fmt: skip
    assert points(village) == dict.fromkeys(SEEN, 0) | {"0101": 10, "0102": 10, "0103": 10}
    assert prizes(village) == dict.fromkeys(SEEN, []) | {"0101": ["due"], "0103": ["due"]}
    assert Listing.objects.filter(household=village.homes["0103"], kind="red", state="candidate").exists()


def test_a_home_no_longer_rated_gives_its_rank_back_and_others_rise(village: Village) -> None:
    close(village)
    upheld(village, "0101", None)
    assert ranked(village)["0101"] == []
    assert ranked(village)["0102"] == ["awards.first", "lists.red", "prizes.best"]
    assert ranked(village)["0103"] == ["awards.first", "lists.red"]
    assert points(village) == dict.fromkeys(SEEN, 0) | {"0102": 10, "0103": 10}
    assert prizes(village) == dict.fromkeys(SEEN, []) | {"0102": ["due"]}
    assert Prize.objects.get(household=village.homes["0101"]).state == "withdrawn"
    lifted = Result.objects.filter(visit__household=village.homes["0103"])
    assert lifted.count() == 2 and Result.objects.filter(visit__household=village.homes["0201"]).count() == 1


def test_what_was_handed_out_stays(village: Village) -> None:
    close(village)
    [row] = Prize.objects.all()
    when = at(date(2026, 9, 21))
    hand_out_prize(prize=row, taker="head", by=village.actor("cadre", when), at=when)
    upheld(village, "0101", None)
    assert prizes(village)["0101"] == ["given"] and prizes(village)["0102"] == ["due"]


def refused(code: str, act: Any, **facts: Any) -> None:
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.problem.code == code
    assert facts.items() <= caught.value.problem.facts.items()


def test_handing_out_and_taking_it_back_the_same_day(village: Village) -> None:
    close(village)
    [row] = Prize.objects.all()
    cadre, day = village.actor("cadre", at(date(2026, 9, 21))), date(2026, 9, 21)
    refused("honours.prize_no_taker", lambda: hand_out_prize(prize=row, taker="", by=cadre, at=at(day)))
    refused("honours.prize_not_today", lambda: prize_not_handed_out(prize=row, by=cadre, at=at(day)))
    hand_out_prize(prize=row, taker="family", by=cadre, at=at(day))
    refused("honours.prize_not_due", lambda: hand_out_prize(prize=row, taker="head", by=cadre, at=at(day)))
    prize_not_handed_out(prize=row, by=cadre, at=at(day))
    hand_out_prize(prize=row, taker="proxy", by=cadre, at=at(day))
    row.refresh_from_db()
    assert (row.state, row.taker, row.given_on, row.given_by) == ("given", "proxy", day, cadre.id)
    later = at(day + timedelta(days=1))
    refused("honours.prize_not_today", lambda: prize_not_handed_out(prize=row, by=cadre, at=later))
    stranger = village.actor("cadre2", at(day))
    refused("people.not_allowed", lambda: hand_out_prize(prize=row, taker="head", by=stranger, at=at(day)))


LATE = CHANGE | {
    "prizes": [{"code": "top", "kind": "first", "name": "全镇第一", "count": 1, "within": "town", "ties": "all",
                "amount_fen": 50000}],
}  # fmt: skip


def test_a_prize_of_the_town_waits_and_is_told_by_the_town() -> None:
    village = make_village(text=scheme(LATE))
    cadre, clerk = (village.actor(who, at(ANSWERED)) for who in ("cadre", "clerk"))
    given: dict[str, Any] = {"month": SEPTEMBER, "at": at(ANSWERED)}
    town = village.world["WD"]
    refused("honours.prizes_none", lambda: settle_prizes(place=town, by=clerk, **given))
    opened = opened_round(village)
    refused("honours.prizes_of_the_town", lambda: settle_prizes(place=village.place, by=cadre, **given))
    refused("honours.prizes_wait", lambda: settle_prizes(place=town, by=clerk, **given), villages="塔湾村")
    mark(village, opened, {code: looked(found) for code, found in SEEN.items()}, date(2026, 9, 10))
    close_village(closing=opened, by=village.actor("cadre", at(date(2026, 9, 20))), at=at(date(2026, 9, 20)))
    assert not Prize.objects.exists()
    assert settle_prizes(place=town, by=clerk, **given).won == 1
    assert prizes(village)["0101"] == ["due"]
    assert settle_prizes(place=town, by=clerk, **given).won == 0
    upheld(village, "0101", None)
    assert prizes(village)["0101"] == ["due"]  # only telling it again moves it
    done = settle_prizes(place=town, by=clerk, **given)
    assert (done.won, done.withdrawn) == (1, 1) and prizes(village)["0102"] == ["due"]


def test_a_prize_that_asks_for_checks_waits_for_them() -> None:
    change = CHANGE | {"prizes": [CHANGE["prizes"][0] | {"recheck": True}]}
    village = make_village(text=scheme(change | {"review": {"effect": "vetoes", "least": 60}}))
    close(village)
    given: dict[str, Any] = {"month": SEPTEMBER, "at": at(ANSWERED), "by": village.actor("cadre", at(ANSWERED))}
    assert not Prize.objects.exists()
    refused("honours.prizes_unchecked", lambda: settle_prizes(place=village.place, **given))


@pytest.mark.parametrize(
    ("stand", "won", "new", "gone"),
    [
        ([], {"prizes.a": 5}, (("prizes.a", 5),), ()),
        ([("prizes.a", "due")], {"prizes.a": 5}, (), ()),
        ([("prizes.a", "due")], {}, (), ("prizes.a",)),
        ([("prizes.a", "given")], {}, (), ()),
        ([("prizes.a", "given")], {"prizes.a": 5}, (), ()),
        ([("prizes.a", "withdrawn")], {"prizes.a": 5}, (("prizes.a", 5),), ()),
        ([("prizes.z", "due")], {}, (), ()),
    ],
)
def test_what_becomes_of_prizes(stand: Any, won: dict[str, int], new: Any, gone: Any) -> None:
    rows = [Standing(clause, 5, PrizeState(state)) for clause, state in stand]
    assert follow(rows, won, {"prizes.a"}) == Following(new, gone)
