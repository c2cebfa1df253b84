"""One rater's sheet typed from paper: a key a mark, nobody else's marks, reviews."""

from __future__ import annotations

from uuid import UUID

import pytest
from tests.doors.conftest import Door, sent, text
from tests.rounds import panel
from tests.worlds import AT, home

from courtyard.households.actions import declare_kin
from courtyard.households.rules.states import KinKind
from courtyard.inspections.models import Finding, Marks, Review, Round
from courtyard.kernel.actors import Actor

AREAS = ("courtyard", "rooms", "surroundings")
DAY = "2026-09-12"


@pytest.fixture
def raters(door: Door, opened: Round) -> list[UUID]:
    return panel(opened, "0101", door.village)


def address(door: Door, opened: Round, rater: UUID) -> str:
    return f"/office/rounds/{opened.pk}/marks/{door.home.group_id}/{rater}"


def typed(door: Door, **rows: str) -> dict[str, str]:
    """`h0101="123"`: the keys of one home in the order of areas."""
    fields = {}
    for code, keys in rows.items():
        home = door.village.homes[code[1:]]
        fields |= {f"m-{home.pk.hex}-{area}": key for area, key in zip(AREAS, keys, strict=False)}
    return sent(day=DAY, **fields)


def name_of(door: Door, rater: UUID) -> str:
    return next(name for name, account in door.village.world.accounts.items() if account.pk == rater)


def test_a_sheet_is_typed_and_the_next_one_follows(door: Door, opened: Round, raters):
    cadre = door.as_("cadre")
    page = address(door, opened, raters[0])
    empty = text(cadre.get(page))
    assert 'value="1"' not in empty.replace('name="again" value="1"', ""), "no mark has a default"
    fields = typed(door, h0101="112", h0102="888", h0103="103")
    fields[f"m-{door.village.homes['0103'].pk.hex}-surroundings-f"] = "s2"
    first = cadre.post(page, fields)
    assert first["Location"] == address(door, opened, raters[1])
    assert cadre.post(page, fields)["Location"] == first["Location"]
    marks = Marks.objects.filter(evaluator=raters[0])
    assert marks.count() == 3
    assert marks.get(visit__household=door.village.homes["0102"]).presence == "not_at_home"
    assert '"rooms":"declined"' in marks.get(visit__household=door.village.homes["0103"]).values
    assert Finding.objects.get().code == "s2"
    assert str(marks.first().day) == DAY


def test_marks_that_are_in_are_shown_in_words(door: Door, opened: Round, raters):
    cadre, page = door.as_("cadre"), address(door, opened, raters[0])
    cadre.post(page, typed(door, h0101="123"))
    shown = text(cadre.get(page))
    assert "已录" in shown
    assert f'name="m-{door.home.pk.hex}-courtyard"' not in shown
    again = text(cadre.get(f"{page}?again={door.home.pk.hex}"))
    assert f'name="m-{door.home.pk.hex}-courtyard"' in again


def test_one_rater_s_screen_never_shows_another_s(door: Door, opened: Round, raters):
    cadre = door.as_("cadre")
    fields = typed(door, h0101="333")
    for area, code in zip(AREAS, ("c1", "r1", "s1"), strict=True):
        fields[f"m-{door.home.pk.hex}-{area}-f"] = code
    assert cadre.post(address(door, opened, raters[0]), fields).status_code == 302
    cadre.get("/office/")  # where the success is told
    other = text(cadre.get(address(door, opened, raters[1])))
    assert "已录 0 户" in other
    assert "sign-done" not in other
    assert " checked" not in other


