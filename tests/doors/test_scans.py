"""Scans of resolutions at the office's door: attached with the adoption, in the table of many, afterwards; opened by
whoever may see the resolution, with an access line; taken away; refused files come back with everything kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from tests.doors.conftest import Door, sent, text
from tests.doors.test_schemes import SCHEMES, draft, resolution
from tests.records.test_files import pdf, picture

from courtyard.households.models import Covenant
from courtyard.office import scan_form
from courtyard.rating.models import Adoption
from courtyard.records import access, files, reading
from courtyard.records.models import AccessLine, Entry, ScanEnd, ScanFile
from courtyard.records.reading import Paper
from courtyard.records.rules import FileKind

pytestmark = pytest.mark.long_on_postgres


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of this test's own; papers are looked at in this process (the child has its own tests)."""
    settings.MEDIA_ROOT = tmp_path / "files"

    def look(given: bytes) -> Any:
        said, content = reading.looked(given)
        return reading._answer(said, content) if said.get("code") else Paper(content, FileKind(said["kind"]), 1)

    monkeypatch.setattr(scan_form, "read_paper", look)


def file(content: bytes = b"", name: str = "决议.exe") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf())


def word(page: str, name: str = "scan") -> str:
    found = re.search(rf'name="{name}-held" value="([^"]+)"', page)
    assert found, page
    return found[1]


def page_of(adoption: Adoption) -> str:
    return f"{SCHEMES}/resolutions/{adoption.pk}"


def latest() -> Adoption:
    return Adoption.objects.order_by("-starts").select_related("place").first()


