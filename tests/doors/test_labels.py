"""A scheme's own words for an area, in its order: on the paper sheet, in office entry and on one home a screen."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pypdfium2
import pytest
from tests.doors.asking import on
from tests.doors.conftest import Door, sent, text
from tests.rounds import AREAS, adopt, opened_round, panel

from courtyard.inspections.models import Marks
from courtyard.rating.queries import shipped

# (code, word, key, what it is worth), best first.
TWO = (("good", "达标", "1", 100), ("poor", "未达标", "2", 40))
FOUR = (("best", "很好", "1", 100), ("good", "好", "2", 90), ("fair", "一般", "3", 75), ("poor", "待整改", "4", 40))


def with_labels(labels: tuple[tuple[str, str, str, int], ...]) -> str:
    """The shipped document with these words for an area in place of its own."""
    made = "".join(
        f'[[sheet.labels]]\ncode = "{code}"\nname = "{word}"\nkey = "{key}"\nscore = "{score}"\nunpublished = true\n\n'
        for code, word, key, score in labels
    )
    own = shipped()["wandian"]
    first, areas = own.index("[[sheet.labels]]"), own.index("[[sheet.areas]]")
    return own[:first] + made + own[areas:]


@pytest.mark.parametrize("labels", [TWO, FOUR], ids=["two", "four"])
def test_a_scheme_s_own_words_stand_wherever_marks_are_given(door: Door, labels: tuple[Any, ...]):
    adopt(door.village, with_labels(labels), date(2026, 10, 1))
    with on(date(2026, 10, 5)):
        opened, group = opened_round(door.village, date(2026, 10, 1)), door.home.group_id
        rater = panel(opened, "0101", door.village)[0]
        cadre, page = door.as_("cadre"), f"/office/rounds/{opened.pk}/marks/{group}/{rater}"
        words = [word for _, word, _, _ in labels]
        grid = text(cadre.get(page))
        assert re.findall(r'data-key="[1-7]" data-code="[a-z]+" data-name="([^"]+)"', grid) == words
        screen = text(cadre.get(f"{page}/home"))
        shown = re.findall(r'<label class="choice">.*?<span>([^<]+)</span>', screen, re.S)
        assert shown == words * len(AREAS) and f"choices-{len(words)}" in screen
        sheets = cadre.get(f"/office/rounds/{opened.pk}/sheets.pdf?group={group}")
        front = pypdfium2.PdfDocument(sheets.content)[0].get_textpage().get_text_range()
        found = "".join(front.split())
        assert found.count("".join(words) + "编号") == len(AREAS)
        fields = {f"m-{door.home.pk.hex}-{area}": labels[0][2] for area in AREAS}
        assert cadre.post(page, sent(day="2026-10-05", **fields)).status_code == 302
        assert set(json.loads(Marks.objects.get().values).values()) == {labels[0][0]}
        told = text(cadre.get(page))
        assert told.count(f">{words[0]}</td>") == len(AREAS)
