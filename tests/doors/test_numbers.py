"""A sheet with numbers behind its doors: typed from paper, pressed at the door, looked at again, answered, printed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pypdfium2
import pytest
from tests.doors.asking import behind_its_card, on, twice
from tests.doors.conftest import Door, sent, text
from tests.groups import group_of
from tests.numbers import numbers_text
from tests.rounds import adopt, at, opened_round, others, panel
from tests.worlds import person

from courtyard.honours.actions import close_village
from courtyard.honours.models import GradeObjection, Listing
from courtyard.inspections.models import Finding, Marks, Result, Round
from courtyard.kernel.actors import DutyKind

OCTOBER, DAY = date(2026, 10, 1), date(2026, 10, 5)


@pytest.fixture
def counted(door: Door) -> Round:
    """The October round of a village whose scheme gives numbers, open."""
    adopt(door.village, numbers_text(), OCTOBER)
    with on(DAY):
        return opened_round(door.village, OCTOBER, DAY)


def fields(door: Door, code: str, **typed: str) -> dict[str, str]:
    """`rooms_floor="18"`: what was typed in a cell of one home; `_` before a line's or a finding's name."""
    home = door.village.homes[code].pk.hex
    return {f"m-{home}-{key}": value for key, value in typed.items()}


def tidy(door: Door, code: str, **typed: str) -> dict[str, str]:
    whole = {"courtyard": "1", "rooms.floor": "18", "rooms.stove": "9", "surroundings": "27"} | typed
    return fields(door, code, **whole)


def address(door: Door, opened: Round, rater: Any) -> str:
    return f"/office/rounds/{opened.pk}/marks/{door.home.group_id}/{rater}"


def test_numbers_are_typed_from_paper(door: Door, counted: Round) -> None:
    raters = panel(counted, "0101", door.village)
    page = address(door, counted, raters[0])
    with on(DAY):
        cadre = door.as_("cadre")
        empty = text(cadre.get(page))
        assert "numbers.js" in empty and "满 20 分" in empty and "没有这一条" in empty
        typed = tidy(door, "0101", **{"courtyard-n-c1": "2", "courtyard": ""})
        typed |= tidy(door, "0102", **{"rooms.floor": "-", "rooms.stove": "-", "surroundings": "27.50"})
        typed |= tidy(door, "0103", **{"rooms.stove": "/"})
        assert twice(cadre, page, day="2026-10-05", **typed)["Location"] == address(door, counted, raters[1])
        marks = {row.visit.household.code: row for row in Marks.objects.select_related("visit__household")}
        values = {code: json.loads(row.values) for code, row in marks.items()}
        assert values["0101"] == {"courtyard": "looked", "rooms": "18+9", "surroundings": "27"}
        assert values["0102"] == {"courtyard": "looked", "rooms": "declined", "surroundings": "27.5"}
        assert values["0103"]["rooms"] == "18+na"
        assert (Finding.objects.get().code, Finding.objects.get().places) == ("c1", 2)
        told = text(cadre.get(page))
        assert "18+9 分(满 30 分)" in told and "看过了" in told and "18+不适用" in told
        # A number spelt otherwise is the same; other places are not, and whoever decides reads them.
        cadre.post(
            page + f"?again={door.home.pk.hex}",
            sent(day="2026-10-05", **tidy(door, "0101", **{"surroundings": "27.0", "courtyard-n-c1": "2"})),
        )
        assert Marks.objects.count() == 3
        again = tidy(door, "0101", **{"courtyard-n-c1": "3"})
        assert cadre.post(page + f"?again={door.home.pk.hex}", sent(day="2026-10-05", **again)).status_code == 302
        waiting = text(door.as_("deputy").get("/office/reviews"))
        assert "柴草杂物 2 处" in waiting and "柴草杂物 3 处" in waiting


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"surroundings": "31"}, "0 到 30"),
        ({"rooms.stove": ""}, "「灶台擦净」还没有填"),
        ({"courtyard": "7"}, "按的是「7」"),
        ({"courtyard-n-c1": "二"}, "要写整数"),
        ({"courtyard-n-c1": "100"}, "1 到 99"),
        ({"surroundings": ""}, "还没有填完"),
    ],
)
def test_what_does_not_fit_is_refused_and_kept(door: Door, counted: Round, typed: dict[str, str], says: str) -> None:
    """office.item_missing, office.places_unknown, inspections.places_unfit and the sheet's own faults."""
    page = address(door, counted, panel(counted, "0101", door.village)[0])
    with on(DAY):
        answer = door.as_("cadre").post(page, sent(day="2026-10-05", **tidy(door, "0101", **typed)))
    assert answer.status_code == 409 and says in text(answer)
    assert 'value="18"' in text(answer), "what was typed is kept"
    assert not Marks.objects.exists()