def test_a_resolution_with_its_scan_is_opened_by_those_of_the_place_alone(door: Door):
    cadre = door.as_("cadre")
    page = draft(cadre, door)["Location"]
    fields = resolution(door)
    for _ in range(2):
        assert cadre.post(f"{page}/adopt", {**fields, "scan": file()}).status_code == 302
    row = ScanFile.objects.get()
    assert row.subject == latest().pk and files.read(row.sha256) == pdf()
    assert "有扫描件" in text(cadre.get(SCHEMES)) and "没有附扫描件" in text(cadre.get(SCHEMES))
    assert "PDF 文件" in text(cadre.get(page_of(latest())))
    opened = cadre.get(f"{page_of(latest())}/scan")
    assert opened.content == pdf() and opened["Content-Type"] == "application/pdf"
    assert opened["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert opened["X-Content-Type-Options"] == "nosniff" and "sandbox" in opened["Content-Security-Policy"]
    assert "script-src" not in opened["Content-Security-Policy"]
    assert AccessLine.objects.filter(subject=row.scan_id.hex, fields="scan").count() == 1
    for stranger in ("cadre2", "eva1", "keeper"):
        assert door.as_(stranger).get(f"{page_of(latest())}/scan").status_code == 404
    assert Client().get(f"{page_of(latest())}/scan").status_code == 302
    said = " ".join(Entry.objects.values_list("canonical", flat=True))
    assert "决议.exe" not in said and row.sha256 not in said


def test_without_a_scan_the_page_says_so_plainly_and_one_is_attached_later(door: Door):
    cadre, adoption = door.as_("cadre"), latest()
    page = text(cadre.get(page_of(adoption)))
    assert "没有附扫描件" in page and "附上" in page
    assert "没有扫描件可取" in text(cadre.get(f"{page_of(adoption)}/scan"))  # records.no_scan
    assert "「扫描件」没有填" in text(cadre.post(f"{page_of(adoption)}/attach", sent()))
    fields = {**sent(), "scan": file(picture("PNG"), "a.pdf")}
    for _ in range(2):
        fields["scan"].seek(0)
        assert cadre.post(f"{page_of(adoption)}/attach", fields)["Location"] == page_of(adoption)
    opened = cadre.get(f"{page_of(adoption)}/scan")
    assert opened["Content-Type"] == "image/png" and opened["Content-Disposition"].startswith("inline")
    again = cadre.post(f"{page_of(adoption)}/attach", {**sent(), "scan": file()})
    assert again.status_code == 409 and "已经附了一份扫描件" in text(again)  # records.scan_stands


def test_taking_it_away_is_for_another_level_and_leaves_the_resolution(door: Door):
    cadre, clerk, adoption = door.as_("cadre"), door.as_("clerk"), latest()
    cadre.post(f"{page_of(adoption)}/attach", {**sent(), "scan": file()})
    path = files.place_of(ScanFile.objects.get().sha256)
    assert cadre.post(f"{page_of(adoption)}/take-away", sent(reason="scan_asked")).status_code == 404
    assert "「为什么取下」还没有选" in text(clerk.post(f"{page_of(adoption)}/take-away", sent(reason="x")))
    fields = sent(reason="scan_asked")
    for _ in range(2):
        assert clerk.post(f"{page_of(adoption)}/take-away", fields)["Location"] == page_of(adoption)
    assert not path.exists() and ScanEnd.objects.get().rule == "scan_asked"
    page = text(clerk.get(page_of(adoption)))
    assert "有人要求取下" in page and adoption.document in page
    assert "取下了" in text(clerk.get(SCHEMES))
    gone = clerk.post(f"{page_of(adoption)}/take-away", sent(reason="scan_asked"))
    assert gone.status_code == 409 and "没有扫描件可取" in text(gone)


def test_a_refused_form_keeps_the_file_that_was_chosen(door: Door, monkeypatch: pytest.MonkeyPatch):
    cadre = door.as_("cadre")
    page = draft(cadre, door)["Location"]
    refused = cadre.post(f"{page}/adopt", {**resolution(door, attendance=""), "scan": file()})
    assert refused.status_code == 409 and "已收到:PDF 文件" in text(refused)
    held = word(text(refused))
    stolen = door.as_("clerk").post(f"{page}/adopt", resolution(door, **{"scan-held": held, "second": "supervisor"}))
    assert "扫描件已经不在了" in text(stolen)  # records.file_gone: another's word
    assert "扫描件已经不在了" in text(cadre.post(f"{page}/adopt", resolution(door, **{"scan-held": held + "x"})))
    with monkeypatch.context() as patch:
        patch.setattr(scan_form, "GOOD_FOR", -1)
        assert "扫描件已经不在了" in text(cadre.post(f"{page}/adopt", resolution(door, **{"scan-held": held})))
    without = resolution(door, starts="", **{"scan-held": held, "scan-without": "1"})
    assert "已收到" not in text(cadre.post(f"{page}/adopt", without))
    assert cadre.post(f"{page}/adopt", resolution(door, **{"scan-held": held})).status_code == 302
    assert ScanFile.objects.get().subject == latest().pk


def test_a_file_that_vanished_between_is_refused_and_nothing_is_recorded(door: Door, monkeypatch: pytest.MonkeyPatch):
    cadre = door.as_("cadre")
    page = draft(cadre, door)["Location"]
    monkeypatch.setattr(files, "stands", lambda sha256: False)
    refused = cadre.post(f"{page}/adopt", {**resolution(door), "scan": file()})
    assert refused.status_code == 409 and "扫描件已经不在了" in text(refused)
    assert Adoption.objects.count() == 1 and not ScanFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"MZ\x90", "不是 PDF"),  # records.file_kind
        (pdf()[:-9], "打不开"),  # records.file_unreadable
        (pdf(reading.MOST_PAGES + 1), "超过 60 页"),  # records.file_too_many_pages
        (pdf(extra="<< /Encrypt 9 0 R >>"), "设了密码"),  # records.file_locked
        (pdf(catalog="/OpenAction << /S /JavaScript /JS (x) >>"), "带着程序"),  # records.file_active
    ],
)
def test_each_refusal_is_a_plain_sentence_above_the_form(door: Door, content: bytes, says: str):
    refused = door.as_("cadre").post(f"{page_of(latest())}/attach", {**sent(), "scan": file(content, "a.pdf")})
    assert refused.status_code == 409 and says in text(refused)
    assert not ScanFile.objects.exists()


def test_too_large_a_file_and_too_many_dots(door: Door, monkeypatch: pytest.MonkeyPatch):
    cadre, address = door.as_("cadre"), f"{page_of(latest())}/attach"
    monkeypatch.setattr(reading, "MOST_PIXELS", 10)
    large = cadre.post(address, {**sent(), "scan": file(picture())})
    assert "太大" in text(large) and large.status_code == 409  # records.file_too_many_pixels
    monkeypatch.setattr(scan_form, "MOST_BYTES", 10)
    assert "超过 0 MB" in text(cadre.post(address, {**sent(), "scan": file()}))  # records.file_too_big


