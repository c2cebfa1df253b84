"""What was seen at a home is kept twelve months and no longer; what it led to stays, and the books still agree."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.lists import refused
from tests.rounds import OCTOBER, SEPTEMBER, Village, adopt, at, closed_round, given
from tests.worlds import World, home

from courtyard.inspections.actions import erase_findings
from courtyard.inspections.actions.deeds import record_deed
from courtyard.inspections.actions.erasing import erase_deeds
from courtyard.inspections.models import Deed, DeedWords, Finding, Marks, Result
from courtyard.inspections.queries.keeping import deeds_due, findings_due
from courtyard.inspections.rules.keeping import last_month_erased
from courtyard.ops.serving.work import turn
from courtyard.ops.verify.running import run_here
from courtyard.points.actions import fund_budget
from courtyard.rating.queries import shipped
from courtyard.records.models import Entry

POOR, FAIR = given("poor"), given("fair", "fair", "poor")
DUE = date(2027, 9, 1)


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2027, 8, 31), date(2026, 8, 1)),
        (date(2027, 9, 1), date(2026, 9, 1)),
        (date(2028, 2, 29), date(2027, 2, 1)),
        (date(2027, 1, 1), date(2026, 1, 1)),
    ],
)
def test_twelve_months_count_from_the_first_of_the_month(today: date, month: date):
    assert last_month_erased(today) == month


def test_a_round_s_findings_go_and_its_results_stay(village: Village):
    old = closed_round(village, {"0101": POOR, "0201": FAIR})
    young = closed_round(village, {"0101": POOR}, OCTOBER)
    marks = list(Marks.objects.order_by("pk").values_list("pk", "values", "words_sha256"))
    results = list(Result.objects.order_by("pk").values_list("pk", "grade", "breakdown"))
    assert list(findings_due(DUE - timedelta(days=1))) == []
    assert list(findings_due(DUE)) == [old]
    seen = Finding.objects.filter(marks__visit__round=old).count()
    assert seen > 0
    assert erase_findings(kept=old, by=village.world.terminal, at=at(DUE)) == seen
    assert not Finding.objects.filter(marks__visit__round=old).exists()
    assert Finding.objects.filter(marks__visit__round=young).exists()
    assert list(findings_due(DUE)) == []
    assert list(Marks.objects.order_by("pk").values_list("pk", "values", "words_sha256")) == marks
    assert list(Result.objects.order_by("pk").values_list("pk", "grade", "breakdown")) == results
    entry = Entry.objects.get(verb="inspections.erase_findings")
    assert (entry.subject, entry.chain_id) == (old.pk.hex, village.place.pk)
    assert f'"erased":{seen}' in entry.answer


def test_the_same_command_erases_once(village: Village):
    old = closed_round(village, {"0101": POOR})
    command = old.pk
    first = erase_findings(kept=old, by=village.world.terminal, at=at(DUE), command=command)
    assert erase_findings(kept=old, by=village.world.terminal, at=at(DUE), command=command) == first > 0
    assert Entry.objects.filter(verb="inspections.erase_findings").count() == 1


def test_findings_are_kept_while_they_may_be(village: Village):
    old = closed_round(village, {"0101": POOR})
    before = at(DUE - timedelta(days=1))
    refused(
        "inspections.findings_kept_still",
        lambda: erase_findings(kept=old, by=village.world.terminal, at=before),
        month=f"{SEPTEMBER:%Y-%m}",
        months=12,
    )
    assert Finding.objects.exists()


def test_only_the_operator_erases(village: Village):
    old = closed_round(village, {"0101": POOR})
    for who in ("cadre", "clerk", "supervisor", "eva1"):
        refused("people.not_allowed", lambda who=who: erase_findings(kept=old, by=village.actor(who), at=at(DUE)))
    assert Finding.objects.exists()


def test_the_nightly_job_erases_and_the_books_agree(own_world: World):
    village = Village(own_world)
    adopt(village, shipped()["wandian"])
    fund_budget(village=village.place, points=9999, document="1号", by=village.actor("clerk"), at=at(SEPTEMBER))
    village.homes["0101"] = home(village.world, "WD/01/G01", "0101", "王建国")
    closed_round(village, {"0101": POOR})
    night = datetime(2027, 8, 30, 20, 0, tzinfo=UTC)  # four in the morning of the 31st
    turn("night", lambda: night)
    assert Finding.objects.exists()
    turn("night", lambda: night + timedelta(days=1))
    assert not Finding.objects.exists()
    turn("night", lambda: night + timedelta(days=2))
    assert Entry.objects.filter(verb="inspections.erase_findings").count() == 1
    assert [check.name for check in run_here() if not check.ok] == []


def test_evidence_of_deeds_goes_with_its_month(village: Village):
    day = at(SEPTEMBER.replace(day=14))
    record_deed(
        village=village.place, household=village.homes["0101"], item="cleanup", day=SEPTEMBER, evidence="照片 12",
        by=village.actor("cadre", day), at=day,
    )  # fmt: skip
    early, terminal = at(DUE - timedelta(days=1)), village.world.terminal
    assert deeds_due(DUE - timedelta(days=1)) == []
    assert [(place.pk, month) for place, month in deeds_due(DUE)] == [(village.place.pk, SEPTEMBER)]
    asked = {"village": village.place, "month": SEPTEMBER, "by": terminal}
    refused("inspections.deeds_kept_still", lambda: erase_deeds(**asked, at=early), month="2026-09", months=12)
    refused("people.not_allowed", lambda: erase_deeds(**{**asked, "by": village.actor("clerk")}, at=at(DUE)))
    command = village.place.pk
    assert erase_deeds(**asked, at=at(DUE), command=command) == erase_deeds(**asked, at=at(DUE), command=command) == 1
    assert not DeedWords.objects.exists() and Deed.objects.get().words_sha256 and deeds_due(DUE) == []
