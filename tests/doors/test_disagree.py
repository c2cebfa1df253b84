"""有人不同意: an evaluator or a shopkeeper takes it down on a phone; what is open freezes, what is not is answered."""

from __future__ import annotations

from datetime import date

from tests import lists
from tests.doors.asking import on, twice
from tests.doors.conftest import Door, sent, text
from tests.lists import LOOKED, PUBLISH_FROM
from tests.rounds import OCTOBER, mark, opened_round

from courtyard.honours.models import GradeObjection, Listing
from courtyard.inspections.models import Result

PAGE, LISTS = "/office/disagree", "/office/lists/objections"
ANSWERED, NEXT = date(2026, 9, 23), date(2026, 10, 20)


def says(number: str, said: str = "objects", words: str = "院子是扫过的") -> dict[str, str]:
    return {"number": number, "said": said, "channel": "spoken", "words": words}


def test_told_to_a_shopkeeper_the_entry_freezes_and_nothing_is_revealed(door: Door):
    _, listing = lists.published(door.village)
    short = door.village.homes["0201"].short
    with on(PUBLISH_FROM):
        keeper = door.as_("keeper")
        asked = text(keeper.get(PAGE))
        assert asked.count("<textarea") == 1 and "陈桂花" not in asked
        twice(keeper, PAGE, **says(f"{short[:3]} {short[3:]}"))
        told = text(keeper.get(PAGE))
        assert (
            "陈*花" in told
            and "最晚" in told
            and not [word for word in ("公示中", "已告知", "候选", "柴草") if word in told]
        )
        listing.refresh_from_db()
        assert listing.state == "objected"
        again = keeper.post(PAGE, sent(**says(short)))
        assert again.status_code == 409 and "已经记下" in text(again) and "院子是扫过的" in text(again)
        for who, number in (("keeper2", short), ("keeper", "000000"), ("keeper", "0999")):
            answer = door.as_(who).post(PAGE, sent(**says(number)), headers={"accept": "application/json"})
            assert (answer.status_code, answer.json()["code"]) == (409, "office.home_not_found")
        assert door.as_("household").get(PAGE).status_code == 404
        eva1, eva2 = door.as_("eva1"), door.as_("eva2")
        twice(eva1, PAGE, **says("0201", "not_received", ""))
        listing.refresh_from_db()
        assert (listing.state, listing.notified_on) == ("objected", None)
        twice(eva2, PAGE, **says("0103", "not_received", ""))
        for client in (eva1, eva2):
            assert "重新送" in text(client.get(PAGE)), "the answer does not tell whether there was a notice"


def test_without_an_entry_it_is_answered_with_reasons_and_the_household_reads_them(door: Door):
    lists.candidate(door.village)
    with on(LOOKED):
        household, cadre = door.as_("household"), door.as_("cadre")
        assert "对这次评比有意见" in text(household.get("/me"))
        twice(household, "/me/disagree", words="我家得了好,为什么没有红榜")
        assert "待答复" in text(household.get("/me/disagree"))
        twice(door.as_("eva1"), PAGE, **says("0103"))
        today = text(cadre.get("/office/"))
        assert "2 份对评比的意见等答复" in today
        rows = text(cadre.get(LISTS))
        assert "李秀英" not in rows and "张三丰" in rows
        row = GradeObjection.objects.get(household=door.village.homes["0103"])
        page = f"{LISTS}/{row.pk}"
        assert "院子是扫过的" in text(cadre.get(page))
        assert door.as_("cadre2").get(page).status_code == 404
    with on(ANSWERED):
        cadre = door.as_("cadre")
        short_answer = cadre.post(page, sent(upheld="no", reasons=""))
        assert short_answer.status_code == 409
        values = {f"area-{area}": "good" for area in ("courtyard", "rooms", "surroundings")}
        twice(cadre, page, upheld="yes", reasons="去看过,院坝是扫过的", **values)
        assert "评比异议成立" in text(cadre.get(page))
        standing = Result.objects.get(visit__household=door.village.homes["0103"], superseded_by=None)
        assert standing.grade == "good"
        own = GradeObjection.objects.get(household=door.home)
        twice(cadre, f"{LISTS}/{own.pk}", upheld="no", reasons="红榜名字按您选的没有写")
        told = text(door.as_("household").get("/me/disagree"))
        assert "红榜名字按您选的没有写" in told and "10月" in told, (
            "the reasons, and until when the town looks once more"
        )


def test_a_home_poor_again_gets_no_second_entry_and_the_close_says_so(door: Door):
    _, listing = lists.notified(door.village)
    opened = opened_round(door.village, OCTOBER)
    mark(door.village, opened, lists.MARKS, OCTOBER.replace(day=10))
    with on(NEXT):
        Listing.objects.filter(pk=listing.pk).update(lapses_on=NEXT)  # it has its days: otherwise it lapsed
        cadre = door.as_("cadre")
        cadre.post(f"/office/rounds/{opened.pk}/close", sent())
        said = text(cadre.get(f"/office/rounds/{opened.pk}"))
        assert "1 户已经在榜上办着,没有再列一条" in said
    home = door.village.homes["0201"]
    assert Listing.objects.filter(household=home).count() == 1
