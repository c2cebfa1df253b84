"""From a round made through actions to the facts of its prints: cards, sheets, slips, the notice, the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.looks import look_again
from tests.outreach.samples import pages_of
from tests.worlds import AT, World, home

from courtyard.honours.actions import close_village, enter_red, notify, publish
from courtyard.honours.actions.slips import print_notice, print_pad, print_slips
from courtyard.honours.models import Listing
from courtyard.honours.queries.slips import pad_serials
from courtyard.honours.rules.persons import Evidence
from courtyard.honours.rules.slips import is_sound, serial_of
from courtyard.honours.rules.states import NoticeEvidence
from courtyard.households.actions import declare_kin, issue_cards
from courtyard.households.models import Household
from courtyard.households.rules.states import KinKind
from courtyard.inspections.actions.marks import HomeMarks, enter_marks
from courtyard.inspections.actions.rounds import open_round
from courtyard.inspections.models import Review, Round, Seat, Visit
from courtyard.inspections.rules.marks import Found, Given
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Refused
from courtyard.outreach import papers
from courtyard.outreach.gathering import cards_of, frame_of, score_sheets_of
from courtyard.outreach.gathering_homes import notice_of, pad_of, slips_of
from courtyard.outreach.gathering_lists import black_poster_of, group_board_of, red_poster_of
from courtyard.outreach.gathering_records import record_of
from courtyard.rating.actions import adopt_scheme, draft_scheme
from courtyard.rating.queries import document_of, shipped

pytestmark = pytest.mark.django_db
GROUP = "WD/01/G01"
LATER = AT + timedelta(days=5)


@dataclass
class Month:
    """A village's first round: twelve homes of one group, marks of three raters in, not yet closed."""

    world: World
    homes: list[Household]
    opened: Round


def adopt(world: World) -> None:
    village, cadre, clerk = world["WD/01"], world.actor("cadre"), world.actor("clerk")
    version = draft_scheme(text_toml=shipped()["wandian"], place=village, by=cadre, at=AT)
    adopt_scheme(
        place=village, version=version, starts=date(2026, 9, 1), assembly=date(2026, 8, 20), attendance=200,
        households=300, document="村民会议决议 2026-3 号", seconded_by=clerk, by=cadre, at=AT,
    )  # fmt: skip


def mark(month: Month, evaluator: Any, given: dict[int, Given], at: datetime) -> None:
    plain = Given(values=(("courtyard", "good"), ("rooms", "good"), ("surroundings", "good")))
    sheet = [HomeMarks(one.pk, given.get(n, plain)) for n, one in enumerate(month.homes)]
    enter_marks(opened=month.opened, evaluator=evaluator, sheet=sheet, by=month.world.actor("cadre"), at=at)


@pytest.fixture
def month(world: World) -> Month:
    adopt(world)
    homes = [home(world, GROUP, f"01010{n:02d}", f"陈{'一二三四五六七八九十王李'[n]}") for n in range(12)]
    opened = open_round(village=world["WD/01"], month=date(2026, 9, 1), by=world.actor("cadre"), at=AT)
    made = Month(world, homes, opened)
    poor = (("courtyard", "poor"), ("rooms", "poor"), ("surroundings", "poor"))
    seen = (Found("courtyard", "c1"), Found("rooms", "r1"), Found("surroundings", "s9", "门前有一堆旧砖"))
    mended = (("courtyard", "good"), ("rooms", "declined"), ("surroundings", "fair"))
    for n, seat in enumerate(Seat.objects.filter(round=opened).order_by("n")):
        given = {
            0: Given(values=poor, found=seen if n else seen[:1] + seen[1:]),
            1: Given(
                values=mended, found=(Found("surroundings", "s1", mended=True), Found("courtyard", "c2"))[: 2 - n]
            ),
        }
        mark(made, seat.evaluator_id, given, LATER)
    return made


def test_the_frame_names_place_line_and_card(month: Month) -> None:
    frame = frame_of(month.world[GROUP], day_of(AT))
    assert (frame.town, frame.village, frame.group) == ("万店镇", "塔湾村", "1组")
    assert frame.complaint_line == "0722-1234567"
    assert frame.card_name == document_of(month.opened.version).card.name
    assert frame_of(month.world["WD"], day_of(AT)).village == ""


