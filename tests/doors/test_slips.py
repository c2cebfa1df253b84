"""Slips at the office's door: printed and printed again, pads, counterfoils by screen and by one photo of many."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests import lists
from tests.doors.asking import on, twice
from tests.doors.conftest import Door, sent, text
from tests.lists import TOLD
from tests.rounds import given, mark

from courtyard.honours.models import Counterfoil, GradeObjection, HelpTask, Listing, Slip
from courtyard.honours.rules.slips import spaced
from courtyard.inspections.models import Round
from courtyard.kernel.ids import uuid7

BOOK, PHOTO = "/office/counterfoils", "/office/counterfoils/photo"
WALKED = date(2026, 9, 14)


@pytest.fixture
def seen(door: Door, opened: Round) -> Round:
    """The open round, three homes where something was seen."""
    found = given("fair", found=[("courtyard", "c1")])
    mark(door.village, opened, {"0101": found, "0102": found, "0201": found, "0203": given("good")}, WALKED)
    return opened


def url(opened: Round, what: str = "") -> str:
    return f"/office/rounds/{opened.pk}/slips{what}"


def words(answer: Any, page: int = 0) -> str:
    return "".join(pypdfium2.PdfDocument(answer.content)[page].get_textpage().get_text_range().split())


def serial(door: Door, code: str) -> str:
    return Slip.objects.get(household=door.village.homes[code], kind="findings").serial


def booked(door: Door, *rows: dict[str, Any], day: date = TOLD, command: str = "") -> Any:
    """One screen, sent."""
    fields: dict[str, Any] = {"village": str(door.village.place.pk), "day": day.isoformat()}
    for n, row in enumerate(rows, 1):
        fields |= {f"{name}-{n}": value for name, value in row.items()}
    return door.as_("cadre").post(BOOK, sent(**fields) | ({"command": command} if command else {}))


def test_slips_are_printed_before_the_close_and_again_under_the_same_serials(door: Door, seen: Round) -> None:
    cadre, group = door.as_("cadre"), door.village.world["WD/01/G01"]
    page = text(cadre.get(url(seen)))
    assert "新 2 张" in page and "新 3 张" in page and "0 / 0" in page
    assert cadre.get(url(seen, ".pdf")).status_code == 409, "outreach.no_slips: nothing without its serial"
    answer = twice(cadre, url(seen, "/print"), group=str(group.pk))
    first = cadre.get(answer["Location"])
    assert len(pypdfium2.PdfDocument(first.content)) == 2
    assert "王建国" in words(first) and spaced(serial(door, "0101")).replace(" ", "") in words(first)
    assert not re.search(r"[评得]了?[好中差]|等次|\d+分", words(first).replace("评过", "")), "never the grade"
    assert cadre.get(answer["Location"]).content == first.content, "printed again: the same paper"
    twice(cadre, url(seen, "/print"))
    assert len(pypdfium2.PdfDocument(cadre.get(url(seen, ".pdf")).content)) == 3
    page = text(cadre.get(url(seen)))
    assert "再印全村的条子" in page and "0 / 2" in page
    assert Slip.objects.count() == 3


def test_a_pad_for_the_door(door: Door, seen: Round) -> None:
    cadre = door.as_("cadre")
    answer = twice(cadre, url(seen, "/pad"), group="", count="2")
    pad = cadre.get(answer["Location"])
    assert len(pypdfium2.PdfDocument(pad.content)) == 2
    assert "柴草杂物" in words(pad) and "没同意(不算差)" in words(pad)
    assert "2 张" in text(cadre.get(url(seen)))
    wrong = cadre.post(url(seen, "/pad"), sent(group="", count="0"))
    assert wrong.status_code == 409 and "1 到 100 张" in text(wrong)
    blank = Slip.objects.order_by("serial").first()
    assert blank is not None
    page = text(booked(door, {"serial": blank.serial, "tick": "received"}, day=WALKED))
    assert "还不知道是谁家的" in page and f'value="{blank.serial}"' in page, "the row stays with its reason"
    row = {"serial": blank.serial, "tick": "received", "home": "0102"}
    assert "录好了 1 张回执" in text(booked(door, row, day=WALKED))


def test_another_village_and_no_log_in(door: Door, seen: Round) -> None:
    for method in ("get", "post"):
        for what in ("", "/print", ".pdf", "/pad"):
            assert getattr(door.as_("cadre2"), method)(url(seen, what)).status_code == 404
    assert door.as_("eva1").get(BOOK).status_code == 404
    assert door.as_("nobody").get(BOOK)["Location"].startswith("/login")


def test_a_screen_of_counterfoils(door: Door, seen: Round) -> None:
    twice(door.as_("cadre"), url(seen, "/print"))
    one, two, three = (serial(door, code) for code in ("0101", "0102", "0201"))
    with on(TOLD):
        page = text(door.as_("cadre").get(BOOK))
        assert page.count('class="form-control serial"') == 40
        assert "checked" not in page, "no default"
        command = str(uuid7())
        rows: tuple[dict[str, Any], ...] = (
            {"serial": spaced(one), "tick": ["received", "disagrees"]}, {"serial": two, "tick": ["received", "alone"]},
            {"serial": three}, {"serial": "1234567890", "tick": "received"},
        )  # fmt: skip
        answer = booked(door, *rows, command=command)
        page = text(answer)
        assert "录好了 2 张回执" in page and "有 2 张没有录进去" in page
        assert f"<b>{spaced(one)}</b> 收好了;不同意已记下,要有人答复" in page
        assert f"<b>{spaced(two)}</b> 收好了;帮扶已记下" in page
        assert "还没有说勾了什么" in page and "输错了" in page
        assert "陈桂花" in page, "whose the slip is stands beside it"
        assert f'value="{one}"' not in page, "what landed is not asked again"
        assert text(booked(door, *rows, command=command)).count("录好了 2 张回执") == 1, "sent twice: the same answer"
        assert Counterfoil.objects.count() == 2
        assert GradeObjection.objects.get(household=door.home).state == "open"
        assert HelpTask.objects.get(household=door.village.homes["0102"]).state == "open"
        assert "2 / 2" in text(door.as_("cadre").get(url(seen)))
        nothing = booked(door)
        assert nothing.status_code == 409 and "一张回执都没有录" in text(nothing)
        future = booked(door, {"serial": three, "tick": "received"}, day=date(2026, 9, 30))
        assert future.status_code == 409 and f'value="{three}"' in text(future), "what was typed is kept"
        assert "checked" in text(future)


def test_a_notices_counterfoil_by_the_screen(door: Door) -> None:
    _, listing = lists.confirmed(door.village)
    with on(TOLD):
        cadre = door.as_("cadre")
        twice(cadre, f"/office/lists/{listing.pk}/notice-slip")
        notice = Slip.objects.get(listing=listing)
        assert spaced(notice.serial).replace(" ", "") in words(cadre.get(f"/office/lists/{listing.pk}/notice.pdf"))
        page = text(booked(door, {"serial": notice.serial, "tick": "received"}))
        assert "收好了;告知送到了" in page
    assert Listing.objects.get(pk=listing.pk).state == "notified"


def test_one_photo_of_many_fills_the_rows(door: Door, seen: Round) -> None:
    cadre = door.as_("cadre")
    twice(cadre, url(seen, "/print"))
    strips = []
    for page in pypdfium2.PdfDocument(cadre.get(url(seen, ".pdf")).content):
        sheet = page.render(scale=110 / 72, grayscale=True).to_pil()
        strips.append(sheet.crop((0, int(sheet.height * 0.8), sheet.width, sheet.height)))
    wide, tall = strips[0].size
    table = Image.new("L", (wide + 80, (tall + 20) * len(strips) + 60), 140)
    for n, strip in enumerate(strips):
        table.paste(strip, (20 + 15 * n, 20 + n * (tall + 20)))
    photo = io.BytesIO()
    table.rotate(4, expand=True, fillcolor=110).save(photo, "JPEG", quality=75)
    answer = cadre.post(PHOTO, {"photo": SimpleUploadedFile("p.jpg", photo.getvalue(), "image/jpeg")})
    page = text(answer)
    assert "认出 3 张" in page
    for code in ("0101", "0102", "0201"):
        assert f'value="{serial(door, code)}"' in page
    assert "checked" not in page, "what is ticked a person says"
    assert "王建国" in page and Counterfoil.objects.count() == 0


def test_a_photo_that_is_none(door: Door) -> None:
    """households.scan_without_code, households.scan_too_many, households.scan_unreadable."""
    cadre = door.as_("cadre")

    def sent_photo(*files: bytes) -> Any:
        return cadre.post(PHOTO, {"photo": [SimpleUploadedFile("p.jpg", one, "image/jpeg") for one in files]})

    assert cadre.get(PHOTO).status_code == 200
    assert sent_photo().status_code == 409
    broken = sent_photo(b"not a picture")
    assert broken.status_code == 409 and "打不开" in text(broken)
    empty = io.BytesIO()
    Image.new("L", (300, 300), 255).save(empty, "PNG")
    nothing = sent_photo(empty.getvalue())
    assert nothing.status_code == 409 and "没有认出" in text(nothing)
    many = sent_photo(*[b"x"] * 13)
    assert many.status_code == 409 and "一次最多选 12 个文件" in text(many)
