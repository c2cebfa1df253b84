"""罗峪's own document, adopted and lived by: its deeds in two ledgers, one event, a deduction down to 0; as a run counts them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.deeds import deed_of
from tests.rounds import Village, at, make_village

from courtyard.inspections.actions.deeds import confirm_deed, record_deed
from courtyard.points.queries import balance
from courtyard.points.queries.merits import standings_of
from courtyard.rating.queries import shipped
from courtyard.rating.rules import engine_2, story
from courtyard.rating.rules.parsing import check_toml

pytestmark = [pytest.mark.django_db, pytest.mark.long]
UNTIL = date(2026, 9, 28)
# (day, deed, event) in the order they come to the desk; each is confirmed before the next is written down.
COURSE = (
    (3, "sweep", ""), (3, "ditch", ""), (4, "sweep", "e1"), (5, "model_yard", "e1"), (2, "river", "e1"),
    (7, "helping", ""), (8, "helping", ""), (9, "helping", ""), (10, "helping", ""), (11, "helping", ""),
    *((day, code, "") for day in range(12, 17) for code in ("sweep", "road", "weeds")),
)  # fmt: skip


def live(village: Village, day: int, item: str, event: str, on: date) -> None:
    when = at(on)
    told = {"told": date(2026, 9, day)} if item == "dumping" else {}
    deed = record_deed(
        village=village.place, household=village.homes["0101"], item=item, day=date(2026, 9, day), evidence="照片 3",
        event=event, by=village.actor("cadre", at(date(2026, 9, 17))), at=at(date(2026, 9, 17)), **told,
    )  # fmt: skip
    confirm_deed(deed=deed_of(deed), by=village.actor("clerk", when), at=when)


def test_luoyus_deeds_count_live_what_a_run_counts() -> None:
    text = shipped()["luoyu"]
    document, village = check_toml(text).document, make_village(text=text)
    assert document is not None
    for day, item, event in COURSE:
        live(village, day, item, event, date(2026, 9, 17))
    live(village, 16, "dumping", "", UNTIL)
    told = [
        story.Deed("h", date(2026, 9, day), item, event=event) for day, item, event in (*COURSE, (16, "dumping", ""))
    ]
    found = engine_2.run(document, [story.Home("h")], told, UNTIL)
    key = village.homes["0101"].pk
    assert balance(key).points * 1000 == found.balances["h", "points"]
    assert standings_of(key, UNTIL)["honour"] == found.standings["h", "honour"]
    assert (balance(key).points, found.standings["h", "honour"]) == (65, 103_000)