def test_cards_of_a_group_print_in_walking_order(month: Month, settings: Any) -> None:
    settings.PUBLIC_URL = "https://card.example.cn"
    issue_cards(place=month.world["WD/01"], by=month.world.actor("cadre"), at=AT)
    [file] = cards_of(month.world[GROUP], day_of(AT))
    assert [card.code for card in file.cards] == [one.code for one in month.homes]
    assert all(card.url.startswith("https://card.example.cn/c/") for card in file.cards)
    assert papers.render("cards", file).pages == 3
    [single] = cards_of(month.world[GROUP], day_of(AT), household=month.homes[3].pk)
    assert single.singly and [card.head for card in single.cards] == ["陈四"]
    assert list(cards_of(month.world["WD/02"], day_of(AT))) == []


def test_score_sheets_are_one_a_rater_and_kin_stand_aside(month: Month) -> None:
    seat = Seat.objects.filter(round=month.opened).order_by("n").first()
    assert seat is not None
    declare_kin(
        account=seat.evaluator, household=month.homes[2], kind=KinKind.KIN, by=month.world.actor("cadre"), at=AT
    )
    made = score_sheets_of(month.opened, day_of(AT))
    assert len(made.sheets) == 3
    assert len(score_sheets_of(month.opened, day_of(AT), evaluators=[seat.evaluator_id]).sheets) == 1
    assert [row.code for row in made.sheets[0].rows] == [one.code for one in month.homes]
    assert [row.kin for row in made.sheets[0].rows].count(True) == 1
    assert [row.kin for row in made.sheets[1].rows].count(True) == 0
    assert papers.render("score_sheets", made).pages == 6


def test_slips_say_what_was_seen_and_what_was_mended(month: Month) -> None:
    assert slips_of(month.opened, day_of(LATER)).slips == (), "no slip without its serial"
    assert print_slips(opened=month.opened, by=month.world.actor("cadre"), at=LATER) == 2
    assert print_slips(opened=month.opened, by=month.world.actor("cadre"), at=LATER) == 0, "the same serials again"
    made = slips_of(month.opened, day_of(LATER))
    assert [slip.head for slip in made.slips] == ["陈一", "陈二"]
    poor, mended = made.slips
    assert [one.area for one in poor.seen] == ["庭院", "室内", "周边"]
    assert poor.seen[2].seen == "门前有一堆旧砖"
    assert poor.indoors_agreed is True and mended.indoors_agreed is False
    assert mended.mended == ("捡起来倒进垃圾桶",) and [one.area for one in mended.seen] == ["庭院"]
    assert poor.mend_by is not None and poor.mend_by > day_of(LATER)
    assert poor.serial != mended.serial and is_sound(poor.serial)
    text = pages_of(papers.render("slip", made).pdf)
    assert len(text) == 2 and "没同意进屋(不算差)" in text[1]
    only = slips_of(month.opened, day_of(LATER), household=month.homes[1].pk)
    assert [(slip.head, slip.serial) for slip in only.slips] == [("陈二", mended.serial)]
    assert slips_of(month.opened, day_of(LATER), group=month.world["WD/01/G02"].pk).slips == ()


def test_slips_take_as_many_queries_for_two_homes_as_for_many(month: Month, count_queries: Any) -> None:
    cadre = month.world.actor("cadre")
    print_slips(opened=month.opened, by=cadre, at=LATER)
    few = count_queries(lambda: slips_of(month.opened, day_of(LATER)))
    found = Given(
        values=(("courtyard", "fair"), ("rooms", "fair"), ("surroundings", "fair")), found=(Found("courtyard", "c1"),)
    )
    for seat in Seat.objects.filter(round=month.opened):
        mark(month, seat.evaluator_id, dict.fromkeys(range(2, 12), found), LATER)
    Review.objects.update(state="kept")
    assert print_slips(opened=month.opened, by=cadre, at=LATER) == 10
    assert len(slips_of(month.opened, day_of(LATER)).slips) == 12
    assert count_queries(lambda: slips_of(month.opened, day_of(LATER))) == few


