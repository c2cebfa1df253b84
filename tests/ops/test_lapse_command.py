"""courtyard lapse: the ends of days booked by hand where a night was missed."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.rating.worked import document
from tests.rounds import closed_round, given, make_village

from courtyard.points.queries import balance
from courtyard.rating.rules.writing import write

pytestmark = [pytest.mark.django_db, pytest.mark.long_on_postgres]
RESET = {"code": "year", "ledger": "points", "days": ["10-10"], "keep_share": 0}


def run(*words: str) -> str:
    out = StringIO()
    call_command("lapse", *words, "--at", "2026-10-12T08:00", stdout=out)
    return out.getvalue()


def test_a_missed_night_is_booked_once() -> None:
    village = make_village(text=write(document("wandian", {"engine": 2, "resets": [RESET]})))
    closed_round(village, {code: given("good") for code in village.homes})
    assert "没有到期的" in run("--day", "2026-10-09")
    with pytest.raises(CommandError, match="2026年10月12日 这一天还没有过完"):
        run("--day", "2026-10-12", "--place", "WD/01")
    with pytest.raises(CommandError, match="不是日期"):
        run("--day", "10月10日")
    assert "到期 0 分,清零 60 分,一共 6 户" in run("--place", "WD")
    assert "没有到期的" in run()
    assert balance(village.homes["0101"].pk).points == 0