def test_a_damaged_file_is_not_shown_and_none_without_its_access_line(door: Door, monkeypatch: pytest.MonkeyPatch):
    cadre, adoption = door.as_("cadre"), latest()
    cadre.post(f"{page_of(adoption)}/attach", {**sent(), "scan": file()})

    def full(*_: Any, **__: Any) -> None:
        raise DatabaseError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(access.transaction, "atomic", full)
        patch.setattr(access, "log", type("Log", (), {"exception": staticmethod(lambda *_: None)}))
        assert "记不下谁看过" in text(cadre.get(f"{page_of(adoption)}/scan"))  # office.scan_not_shown
    files.place_of(ScanFile.objects.get().sha256).write_bytes(b"scribble")
    assert "不给看" in text(cadre.get(f"{page_of(adoption)}/scan"))  # records.file_damaged


def many(door: Door, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    fields = sent(starts="2026-11", second="supervisor", second_password="courtyard-2026", **more)
    for path, row in zip(("WD/01", "WD/02"), rows, strict=False):
        village = door.village.world[path].pk
        given = {"assembly": "2026-09-10", "attendance": "210", "households": "300", "document": "1号"}
        fields |= {f"{name}-{village}": what for name, what in ({**given, "budget": "900000"} | row).items()}
    return fields


@pytest.mark.long
def test_many_villages_in_one_table_with_one_scan_for_all_and_one_of_its_own(door: Door):
    clerk = door.as_("clerk")
    page = draft(clerk, door)["Location"]
    own, common = pdf(2), pdf(3)
    refused = clerk.post(f"{page}/adopt-many", many(door, {}, {"scan": file(b"no scan")}, scan=file(common)))
    body = text(refused)
    assert refused.status_code == 200 and "不是 PDF" in body and "有扫描件" in body
    assert files.read(ScanFile.objects.get().sha256) == common
    again = many(door, {"assembly": "", "attendance": "", "document": "", "budget": ""}, {"scan": file(own)})
    answer = clerk.post(f"{page}/adopt-many", {**again, "scan-held": word(body)})
    assert answer.status_code == 200 and Adoption.objects.count() == 3
    kept = {one.subject: files.read(one.sha256) for one in ScanFile.objects.all()}
    by_place = {one.place.path: kept.get(one.pk) for one in Adoption.objects.filter(starts__month=11)}
    assert by_place == {"WD/01": common, "WD/02": own}


def test_a_row_that_is_refused_keeps_its_file(door: Door):
    clerk = door.as_("clerk")
    page = draft(clerk, door)["Location"]
    village = door.village.place.pk
    body = text(clerk.post(f"{page}/adopt-many", many(door, {"attendance": "", "scan": file()})))
    held = word(body, f"scan-{village}")
    assert "没有记下" in body and "已收到:PDF 文件" in body
    fields = many(door, {})
    assert clerk.post(f"{page}/adopt-many", {**fields, f"scan-{village}-held": held}).status_code == 200
    assert ScanFile.objects.get().subject == Adoption.objects.get(starts__month=11).pk


def test_a_covenant_has_its_scan_too_and_the_public_page_does_not(door: Door):
    cadre = door.as_("cadre")
    given = {"title": "村规民约", "text": "门前自己扫。", "passed": "2026-09-01", "document": "3号"}
    fields = sent(place=str(door.village.place.pk), attendance="4", households="6", **given)
    refused = cadre.post("/office/covenants", {**fields, "document": "", "scan": file()})
    assert "已收到:PDF 文件" in text(refused)
    fields["scan-held"] = word(text(refused))
    assert cadre.post("/office/covenants", fields).status_code == 302
    made = Covenant.objects.get()
    address = f"/office/covenants/{made.pk}"
    assert "有扫描件" in text(cadre.get("/office/covenants")) and "打开扫描件" in text(cadre.get(address))
    assert cadre.get(f"{address}/scan").content == pdf()
    assert "扫描件" not in text(Client().get(f"/covenant/{made.place.path}"))
    assert door.as_("cadre2").get(f"{address}/scan").status_code == 404
    assert door.as_("supervisor").get(address).status_code == 404
    assert cadre.post(f"{address}/take-away", sent(reason="scan_wrong")).status_code == 302
    assert "没有:" in text(cadre.get(address)) and "附错了" in text(cadre.get(address))
    assert cadre.post(f"{address}/attach", {**sent(), "scan": file(picture())}).status_code == 302
    assert cadre.get(f"{address}/scan")["Content-Type"] == "image/jpeg"