def test_an_evaluator_types_the_own_sheet_only(door: Door, opened: Round, raters):
    own = door.as_(name_of(door, raters[0]))
    assert own.get(address(door, opened, raters[0])).status_code == 200
    assert own.get(address(door, opened, raters[1])).status_code == 404
    assert own.post(address(door, opened, raters[1]), typed(door, h0101="111")).status_code == 404
    assert (
        own.post(address(door, opened, raters[0]), typed(door, h0101="111"))["Location"]
        == f"/office/rounds/{opened.pk}"
    )
    assert door.as_("cadre2").get(address(door, opened, raters[0])).status_code == 404


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ("1", "还没有填完"),
        ("192", "按的是「9」"),
        ("011", "按的是「0」"),
        ("7", "按的是「7」"),
        ("", "一户也没有录"),
    ],
)
def test_a_wrong_key_is_refused_and_the_sheet_kept(door: Door, opened: Round, raters, keys, says):
    """office.unknown_key, office.nothing_typed and the sheet's own faults; nothing of the sheet is saved."""
    cadre, page = door.as_("cadre"), address(door, opened, raters[0])
    fields = typed(door, h0101=keys, h0102="211" if keys else "")
    answer = cadre.post(page, fields)
    assert answer.status_code == 409
    assert says in text(answer)
    assert not keys or 'value="2"' in text(answer), "what was typed is kept"
    assert not Marks.objects.exists()


def test_whoever_is_kin_steps_aside(door: Door, opened: Round, raters):
    eva = door.village.world.accounts[name_of(door, raters[0])]
    by: Actor = door.village.actor("cadre")
    declare_kin(account=eva, household=door.home, kind=KinKind.KIN, by=by, at=AT)
    cadre, page = door.as_("cadre"), address(door, opened, raters[0])
    assert "亲属回避" in text(cadre.get(page))
    cadre.post(page, typed(door, h0102="111", h0103="111"))
    assert Marks.objects.get(visit__household=door.home).presence == "kin"


def test_other_values_wait_for_somebody_else(door: Door, opened: Round, raters):
    cadre, page = door.as_("cadre"), address(door, opened, raters[0])
    cadre.post(page, typed(door, h0101="111"))
    cadre.post(f"{page}?again={door.home.pk.hex}", typed(door, h0101="211"))
    assert Review.objects.filter(state="open").count() == 2
    reviews = "/office/reviews"
    assert "同一人两次不一样" in text(cadre.get(reviews))
    visit = Marks.objects.first().visit_id
    keep = Marks.objects.order_by("n").last().pk
    decide = f"{reviews}/{visit}/{raters[0]}"
    assert cadre.post(decide, sent(keep=str(keep))).status_code == 409, "whoever typed them does not decide"
    assert door.as_("cadre2").post(decide, sent(keep=str(keep))).status_code == 404
    fields = sent(keep=str(keep))
    for _ in range(2):
        assert door.as_("supervisor").post(decide, fields).status_code == 302, "sent twice: the same answer"
    assert "没有等着决定的评分" in text(door.as_("supervisor").post(decide, sent(keep="none")))
    assert "没有要核对的" in text(cadre.get(reviews))


def test_a_day_that_is_none_is_refused(door: Door, opened: Round, raters):
    answer = door.as_("cadre").post(address(door, opened, raters[0]), typed(door, h0101="111") | {"day": "昨天"})
    assert "「评比日期」填的「昨天」不是日期" in text(answer)


def at_the_door(door: Door, opened: Round, rater: UUID) -> str:
    return address(door, opened, rater) + "/home"


def pressed(door: Door, code: str, keys: str, **more: str) -> dict[str, str]:
    """One home's buttons, as its screen sends them."""
    return typed(door, **{f"h{code}": keys}) | {"home": door.village.homes[code].pk.hex} | more


def test_an_evaluator_marks_home_by_home_in_walking_order(door: Door, opened: Round, raters):
    own = door.as_(name_of(door, raters[0]))
    page = at_the_door(door, opened, raters[0])
    for code in ("0101", "0102", "0103"):
        shown = text(own.get(page))
        assert f'value="{door.village.homes[code].pk.hex}"' in shown
        assert "checked" not in shown, "no button is preset"
        fields = pressed(door, code, "111")
        for _ in range(2):
            assert own.post(page, fields)["Location"] == page
    assert "都评完了" in text(own.get(page))
    assert Marks.objects.filter(evaluator=raters[0]).count() == 3


def test_one_press_says_that_nobody_is_in(door: Door, opened: Round, raters):
    own = door.as_(name_of(door, raters[0]))
    own.post(at_the_door(door, opened, raters[0]), pressed(door, "0101", "", whole="8"))
    assert Marks.objects.get().presence == "not_at_home"


