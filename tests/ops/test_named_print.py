"""print_list and a black list with names: the A3 sheet as PDF; a picture is refused in plain words and leaves no file."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.lists import PUBLISH_FROM
from tests.naming import HEADS, candidates, filed, take_to_publication, village_of_names


def test_a_named_list_is_printed_on_paper_only(own_world: Any, tmp_path: Any) -> None:
    village = village_of_names(own_world)
    filed(village)
    for listing in candidates(village):
        take_to_publication(village, listing)
    given = {"listing": "black", "round": str(listing.round_id), "at": f"{PUBLISH_FROM}T10:00", "stdout": io.StringIO()}
    sheet, picture = tmp_path / "black.pdf", tmp_path / "black.png"
    call_command("print_list", group="万店镇/塔湾村/2组", out=sheet, **given)
    (page,) = pypdfium2.PdfDocument(sheet)
    assert all(head in page.get_textpage().get_text_range() for head in HEADS)
    assert round(page.get_width()) == 842, "A3"
    with pytest.raises(CommandError, match="只印一张 A3"):
        call_command("print_list", group="万店镇/塔湾村/2组", out=picture, **given)
    assert not picture.exists()
    whole = tmp_path / "village.png"
    call_command("print_list", group="万店镇/塔湾村", out=whole, **given)
    assert whole.read_bytes().startswith(b"\x89PNG")