def test_one_home_a_screen(door: Door, counted: Round) -> None:
    rater = panel(counted, "0101", door.village)[0]
    name = next(name for name, one in door.village.world.accounts.items() if one.pk == rater)
    page = address(door, counted, rater) + "/home"
    with on(DAY):
        own = door.as_(name)
        screen = text(own.get(page))
        assert "steps.js" in screen and screen.count('class="choice"') >= 11, "ten points are eleven buttons"
        assert " checked" not in screen and 'value="0" checked' not in screen
        home = door.home.pk.hex
        pressed = {f"m-{home}-courtyard": "looked", f"m-{home}-rooms-x": "1", f"m-{home}-surroundings": "30"}
        kept = own.post(page, sent(home=home, day="2026-10-05", **pressed | {f"m-{home}-surroundings": "31"}))
        assert kept.status_code == 409 and 'value="31"' in text(kept)
        assert own.post(page, sent(home=home, day="2026-10-05", **pressed)).status_code == 302
        assert json.loads(Marks.objects.get().values)["rooms"] == "declined"
        second = door.village.homes["0102"].pk.hex
        assert own.post(page, sent(home=second, day="2026-10-05", whole="*")).status_code == 302
        assert Marks.objects.get(visit__household=second).presence == "not_at_home"
        assert door.as_("cadre2").post(page, sent(home=second, day="2026-10-05", whole="*")).status_code == 404


def closed(door: Door, counted: Round) -> None:
    """Everybody sees eight piles at 0101 and three at 0102, and 10 points around both; closed on the 20th."""
    with on(DAY):
        cadre = door.as_("cadre")
        for rater in panel(counted, "0101", door.village):
            typed = tidy(door, "0101", **{"courtyard-n-c1": "8", "surroundings": "10", "rooms.floor": "8"})
            home = door.home.pk.hex
            typed |= {f"m-{home}-surroundings-f": "s1", f"m-{home}-rooms-f": "r1"}
            typed |= tidy(door, "0102", **{"courtyard-n-c1": "3", "surroundings": "10"})
            assert cadre.post(address(door, counted, rater), sent(day="2026-10-05", **typed)).status_code == 302
    when = at(date(2026, 10, 20))
    close_village(closing=counted, by=door.village.actor("cadre", when), at=when)