def test_a_shared_phone_goes_round_the_trio_and_shows_nobody_s_marks(door: Door, opened: Round, raters):
    cadre = door.as_("cadre")
    page, home = at_the_door(door, opened, raters[0]), door.village.homes["0101"].pk.hex
    for rater, after in zip(raters, (*raters[1:], None), strict=True):
        answer = cadre.post(at_the_door(door, opened, rater), pressed(door, "0101", "113" if after else "111"))
        expected = f"{at_the_door(door, opened, after)}?home={home}" if after else page
        assert answer["Location"] == expected
        assert "checked" not in text(cadre.get(answer["Location"]))
    assert f'value="{door.village.homes["0102"].pk.hex}"' in text(cadre.get(page))


def test_a_home_s_screen_refuses_half_a_home_and_keeps_what_was_pressed(door: Door, opened: Round, raters):
    answer = door.as_("cadre").post(at_the_door(door, opened, raters[0]), pressed(door, "0101", "12"))
    assert answer.status_code == 409
    assert text(answer).count(" checked") == 2
    assert not Marks.objects.exists()


def test_kin_never_see_the_home_s_screen(door: Door, opened: Round, raters):
    account = door.village.world.accounts[name_of(door, raters[0])]
    declare_kin(
        account=account, household=door.village.homes["0101"], kind=KinKind.KIN, by=door.village.actor("cadre"), at=AT
    )
    own, page = door.as_(name_of(door, raters[0])), at_the_door(door, opened, raters[0])
    assert f'value="{door.village.homes["0102"].pk.hex}"' in text(own.get(page))
    fields = pressed(door, "0102", "111")
    for _ in range(2):
        assert own.post(page, fields).status_code == 302
    assert {row.presence for row in Marks.objects.all()} == {"seen", "kin"}


def test_another_village_s_door_is_not_there(door: Door, opened: Round, raters):
    assert door.as_("cadre2").get(at_the_door(door, opened, raters[0])).status_code == 404
    other = door.as_(name_of(door, raters[1]))
    assert other.get(at_the_door(door, opened, raters[0])).status_code == 404, "nobody sees another's screen"


def test_marks_for_homes_that_are_not_on_the_sheet_are_refused_whole(door: Door, opened: Round, raters):
    """Another village's home, or one of another group, typed into this sheet: said by number, and nothing is saved."""
    cadre, page = door.as_("cadre"), address(door, opened, raters[0])
    stranger = home(door.village.world, "WD/02/G01", "0109", "孙外村")
    for other, says in ((stranger, "不在这个村"), (door.village.homes["0201"], "没有排这位评比员")):
        answer = cadre.post(page, typed(door, h0101="111") | {f"m-{other.pk.hex}-courtyard": "1"})
        assert answer.status_code == 409
        assert says in text(answer)
        assert other.code in text(answer)
        at_door = cadre.post(at_the_door(door, opened, raters[0]), sent(day=DAY, home=other.pk.hex, whole="8"))
        assert at_door.status_code == 409, "one press never falls on the next home of the walk"
        assert says in text(at_door)
    assert not Marks.objects.exists()


def test_what_was_seen_without_a_mark_is_asked_about_and_kin_are_told(door: Door, opened: Round, raters):
    cadre, page = door.as_("cadre"), address(door, opened, raters[0])
    seen = {f"m-{door.home.pk.hex}-courtyard-f": "c1"}
    answer = cadre.post(page, typed(door, h0102="111") | seen)
    assert "还没有填完" in text(answer)
    account = door.village.world.accounts[name_of(door, raters[0])]
    declare_kin(account=account, household=door.home, kind=KinKind.KIN, by=door.village.actor("cadre"), at=AT)
    for place, more in ((page, {}), (at_the_door(door, opened, raters[0]), {"home": door.home.pk.hex})):
        answer = cadre.post(place, typed(door, h0101="111") | more)
        assert answer.status_code == 409
        assert "按约定回避" in text(answer)
    assert not Marks.objects.exists()
