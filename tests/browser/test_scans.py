"""The scan of a resolution in the browser: chosen with a real file, kept through a refusal, opened as a file, taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.browser.walking import Walk
from tests.records.test_files import pdf, picture
from tests.rounds import Village, fill_village
from tests.worlds import PASSWORD

from courtyard.rating.models import Adoption

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_a_scan_is_attached_seen_and_taken_away(own_world: Any, served: Any, browser_pages: Any, tmp_path: Path):
    fill_village(Village(own_world), scheme="wandian_small")
    version, walk = Adoption.objects.get().version_id, Walk(served.url, browser_pages)
    browser_pages.allow("status of 409")
    paper, wrong = tmp_path / "决议.pdf", tmp_path / "决议.doc"
    paper.write_bytes(pdf(2))
    wrong.write_bytes(b"PK\x03\x04 no scan")
    clerk = walk.as_("clerk")
    clerk.goto(f"{served.url}/office/schemes/{version}/adopt")
    fill(clerk, wrong)
    assert clerk.get_by_text("这个文件不是 PDF").is_visible()
    clerk.set_input_files("#id_scan", paper)
    clerk.get_by_label("第二个人的密码").fill("nonsense-2026")
    clerk.get_by_role("button", name="两人确认,记下决议").click()
    assert clerk.get_by_text("已收到:PDF 文件,2 页").is_visible(), "not chosen again after a refusal"
    walk.station(clerk, "resolution-adopt")
    clerk.get_by_label("第二个人的密码").fill(PASSWORD)
    clerk.get_by_role("button", name="两人确认,记下决议").click()
    clerk.wait_for_url(f"{served.url}/office/schemes")
    walk.station(clerk, "resolutions")
    clerk.get_by_role("link", name="有扫描件").click()
    walk.station(clerk, "resolution-with-scan")
    with clerk.expect_download() as saved:
        clerk.get_by_role("link", name="打开扫描件").click()
    assert Path(saved.value.path()).read_bytes() == pdf(2)
    assert saved.value.suggested_filename.endswith(".pdf") and "塔湾村" in saved.value.suggested_filename
    clerk.get_by_text("附错了", exact=True).click()
    clerk.get_by_role("button", name="取下并清除").click()
    assert clerk.get_by_text("取下了(附错了)").is_visible()
    walk.station(clerk, "resolution-without-scan")
    shot = tmp_path / "签到.jpg"
    shot.write_bytes(picture(size=(600, 800)))
    clerk.set_input_files("#id_scan", shot)
    with clerk.expect_navigation():
        clerk.get_by_role("button", name="附上扫描件").click()
    clerk.goto(clerk.url + "/scan")
    assert clerk.evaluate("document.images[0].naturalWidth") == 600, "a picture opens in the sandbox"
    clerk.goto(f"{served.url}/office/schemes/{version}/adopt-many")
    clerk.set_input_files("#id_scan", paper)
    clerk.locator("input[name^=document-]").first.fill("塔湾村〔2026〕9号")
    clerk.get_by_label("从哪个月起").fill("2099-01")
    clerk.get_by_label("第二个人的登录名").fill("supervisor")
    clerk.get_by_label("第二个人的密码").fill(PASSWORD)
    with clerk.expect_navigation():
        clerk.get_by_role("button", name="两人确认,记下各村决议").click()
    walk.station(clerk, "resolutions-many")
    cadre = walk.as_("cadre")
    cadre.goto(f"{served.url}/office/covenants")
    walk.station(cadre, "covenants-with-scan")
    walk.check()


def fill(page: Any, paper: Path) -> None:
    """The form of a resolution of next month, with this file."""
    page.get_by_label("给哪里用").select_option(label="万店镇 塔湾村")
    page.get_by_label("开会日期").fill("2026-11-01")
    page.get_by_label("从哪个月起").fill("2026-12")
    page.get_by_label("到会户数").fill("4")
    page.get_by_label("应到户数").fill("6")
    page.get_by_label("决议文号").fill("塔湾村〔2026〕8号")
    page.get_by_label("全年预算(元)").fill("90000")
    page.get_by_label("第二个人的登录名").fill("supervisor")
    page.get_by_label("第二个人的密码").fill(PASSWORD)
    page.set_input_files("#id_scan", paper)
    page.get_by_role("button", name="两人确认,记下决议").click()
