"""Joint grading under every shipped scheme: what its areas take is a whole sheet, and where two sheets differ is said."""

from __future__ import annotations

from functools import cache

import pytest

from courtyard.inspections.rules.calibration import YARDS, agreement, spreads, unfit_sheet, word_of
from courtyard.rating.queries import shipped
from courtyard.rating.rules.documents import Area, SchemeDocument
from courtyard.rating.rules.parsing import check_toml
from courtyard.rating.rules.sheet import sheet


@cache
def document(name: str) -> SchemeDocument:
    found = check_toml(shipped()[name]).document
    assert found is not None
    return found


def value(scheme: SchemeDocument, area: Area, *, best: bool) -> str:
    """The most an area can be given at a joint grading, or the least."""
    units = sheet(scheme).of(area)
    if units[0].marks == "labels":
        return scheme.sheet.labels[0 if best else -1].code
    if units[0].marks == "findings":
        return "0" if best else "5"
    return "+".join(unit.most if best else "0" for unit in units)


def values(scheme: SchemeDocument, *, best: bool) -> dict[int, dict[str, str]]:
    row = {area.code: value(scheme, area, best=best) for area in scheme.sheet.areas}
    return dict.fromkeys(range(1, YARDS + 1), row)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_two_sheets_are_whole_and_their_difference_is_seen(name: str) -> None:
    scheme = document(name)
    best, least = (values(scheme, best=best) for best in (True, False))
    assert unfit_sheet(scheme, best, YARDS) is None
    assert unfit_sheet(scheme, least, YARDS) is None
    half = {**best, YARDS: {}}
    problem = unfit_sheet(scheme, half, YARDS)
    assert problem is not None
    assert problem.code == "inspections.yard_incomplete"
    areas = len(scheme.sheet.areas)
    alike, apart = spreads(scheme, [best, best, best], best, YARDS), spreads(scheme, [best, least], None, YARDS)
    assert (len(alike), agreement(alike)) == (YARDS * areas, (YARDS * areas, 0, 0))
    assert agreement(apart)[0] == 0, "nothing is alike where one gave the most and one the least"
    for one in apart:
        area = scheme.area(one.area)
        said = [word_of(sheet(scheme), area, what) for what, count in one.counts if count]
        assert len(said) == 2
        assert all(said)
