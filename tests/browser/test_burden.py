"""What the work costs those who do it (DOMAIN §6), counted in the browser and held against docs/how-to."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests import looks
from tests.browser.walking import Walk
from tests.rounds import Village, at, fill_village, given, mark, opened_round, others, panel
from tests.worlds import home, person

from courtyard.honours.actions import close_village
from courtyard.honours.actions.slips import print_notice
from courtyard.honours.models import Listing
from courtyard.households.actions import hand_over_card, issue_cards
from courtyard.inspections.actions import HomeMarks, enter_marks
from courtyard.inspections.models import Seat, Visit
from courtyard.kernel.actors import DutyKind
from courtyard.people.queries import actor_named
from courtyard.places.actions import make_place
from courtyard.places.rules import PlaceKind
from courtyard.points.actions import fund_budget
from courtyard.rating.actions import adopt_scheme, draft_scheme
from courtyard.rating.queries import shipped
from courtyard.shop.actions import add_item, make_shop, receive_stock

pytestmark = [pytest.mark.browser, pytest.mark.long]

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "a-villages-first-month.md"
PIN, VILLAGES = "482913", 15
COUNT_TAPS = """
addEventListener('pointerdown', (event) => {
  if (event.isTrusted) sessionStorage.setItem('taps', String(Number(sessionStorage.getItem('taps') || 0) + 1));
}, true);
"""


class Counted:
    """A page whose taps are counted by the page itself; what no pointer shows (a list's choice, a shutter) is added."""

    def __init__(self, page: Any) -> None:
        page.add_init_script(COUNT_TAPS)
        self.page, self.more, self.begun = page, 0, 0

    def total(self) -> int:
        return int(self.page.evaluate("Number(sessionStorage.getItem('taps') || 0)")) + self.more

    def begin(self) -> None:
        self.begun = self.total()

    @property
    def taps(self) -> int:
        return self.total() - self.begun

    def type(self, label: Any, text: str) -> None:
        """A tap into the field, then words or digits, which are no taps."""
        label.click()
        self.page.keyboard.type(text)

    def choose(self, drop_down: Any, **which: Any) -> None:
        """A drop-down costs two: open, choose."""
        drop_down.select_option(**which)
        self.more += 2

    def act(self, words: str) -> None:
        self.page.locator(".act .btn-primary", has_text=words).click()


def today() -> date:
    return date.today()


def at_the_door(walk: Walk, village: Village) -> dict[str, int]:
    """A plain home, one with a poor area, and three raters on one phone."""
    opened = opened_round(village, today().replace(day=1), today())
    own = next(
        name for name in village.world.accounts if village.world.accounts[name].pk == panel(opened, "0101", village)[0]
    )
    page = walk.as_(own, phone=True)
    phone = Counted(page)
    page.locator(".todo a", has_text="1组还有 3 户要评").click()
    found = {}
    for name, labels in (("plain", ("好", "好", "中")), ("poor", ("好", "好", "差"))):
        phone.begin()
        for area, label in zip(page.locator(".at-the-door > fieldset").all(), labels, strict=True):
            area.get_by_text(label, exact=True).click()
        if name == "poor":
            area.get_by_text("记看到的情况").click()
            area.get_by_text("门前垃圾").click()
        phone.act("保存并下一户")
        page.get_by_text("记下了").wait_for()
        found[name] = phone.taps
    shared = Counted(walk.as_("cadre", phone=True))
    group = village.homes["0201"].group_id
    shared.page.goto(f"{walk.url}/office/rounds/{opened.pk}/marks/{group}/{panel(opened, '0201', village)[0]}/home")
    shared.begin()
    for _ in range(3):
        for area in shared.page.locator(".at-the-door > fieldset").all():
            area.get_by_text("好", exact=True).click()
        shared.act("保存并下一户")
        shared.page.get_by_text("记下了").wait_for()
    found["three"] = shared.taps
    return found


def entry_of(village: Village) -> Listing:
    """A black candidate that two people of another group found still poor, its notice printed."""
    cadre = village.actor("cadre", at(today()))
    opened = village.place.rounds.get()
    mark(village, opened, {code: given("poor" if code == "0203" else "good") for code in ("0202", "0203")}, today())
    close_village(closing=opened, by=cadre, at=at(today(), 19))
    listing = Listing.objects.get(kind="black")
    for looker in others(opened, village, "0203")[:2]:
        looks.look_again(listing=listing, looker=looker, still_poor=True, by=cadre, at=at(today(), 20))
    return listing


def at_the_desk(walk: Walk, village: Village) -> dict[str, int]:
    """Notice evidence, an objection, "mended", and the re-visit that finds it so."""
    listing = entry_of(village)
    serial = print_notice(listing=listing, by=village.actor("cadre", at(today())), at=at(today(), 21))
    page = walk.as_("cadre")
    desk, found = Counted(page), {}
    page.goto(f"{walk.url}/office/lists/{listing.pk}")
    desk.begin()
    desk.type(page.get_by_label("回执上的编号"), serial)
    desk.act("记下告知")
    page.get_by_text("告知已记下").wait_for()
    found["notice"] = desk.taps
    desk.begin()
    page.locator("summary", has_text="农户不同意").click()
    desk.type(page.get_by_label("照原话记几句", exact=False), "那天刚下过雨")
    page.get_by_role("button", name="记下异议").click()
    page.get_by_text("已经停下来").wait_for()
    found["objection"] = desk.taps
    desk.begin()
    page.locator("summary", has_text="农户说改好了").click()
    page.get_by_role("button", name="记下,安排再看").click()
    page.get_by_text("已记下,请安排人再去看一次").wait_for()
    found["mended"] = desk.taps
    return found


def at_the_till(walk: Walk, village: Village) -> dict[str, int]:
    """A card photographed and one article sold; each further article of the sale."""
    when, clerk = at(today()), village.actor("clerk", at(today()))
    issue_cards(place=village.place, by=clerk, at=when)
    card = hand_over_card(household=village.homes["0202"], pin=PIN, by=clerk, at=when)
    shop = make_shop(place=village.place, name="塔湾积分超市", by=clerk, at=when)
    for name in ("肥皂", "毛巾"):
        receive_stock(
            item=add_item(shop=shop, name=name, unit="件", points=2, by=clerk, at=when), pieces=9, by=clerk, at=when
        )
    printed = walk.as_("cadre").context.request.get(f"{walk.url}/office/households/{card.household_id}/card.pdf")
    picture = BytesIO()
    pypdfium2.PdfDocument(printed.body())[0].render(scale=150 / 72).to_pil().save(picture, "JPEG")
    photo = {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    page = walk.as_("keeper", phone=True)
    page.goto(f"{walk.url}/office/till")
    page.get_by_text("塔湾积分超市").first.click()
    till = Counted(page)
    page.reload()
    till.begin()
    page.locator("input[type=file]").set_input_files(photo)
    till.more += 2  # 拍卡上的方码, the shutter
    page.get_by_role("button", name="肥皂 几件 +").click()
    before = till.taps
    page.get_by_role("button", name="毛巾 几件 +").click()
    further = till.taps - before
    till.act("收分、给货")
    page.get_by_text("凭条").first.wait_for()
    return {"till": till.taps - further, "further": further}


def many_villages(own_world: Any) -> None:
    """Fifteen villages of one home each under one scheme, adopted by the town; six evaluators of the town."""
    world, when = own_world, at(today().replace(day=1))
    village = Village(world)
    for n in range(1, 7):
        person(world, f"town{n}", f"镇评比员{n}", DutyKind.EVALUATOR, "WD")
    for n in range(3, VILLAGES + 1):
        place = make_place(
            parent=world["WD"],
            kind=PlaceKind.VILLAGE,
            code=f"{n:02d}",
            name=f"{n}号村",
            by=world.terminal,
            at=when,
            order=n,
        )
        world.places[place.path] = place
        group = make_place(
            parent=place, kind=PlaceKind.GROUP, code="G01", name="1组", by=world.terminal, at=when, order=1
        )
        world.places[group.path] = group
    for n in range(1, VILLAGES + 1):
        home(world, f"WD/{n:02d}/G01", "0101", "王建国", at=when)
        fund_budget(village=world[f"WD/{n:02d}"], points=500, document="1号", by=village.actor("clerk"), at=when)
    clerk, first = village.actor("clerk"), today().replace(day=1)
    version = draft_scheme(text_toml=shipped()["wandian"], place=world["WD"], by=clerk, at=when)
    adopt_scheme(
        place=world["WD"], version=version, starts=first, assembly=first - timedelta(days=10), attendance=14,
        households=15, document="万政发〔2026〕2号", seconded_by=village.actor("supervisor"), by=clerk, at=when,
    )  # fmt: skip


def everything_marked() -> None:
    """What fifteen villages write down meanwhile: every seat's marks."""
    terminal = actor_named("terminal", today())
    for seat in Seat.objects.filter(round__state="open").select_related("round__village"):
        homes = Visit.objects.filter(round=seat.round, group=seat.group).values_list("household_id", flat=True)
        sheet = [HomeMarks(one, given("good"), today()) for one in homes]
        enter_marks(opened=seat.round, evaluator=seat.evaluator_id, sheet=sheet, by=terminal, at=at(today(), 1))


def the_towns_month(walk: Walk) -> int:
    """Open the month for all villages, see who is late, close them one after another, draw every village's sample."""
    clerk = walk.as_("clerk")
    desk = Counted(clerk)
    clerk.goto(walk.url + "/office/rounds")
    desk.begin()
    desk.act("下一轮")
    desk.act(f"给 {VILLAGES} 个村各开这一轮")
    clerk.get_by_text(f"{VILLAGES} 个村开好了").wait_for()
    everything_marked()
    clerk.get_by_role("link", name="评比轮次").first.click()
    clerk.get_by_role("link", name="逐村关账").click()
    clerk.get_by_role("button", name="从这里开始关").click()
    clerk.get_by_text("都办完了").wait_for()
    clerk.goto(walk.url + "/office/spots")
    desk.more += 2  # 「评比轮次」, 「抽查」
    desk.choose(clerk.get_by_label("哪里"), label="随县 万店镇")
    desk.act("抽签,开始抽查")
    clerk.get_by_text(f"{VILLAGES} 个村抽好了").wait_for()
    return desk.taps


COUNTED = {
    "plain": ("an evaluator, a plain home", 6),
    "poor": ("an evaluator, a home with one poor area", 12),
    "three": ("three raters on one phone, a home", 15),
    "till": ("the till, a card photographed and one article", 4),
    "further": ("the till, each further article", 4),
    "notice": ("notice evidence", 4),
    "objection": ("an objection", 4),
    "mended": ("「改好了」 written down", 4),
    "town": ("the town's month, 15 villages", 60),
}


def held_against_the_docs(found: dict[str, int]) -> None:
    """Within its bar, and the how-to says this very number."""
    written = HOW_TO.read_text(encoding="utf-8")
    for name, taps in found.items():
        words, most = COUNTED[name]
        print(f"{words}: {taps} (at most {most})")
        assert taps <= most, words
        assert re.search(rf"^\| {re.escape(words)} \| {taps} \| ≤ {most} \|$", written, re.M), (
            f"{words}: {taps} in {HOW_TO.name}"
        )


def test_at_the_door_at_the_desk_at_the_till(served, own_world, browser_pages):
    walk, village = Walk(served.url, browser_pages), fill_village(Village(own_world))
    found = at_the_door(walk, village)
    found |= at_the_desk(walk, village)
    found |= at_the_till(walk, village)
    assert {*found, "town"} == set(COUNTED)
    held_against_the_docs(found)


def test_a_town_s_month(served, own_world, browser_pages):
    many_villages(own_world)
    held_against_the_docs({"town": the_towns_month(Walk(served.url, browser_pages))})
