"""The roster in the office: 上传 → 核对 → 导入 with progress → 错误表; taken back within a day."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook
from tests.doors.conftest import Door, sent, text

from courtyard.households.models import Household, ImportRun
from courtyard.ops.serving.work import turn
from courtyard.records.models import Job

ROSTER = "/office/roster"
DATA = Path(__file__).parents[1] / "data"


def hand_in(client, door: Door, name: str, place: str = "WD/02"):
    file = SimpleUploadedFile(name, (DATA / name).read_bytes())
    return client.post(ROSTER, {"place": str(door.village.world[place].pk), "file": file})


def test_a_clerk_s_file_goes_in_and_its_errors_come_back(door: Door):
    clerk = door.as_("clerk")
    assert hand_in(clerk, door, "village_messy.xlsx")["Location"] == f"{ROSTER}/check"
    checked = text(clerk.get(f"{ROSTER}/check"))
    assert "导入 29 户" in checked
    assert "E31" in checked
    assert "身份证号一列没有读取" in checked
    assert not Household.objects.filter(village=door.village.world["WD/02"]).exists(), "nothing is written before 导入"
    errors = load_workbook(BytesIO(clerk.get(f"{ROSTER}/errors.xlsx").content))
    assert any("错误原因" in str(cell.value) for row in errors.worksheets[0].iter_rows() for cell in row)
    fields = sent()
    progress = clerk.post(f"{ROSTER}/import", fields)["Location"]
    assert clerk.post(f"{ROSTER}/import", fields)["Location"] == progress
    assert Job.objects.filter(kind="import_roster").count() == 1
    assert "排着队" in text(clerk.get(progress))
    turn("test", timezone.now)
    assert Household.objects.filter(village=door.village.world["WD/02"]).count() == 29
    done = text(clerk.get(progress, HTTP_HX_REQUEST="true"))
    assert "导入好了" in done
    assert "29 户" in done
    assert "hx-get" not in done, "the page stops asking when it is over"


def test_an_import_is_taken_back_within_a_day(door: Door):
    clerk = door.as_("clerk")
    hand_in(clerk, door, "village_messy.xlsx")
    clerk.post(f"{ROSTER}/import", sent())
    turn("test", timezone.now)
    run = ImportRun.objects.get()
    assert door.as_("cadre").post(f"{ROSTER}/runs/{run.pk}/undo", sent()).status_code == 404
    assert clerk.post(f"{ROSTER}/runs/{run.pk}/undo", sent()).status_code == 302
    assert not Household.objects.filter(village=door.village.world["WD/02"]).exists()
    assert "已撤回" in text(clerk.get(ROSTER))


def test_a_village_imports_its_own_roster_only(door: Door):
    cadre = door.as_("cadre")
    assert hand_in(cadre, door, "village_messy.xlsx", "WD/02").status_code == 404
    assert hand_in(cadre, door, "village_messy.xlsx", "WD/01").status_code == 302
    page = text(cadre.get(ROSTER))
    assert "塔湾村" in page
    assert "石桥村" not in page


def test_progress_is_shown_to_whoever_put_it_off(door: Door):
    clerk = door.as_("clerk")
    hand_in(clerk, door, "village_messy.xlsx")
    progress = clerk.post(f"{ROSTER}/import", sent())["Location"]
    assert door.as_("clerk2").get(progress).status_code == 404


def test_a_refused_import_says_why(door: Door):
    clerk = door.as_("clerk")
    hand_in(clerk, door, "village_messy.xlsx", "WD")
    progress = clerk.post(f"{ROSTER}/import", sent())["Location"]
    turn("test", timezone.now)
    assert "不是村名" in text(clerk.get(progress))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.xlsx", b"", "空的"),
        ("x.xlsx", b"\x89PNG\r\n\x1a\n", "不是表格"),
        ("x.csv", b"\xff\xff\x00\x01\xfe", "编码"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_in_words(door: Door, name, content, says):
    clerk = door.as_("clerk")
    clerk.post(ROSTER, {"place": str(door.village.place.pk), "file": SimpleUploadedFile(name, content)})
    answer = clerk.get(f"{ROSTER}/check")
    assert answer.status_code in (302, 409)
    assert says in text(answer if answer.status_code == 409 else clerk.get(ROSTER))


def test_without_a_file_the_form_says_so(door: Door):
    answer = door.as_("clerk").post(ROSTER, {"place": str(door.village.place.pk)})
    assert "「名册文件」没有填" in text(answer)


def test_the_check_page_without_an_upload_says_so(door: Door):
    assert "只留一天" in text(door.as_("clerk").get(f"{ROSTER}/check"))


def test_the_template_is_read_by_the_import(door: Door):
    clerk = door.as_("clerk")
    template = clerk.get(f"{ROSTER}/template.xlsx").content
    file = SimpleUploadedFile("t.xlsx", template)
    clerk.post(ROSTER, {"place": str(door.village.world["WD/02"].pk), "file": file})
    assert "导入 1 户" in text(clerk.get(f"{ROSTER}/check"))


def test_an_import_is_cancelled_by_whoever_put_it_off(door: Door):
    clerk = door.as_("clerk")
    hand_in(clerk, door, "village_messy.xlsx")
    progress = clerk.post(f"{ROSTER}/import", sent())["Location"]
    assert "取消导入" in text(clerk.get(progress))
    assert door.as_("clerk2").post(f"{progress}/cancel", sent()).status_code == 404
    assert clerk.post(f"{progress}/cancel", sent()).status_code == 302
    assert "什么都没有写进去" in text(clerk.get(progress))
    turn("test", timezone.now)
    assert not Household.objects.filter(village=door.village.world["WD/02"]).exists()
    assert "已经结束了" in text(clerk.post(f"{progress}/cancel", sent()))  # households.import_over


def test_an_import_waits_for_a_second_person(door: Door):
    clerk, second = door.as_("clerk"), door.as_("clerk2")
    hand_in(clerk, door, "village_messy.xlsx")
    clerk.post(f"{ROSTER}/import", sent())
    turn("test", timezone.now)
    run = ImportRun.objects.get()
    assert "等第二人核对" in text(clerk.get(ROSTER))
    page = text(second.get(f"/office/seconds/{run.countersign_id}"))
    assert "新增 29 户" in page and "石桥村" in page
    assert second.post(f"/office/seconds/{run.countersign_id}/answer", sent(answer="right")).status_code == 302
    assert "第二人已核对" in text(clerk.get(ROSTER))