@pytest.fixture
def count_queries(django_assert_max_num_queries: Any) -> Any:
    """How many queries a read takes."""

    def count(read: Any) -> int:
        with django_assert_max_num_queries(40) as seen:
            read()
        return len(seen)

    return count


@pytest.fixture
def candidate(month: Month) -> Listing:
    close_village(closing=month.opened, by=month.world.actor("cadre"), at=LATER + timedelta(days=1))
    return Listing.objects.get(kind="black")


def look_twice(month: Month, candidate: Listing, looked: datetime) -> None:
    raters = set(Seat.objects.filter(round=month.opened).values_list("evaluator_id", flat=True))
    others = [a for name, a in month.world.accounts.items() if name[:3] == "eva" and a.pk not in raters][:2]
    for other in others:
        look_again(listing=candidate, looker=other.pk, still_poor=True, by=month.world.actor("cadre"), at=looked)


def test_a_notice_says_what_it_rests_on(month: Month, candidate: Listing) -> None:
    looked = LATER + timedelta(days=2)
    look_twice(month, candidate, looked)
    made = notice_of(candidate, day_of(looked), serial=serial_of(48109327))
    [notice] = made.notices
    assert notice.head == "陈一" and notice.looked_again_on == day_of(looked)
    assert [one.evidence[:4] for one in notice.findings] == ["3 位评"] * 3
    assert notice.object_until > day_of(looked) and notice.decided_within == 7 and notice.town_looks_within == 10
    assert notice.issued_by == "塔湾村民委员会"
    text = "".join(pages_of(papers.render("notice", made).pdf))
    assert "门前有一堆旧砖" in text and "不写人" in text
    assert "告知书的回执" in text and "4810932766" in text
    assert "告知书的回执" not in "".join(pages_of(papers.render("notice", notice_of(candidate, day_of(looked))).pdf))


def test_a_pad_has_the_schemes_picture_lists(month: Month) -> None:
    pad = print_pad(opened=month.opened, count=2, by=month.world.actor("cadre"), at=LATER)
    serials = pad_serials(month.opened.pk, pad)
    made = pad_of(month.opened, day_of(LATER), serials)
    assert [(area.name, len(area.findings), area.indoors) for area in made.areas] == [
        ("庭院", 6, False), ("室内", 6, True), ("周边", 6, False),
    ]  # fmt: skip
    assert len(set(serials)) == 2 and made.serials == tuple(serials)
    assert "柴草杂物" in pages_of(papers.render("slip_pad", made).pdf)[1]


def test_a_record_shows_the_rounds_of_a_home(month: Month, candidate: Listing) -> None:
    made = record_of(month.homes[5], day_of(LATER))
    [record] = made.records
    assert [(one.name, one.grade, one.label, one.points) for one in record.rounds] == [("9月", "good", "好", 10)]
    assert "成绩单" in pages_of(papers.render("record", made).pdf)[0]
    [other] = record_of(month.homes[1], day_of(LATER)).records
    assert other.mended == 1


PUBLISHED = LATER + timedelta(days=16)


@pytest.fixture
def published(month: Month, candidate: Listing) -> Listing:
    """The black entry through its whole process, and the red list confirmed by a second person."""
    world, told = month.world, LATER + timedelta(days=3)
    look_twice(month, candidate, told)
    serial = print_notice(listing=candidate, by=world.actor("cadre"), at=told)
    evidence = Evidence(NoticeEvidence.COUNTERFOIL, day_of(told), serial)
    notify(listing=candidate, evidence=evidence, by=world.actor("cadre"), at=told)
    for n, consent in enumerate(("board", "wide", "wide"), 3):
        Household.objects.filter(pk=month.homes[n].pk).update(red_name=consent)
    enter_red(closed=month.opened, by=world.actor("clerk"), at=PUBLISHED)
    return publish(listing=candidate, by=world.actor("clerk"), at=PUBLISHED)


