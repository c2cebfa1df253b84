"""标准图 in the office: a version's and a village's standard in pictures, from the scheme's page and the group's."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from tests.doors.conftest import Door, text
from tests.groups import group_of
from tests.outreach.samples import pages_of
from tests.rounds import SEPTEMBER, at
from tests.worlds import person

from courtyard.kernel.actors import DutyKind
from courtyard.rating.models import SchemeVersion

A3_HIGH, A4_HIGH = 1190, 842


def high(answer: Any) -> int:
    assert answer["Content-Type"] == "application/pdf"
    return round(pypdfium2.PdfDocument(answer.content)[0].get_size()[1])


@pytest.fixture
def eight(door: Door) -> Door:
    for n in (91, 92):
        person(door.village.world, f"eva{n}", f"评比员{n}", DutyKind.EVALUATOR, "WD/01", at(SEPTEMBER, 8))
    return door


def test_the_standard_of_a_scheme_and_of_a_group(eight: Door) -> None:
    version, group = SchemeVersion.objects.get(), group_of(eight.village)
    cadre, evaluator = eight.as_("cadre"), eight.as_("eva1")
    for page in (f"/office/schemes/{version.pk}", f"/office/groups/{group.pk}"):
        assert f"{page}/standard.pdf" in cadre.get(page).content.decode()
        wall, bench = cadre.get(f"{page}/standard.pdf"), cadre.get(f"{page}/standard.pdf?size=a4")
        assert (high(wall), high(bench)) == (A3_HIGH, A4_HIGH)
        told = "".join(pages_of(wall.content))
        assert "什么样算好、中、差万店镇塔湾村" in told
        assert "不是谁家" in told
        assert "没有「a9」这种纸" in text(cadre.get(f"{page}/standard.pdf?size=a9"))
    mine = "".join(pages_of(evaluator.get(f"/office/groups/{group.pk}/standard.pdf").content))
    assert "塔湾村" in mine


def test_a_stranger_finds_no_groups_standard_and_a_village_without_a_scheme_is_told_so(
    eight: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/office/groups/{group_of(eight.village).pk}/standard.pdf"
    assert eight.as_("cadre2").get(page).status_code == 404
    monkeypatch.setattr("courtyard.rating.queries.in_force_of", lambda *_: {})
    told = eight.as_("cadre").get(page)
    assert told.status_code == 409
    assert "还没有通过积分办法" in text(told)
