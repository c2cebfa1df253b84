"""Fourteen months of one village, September to October: every round as the calendar proposes it, and the turn of a year.

Wandian's rules as engine 2 carries them, with a pause over the Spring Festival, a 好 that carries one light round, and a cap
of 45 points a year, small enough to be reached twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from tests.rating.worked import document
from tests.rounds import Village, at, given, make_village, mark, opened_round

from courtyard.honours.actions import answer_grade_objection, close_village, raise_objection
from courtyard.honours.models import GradeObjection
from courtyard.honours.queries.years import year_of
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.inspections.actions import open_next
from courtyard.inspections.models import Result, Round, Visit
from courtyard.inspections.queries.calendar import proposals
from courtyard.inspections.rules.rounds import month_after
from courtyard.kernel.problems import Refused
from courtyard.ops.verify.running import run_here
from courtyard.points.models import Award
from courtyard.points.queries import balance
from courtyard.rating.rules.writing import write

SPRING = [{"name": "春节", "since": "01-25", "until": "02-20"}]
RULES = {"engine": 2, "coverage.pauses": SPRING, "coverage.carries_rounds": 1, "coverage.drawn_share": "0"}
SEPTEMBER, JANUARY = date(2026, 9, 1), date(2027, 1, 1)
# What the calendar says of each month: the round's kind and how many of the six homes it visits; a pause where none.
CALENDAR = {
    "2026-09": ("light", 6), "2026-10": ("full", 6), "2026-11": ("light", 2), "2026-12": ("light", 5),
    "2027-01": ("full", 6), "2027-02": ("春节", 0), "2027-03": ("light", 1), "2027-04": ("full", 6),
    "2027-05": ("light", 1), "2027-06": ("light", 6), "2027-07": ("full", 6), "2027-08": ("light", 1),
    "2027-09": ("light", 6), "2027-10": ("full", 6),
}  # fmt: skip
# Who was anything but 好, and when: 0201 always; 0103 once, and better the month after; 0202 wrongly, in January.
FAIR = {"2026-10": {"0103"}, "2027-01": {"0202"}}
# What 0101 (always 好) and 0103 are granted month by month: 10 for 好, visited or carried; 10 more for the third 好 running,
# 5 for a band better; what goes over 45 in a year is cut, and the year begins anew.
ALWAYS_GOOD = {
    "2026-09": 10, "2026-10": 10, "2026-11": 10, "2026-12": 15,
    "2027-01": 10, "2027-03": 10, "2027-04": 10, "2027-05": 10, "2027-06": 5,
}  # fmt: skip
FELL_AND_ROSE = {
    "2026-09": 10, "2026-10": 3, "2026-11": 15, "2026-12": 10,
    "2027-01": 10, "2027-03": 10, "2027-04": 20, "2027-05": 5,
}  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.long_on_postgres]


def walk(village: Village, month: date) -> Round | None:
    """The month as its cadre lives it: the calendar's proposal, one confirmation, marks, the close; None in a pause."""
    said, cadre = CALENDAR[f"{month:%Y-%m}"], village.actor("cadre", at(month))
    [proposal] = proposals([village.place], month)
    if not said[1]:
        assert [(row.month, row.pause) for row in proposal.following.passed] == [(month, said[0])]
        with pytest.raises(Refused, match="month_paused"):
            opened_round(village, month)
        return None
    assert (proposal.following.month, proposal.following.kind.value, proposal.visited) == (month, *said)
    [(_, opened)] = open_next(place=village.place, month=month, by=cadre, at=at(month))
    assert isinstance(opened, Round)
    codes = set(Visit.objects.filter(round=opened).values_list("household__code", flat=True))
    assert len(codes) == said[1]
    fair = FAIR.get(f"{month:%Y-%m}", set()) | {"0201"}
    marks = {code: given("fair") if code in fair else given("good") for code in codes}
    mark(village, opened, marks, month.replace(day=10))
    when = at(month.replace(day=20))
    close_village(closing=opened, by=village.actor("cadre", when), at=when)
    return opened


def granted(village: Village, code: str) -> Mapping[str, int]:
    """What a home was granted, by month; what was taken back is not."""
    rows = Award.objects.filter(household=village.homes[code].pk, reverses=None, reversed_by=None)
    months: dict[str, int] = {}
    for day, points in rows.values_list("day", "points"):
        months[f"{day:%Y-%m}"] = months.get(f"{day:%Y-%m}", 0) + points
    return {month: points for month, points in sorted(months.items()) if points}


def test_fourteen_months() -> None:
    rules = document("wandian", RULES | {"caps[year].points": "45"})
    village = make_village(text=write(rules))
    month = SEPTEMBER
    while month < date(2027, 11, 1):
        if month == JANUARY:
            assert balance(village.homes["0101"].pk).free == 45, "the year's cap"
        opened = walk(village, month)
        if month == JANUARY:
            assert balance(village.homes["0101"].pk).free == 55, "points survive the turn, the cap begins anew"
            put_right(village, "0202")
        if opened is None:
            assert balance(village.homes["0101"].pk).free == 55, "a pause takes nothing"
        month = month_after(month)
    assert Round.objects.filter(state="closed").count() == 13
    assert granted(village, "0101") == ALWAYS_GOOD
    assert granted(village, "0103") == FELL_AND_ROSE, "a streak begun in November is complete in April"
    assert balance(village.homes["0101"].pk).free == 90, "nothing lapsed"
    runs = Result.objects.filter(visit__household=village.homes["0103"].pk).order_by("visit__round__month")
    assert list(runs.values_list("run", flat=True)) == [1, 1, 1, 2, 3, 4, 5, 6, 7]
    old, new = year_of(village.place.pk, 2026), year_of(village.place.pk, 2027)
    assert [len(book.rounds) for book in (old, new)] == [4, 9] and (old.open, new.open) == (0, 0)
    assert (old.raised, new.raised, new.upheld) == (0, 1, 1)
    assert new.points.outstanding == sum(balance(home.pk).points for home in village.homes.values())
    assert old.points.outstanding == new.points.outstanding - new.points.issued + new.points.taken_back
    assert [check for check in run_here() if not check.ok] == []


def put_right(village: Village, code: str) -> None:
    """The home objects at the end of January, and it was 好."""
    raised, answered = date(2027, 1, 22), date(2027, 1, 26)
    before = balance(village.homes[code].pk).free
    raise_objection(
        household=village.homes[code], channel=ObjectionChannel.SPOKEN, words="院子是扫过的",
        by=village.actor("keeper", at(raised)), at=at(raised),
    )  # fmt: skip
    really = {"courtyard": "good", "rooms": "good", "surroundings": "good"}
    answer_grade_objection(
        objection=GradeObjection.objects.get(), upheld=True, reasons="去看过,院坝是扫过的", values=really,
        by=village.actor("cadre", at(answered)), at=at(answered),
    )  # fmt: skip
    assert balance(village.homes[code].pk).free == before + 7