def test_the_red_list_as_it_hangs(month: Month, published: Listing) -> None:
    group, day = month.world[GROUP], day_of(PUBLISHED)
    board, chat = (red_poster_of(group, day, opened=month.opened, wide=wide) for wide in (False, True))
    assert (board.rated, board.red) == (12, Listing.objects.filter(kind="red").count())
    assert [home.head for home in board.names] == ["陈四", "陈五", "陈六"]
    assert [home.head for home in chat.names] == ["陈五", "陈六"]
    village = red_poster_of(month.world["WD/01"], day)
    assert [home.head for home in village.names] == ["陈五", "陈六"]
    assert papers.render_png("red_poster", board)
    board_text = "".join(pages_of(papers.render("red_poster", board).pdf))
    assert "陈四" not in board_text and "全组" in board_text


def test_the_black_list_of_a_group_says_things_only(month: Month, published: Listing) -> None:
    group, day = month.world[GROUP], day_of(PUBLISHED)
    made = black_poster_of(group, day)
    assert [(one.area, one.places) for one in made.findings] == [("庭院", 1), ("室内", 1), ("周边", 1)]
    assert made.expires_on == published.expires_on and not made.named
    assert made.mended == 0, "what was put right at the door stands on the group's board as 立行立改, not here"
    text = "".join(pages_of(papers.render("black_poster", made).pdf))
    assert "陈一" not in text and "旧砖" not in text and "1处" in text
    assert papers.render_png("black_poster", made)
    assert published.expires_on
    gone = black_poster_of(group, published.expires_on + timedelta(days=1))
    assert gone.findings == ()


def test_the_board_of_a_group(month: Month, published: Listing) -> None:
    made = group_board_of(month.world[GROUP], day_of(PUBLISHED), size="a4")
    assert (made.total.good, made.total.fair, made.total.poor, made.not_rated) == (11, 0, 1, 0)
    assert made.labels == ("好", "中", "差") and made.leading is None
    assert [counts.name for counts in made.areas] == ["庭院", "室内", "周边"]
    assert made.mended == 1
    assert papers.render("group_board", made).pages == 1


def test_a_village_that_closed_no_round_has_no_list(world: World) -> None:
    for make in (red_poster_of, black_poster_of, group_board_of):
        with pytest.raises(Refused, match="outreach.no_round_closed"):
            make(world[GROUP], day_of(AT))


def test_only_the_round_that_hangs_is_printed(month: Month, published: Listing) -> None:
    other = open_round(
        village=month.world["WD/01"], month=date(2026, 10, 1), by=month.world.actor("cadre"),
        at=AT + timedelta(days=31),
    )  # fmt: skip
    village = month.world["WD/01"]
    cases = {
        "outreach.round_still_open": other,
        "outreach.not_this_round": Round(month=date(2026, 1, 1), village=village),
        "outreach.round_elsewhere": Round(month=date(2026, 1, 1), village=month.world["WD"]),
    }
    for code, opened in cases.items():
        for make in (red_poster_of, black_poster_of):
            with pytest.raises(Refused, match=code):
                make(month.world[GROUP], day_of(PUBLISHED), opened=opened)


def test_homes_that_lead_stand_on_one_sheet_a_rater(month: Month) -> None:
    """W16 on paper: a rater's leading homes of all groups on one sheet, before the sheets of the groups."""
    first, second = Seat.objects.filter(round=month.opened).order_by("n")[:2]
    Visit.objects.filter(round=month.opened, household=month.homes[0]).update(leads=True)
    Seat.objects.filter(pk=second.pk).update(walk="front", n=11)
    made = score_sheets_of(month.opened, day_of(AT))
    assert [(sheet.walk, len(sheet.rows)) for sheet in made.sheets][:1] == [("先走:干部和评比员家", 1)]
    assert made.sheets[0].frame.group == ""
    assert made.sheets[0].rows[0].bay.startswith("1组")
    assert month.homes[0].code not in [row.code for sheet in made.sheets[1:] for row in sheet.rows]
    [alone] = score_sheets_of(month.opened, day_of(AT), group=first.group_id, evaluators=[second.evaluator_id]).sheets
    assert alone.frame.group == "1组"
