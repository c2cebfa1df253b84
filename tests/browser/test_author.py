"""The author's page in the browser: from the scheme in force to a version that another level let go on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.browser.walking import Walk
from tests.rounds import Village, fill_village
from tests.worlds import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.long]


class Author(Walk):
    """Writing a scheme, step by step."""

    def step_1_begin(self, cadre: Any) -> None:
        cadre.goto(self.url + "/office/schemes")
        cadre.get_by_role("link", name="写一版办法").click()
        cadre.get_by_label("从哪里改起").select_option(value="in_force")
        cadre.get_by_label("给哪里用").select_option(label="万店镇 塔湾村")
        cadre.get_by_role("button", name="开始写").click()
        cadre.get_by_text("没有不对的地方").wait_for()
        self.station(cadre, "scheme-written")

    def step_2_edit(self, cadre: Any) -> None:
        """What is wrong is said at once, before anything is kept; a row more keeps what was typed."""
        cadre.locator(".todo a[href$='/edit/sheet']").click()
        cadre.locator(".row-list").get_by_role("link", name="庭院").click()
        cadre.get_by_label("占几份").fill("50")
        cadre.get_by_label("占几份").blur()
        cadre.get_by_text("应当正好是 100").first.wait_for()
        self.station(cadre, "scheme-area")
        cadre.go_back()
        cadre.get_by_role("link", name="家庭环境").first.click()
        cadre.locator(".todo a[href$='/edit/bands']").click()
        cadre.locator("[name='bands.0.least']").fill("90")
        cadre.locator("[name='bands.1.most']").fill("90")
        cadre.get_by_role("button", name="存好这一页").last.click()
        cadre.get_by_text("存好了").wait_for()
        cadre.get_by_text("没有不对的地方").wait_for()

    def step_3_look(self, cadre: Any) -> None:
        cadre.get_by_role("link", name="家庭环境").first.click()
        cadre.get_by_role("link", name="和现在的办法比一比").click()
        cadre.get_by_text("一共 2 处不一样").wait_for()
        cadre.go_back()
        cadre.get_by_role("link", name="试算一年").click()
        cadre.get_by_text("一年大约要花").wait_for()
        self.station(cadre, "scheme-year")
        cadre.go_back()

    def step_4_hand_in(self, cadre: Any) -> str:
        cadre.get_by_role("button", name="交另一级核对").click()
        cadre.get_by_text("已经交了").wait_for()
        return str(cadre.url)

    def step_5_review(self, clerk: Any, version: str) -> None:
        clerk.goto(version)
        clerk.get_by_role("link", name="核对这一版").click()
        clerk.get_by_label("给哪里用").select_option(label="万店镇 塔湾村")
        clerk.get_by_text("可以交会议通过", exact=True).click()
        clerk.get_by_role("button", name="记下核对").click()
        clerk.get_by_text("已核对,还没有会议通过").wait_for()

    def step_6_adopt(self, clerk: Any) -> None:
        """One table for all villages: one lands, one comes back with its reason and everything typed."""
        clerk.get_by_role("link", name="一张表记下各村决议").click()
        held = date.today() - timedelta(days=3)
        coming = (date.today().replace(day=1) + timedelta(days=40)).replace(day=1)
        clerk.get_by_label("从哪个月起").fill(f"{coming:%Y-%m}")
        for village, budget in (("塔湾村", "20000"), ("石桥村", "1")):
            for label, value in (
                ("开会日期", held.isoformat()), ("到会户数", "4"), ("应到户数", "6"), ("决议文号", f"{village}〔2026〕9号"),
                ("全年预算(元)", budget),
            ):  # fmt: skip
                clerk.get_by_label(f"{village} {label}").fill(value)
        clerk.get_by_label("第二个人的登录名").fill("supervisor")
        clerk.get_by_label("第二个人的密码").fill(PASSWORD)
        clerk.get_by_role("button", name="两人确认,记下各村决议").click()
        clerk.get_by_text("记下了 1 个村").wait_for()
        assert clerk.get_by_label("石桥村 决议文号").input_value() == "石桥村〔2026〕9号"
        self.station(clerk, "scheme-adopted-many")


def test_from_the_scheme_in_force_to_the_next(served, own_world, browser_pages):
    fill_village(Village(own_world))
    walk = Author(served.url, browser_pages)
    cadre, clerk = walk.as_("cadre"), walk.as_("clerk")
    walk.step_1_begin(cadre)
    walk.step_2_edit(cadre)
    walk.step_3_look(cadre)
    version = walk.step_4_hand_in(cadre)
    walk.step_5_review(clerk, version)
    walk.step_6_adopt(clerk)
    walk.check()
