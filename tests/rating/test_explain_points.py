"""How a result came about under sheets of numbers and of findings: every sum is on the page, and it is the engine's."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from tests.rating.test_engine_2_properties import NAMES, looks, scheme

from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.engines import score
from courtyard.rating.rules.explain import explain
from courtyard.rating.rules.facts import Facts, Mark, Seen

FORBIDDEN = ("扣分", "违反", "曝光", "失信", "落后", "不够格", "信用不良")


def told(document: SchemeDocument, marks: tuple[Mark, ...]) -> list[str]:
    kept = json.loads(score(document, Facts(marks)).breakdown_text)
    return [line.text for line in explain(document, kept, marks[0].seen)]


def test_places_found_and_what_is_left() -> None:
    document = scheme("ruyang")
    areas = [area.code for area in document.sheet.areas]
    given_ = tuple((code, "looked") for code in areas)
    seen = (Seen(areas[0], document.sheet.areas[0].pictures[0].code, places=2),)
    lines = told(document, (Mark(given_, seen), Mark(given_, seen), Mark(given_, seen)))
    assert "庭院(最多 25 分):看到 1 样要改的,各人的分是 15、15、15,合 15 分。见第一条(1)。" in lines
    assert "总分:15 + 25 + 25 + 25 = 90 分。见第二条(2)。" in lines


def test_a_declined_area_is_weighed_up_and_says_so() -> None:
    document = scheme("ruyang")
    given_ = tuple((area.code, "declined" if area.consent else "looked") for area in document.sheet.areas)
    lines = told(document, (Mark(given_), Mark(given_), Mark(given_)))
    assert "室内:没有评(主人没同意进屋,不算差)。见第一条(5)。" in lines
    assert "总分:(25 + 25 + 25) × 100 ÷ 75 = 100 分。见第二条(2)。" in lines


@given(looks())
def test_every_breakdown_can_be_told(found) -> None:
    document, marks = found
    outcome = score(document, Facts(marks))
    lines = [line.text for line in explain(document, json.loads(outcome.breakdown_text), marks[0].seen)]
    text = "\n".join(lines)
    assert not any(word in text for word in FORBIDDEN)
    assert not re.search(r"\b(looked|none|no_consensus|declined)\b", text)
    if outcome.score_milli is not None:
        assert any(line.startswith("总分:") and f"= {decimal_text(outcome.score_milli)} 分" in line for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_scheme_tells_a_full_visit(name: str) -> None:
    document = scheme(name)
    given_ = []
    for area in document.sheet.areas:
        marks = document.marks_of(area)
        most = "+".join(decimal_text(item.most_milli) for item in area.items) or str(area.weight)
        given_.append(
            (
                area.code,
                {"labels": document.sheet.labels[:1] and document.sheet.labels[0].code, "findings": "looked"}.get(
                    marks, most
                ),
            )
        )
    lines = told(document, (Mark(tuple(given_)),) * 3)
    assert any(line.startswith("总分:") for line in lines)
    assert any("为「" in line for line in lines)