def test_a_second_look_and_the_answer_speak_numbers(door: Door, counted: Round) -> None:
    closed(door, counted)
    stood = Result.objects.get(visit__household=door.home)
    assert (stood.grade, stood.score_milli) == ("poor", 27_000)
    listing = Listing.objects.get()
    away = others(counted, door.village, "0101")[0]
    with on(date(2026, 10, 21)):
        cadre = door.as_("cadre")
        page = text(cadre.get(f"/office/lists/{listing.pk}"))
        assert 'name="a-rooms.floor"' in page and 'name="a-courtyard-n-c1"' in page
        bare = {"a-courtyard": "looked", "a-rooms.floor": "18", "a-rooms.stove": "9", "a-surroundings": "17"}
        said = {"looker": str(away), "day": "2026-10-21"} | bare
        look = f"/office/lists/{listing.pk}/look"
        assert "没有凭据就不能算差" in text(cadre.post(look, sent(**said))), "a poor number needs its finding"
        twice(cadre, look, **said | {"a-surroundings-f": "s1"})
        told = text(cadre.get(f"/office/lists/{listing.pk}"))
        assert "17 分(满 30 分)" in told
        twice(behind_its_card(door, "0102"), "/me/disagree", words="院里只有一堆柴")
        answer = f"/office/lists/objections/{GradeObjection.objects.get().pk}"
        answers = text(cadre.get(answer))
        assert 'name="area-rooms.floor"' in answers and 'name="area-courtyard-n-c1"' in answers
        really = {"area-courtyard-n-c1": "1", "area-rooms.floor": "18", "area-rooms.stove": "/"}
        odd = cadre.post(answer, sent(upheld="yes", reasons="去看过", **really | {"area-surroundings": "31"}))
        assert odd.status_code == 409 and "0 到 30" in text(odd) and 'value="31"' in text(odd)
        twice(cadre, answer, upheld="yes", reasons="去看过,只有一处", **really)
    now = Result.objects.get(visit__household=door.village.homes["0102"], superseded_by=None)
    areas = {area["area"]: area["score_milli"] for area in json.loads(now.breakdown)["areas"]}
    assert areas == {"courtyard": 35_000, "rooms": 27_000, "surroundings": 10_000}
    assert now.score_milli == 72_000 and now.grade == "fair"


def test_yards_are_graded_together_in_numbers(door: Door, counted: Round) -> None:
    for n in (91, 92):
        person(door.village.world, f"eva{n}", f"评比员{n}", DutyKind.EVALUATOR, "WD/01", at(DAY, 8))
    with on(DAY):
        group = group_of(door.village, since=DAY)
        cadre, page = door.as_("cadre"), f"/office/groups/{group.pk}"
        assert cadre.post(f"{page}/yards", sent()).status_code == 302
        blank = pypdfium2.PdfDocument(cadre.get(f"{page}/calibration/sheets.pdf").content)
        assert "满 20 分" in blank[0].get_textpage().get_text_range()
        one, two = door.village.id("eva1"), door.village.id("eva2")
        row = {"courtyard": "0", "rooms.floor": "18", "rooms.stove": "9", "surroundings": "27"}
        keys = {f"y-{n}-{key}": typed for n in range(1, 7) for key, typed in row.items()}
        odd = cadre.post(f"{page}/calibration/{one}", sent(**{**keys, "y-6-courtyard": "很多"}))
        assert odd.status_code == 409 and "要写看到几处" in text(odd)
        half = cadre.post(f"{page}/calibration/{one}", sent(**{**keys, "y-6-rooms.stove": ""}))
        assert half.status_code == 409 and "「灶台擦净」还没有填" in text(half)
        assert cadre.post(f"{page}/calibration/{one}", sent(**keys)).status_code == 302
        assert 'value="18"' in text(cadre.get(f"{page}/calibration/{one}"))
        other = {**keys, "y-1-courtyard": "4", "y-2-rooms.floor": "-", "y-2-rooms.stove": "-"}
        assert cadre.post(f"{page}/calibration/{two}", sent(**other)).status_code == 302
        seen = text(door.as_("eva2").get(f"{page}/calibration"))
        assert "您给的:4 处" in seen and "18+9 分" in seen and "差得远" in seen
        assert len(pypdfium2.PdfDocument(cadre.get(f"{page}/calibration.pdf").content)) == 1


def test_the_paper_asks_for_numbers(door: Door, counted: Round) -> None:
    with on(DAY):
        sheets = door.as_("cadre").get(f"/office/rounds/{counted.pk}/sheets.pdf?group={door.home.group_id}")
    printed = pypdfium2.PdfDocument(sheets.content)
    front, back = ("".join(printed[n].get_textpage().get_text_range().split()) for n in (0, 1))
    for words in ("满20分", "满10分", "满30分", "编号×几处", "没有这一条的写「/」", "c1×2"):
        assert words in front, words
    assert "第2条灶台擦净(满10分,没有就写「/」)" in back and "c1柴草杂物" in back
    assert len(printed) == 2 * len(panel(counted, "0101", door.village))
