"""Ledgers that rounds carry, month by month, against a run of the engine over the same marks and spending: passbooks that
are reset, points that lapse oldest first, a standing with its base, caps by quarter, what is taken off."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from tests.rating.worked import document, mark
from tests.rounds import Village, at, given, make_village
from tests.rounds import mark as enter
from tests.rounds import opened_round as opened

from courtyard.honours.actions import close_village
from courtyard.honours.actions.corrections import put_right
from courtyard.inspections.actions.evenings import end_days, settle_home
from courtyard.inspections.models import Visit
from courtyard.inspections.rules.marks import Given
from courtyard.inspections.rules.rounds import last_day, month_after
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.ids import uuid7
from courtyard.ops.verify.running import run_here
from courtyard.points.actions import parts
from courtyard.points.actions.lapsing import Fallen
from courtyard.points.models import Deduction, Merit, Posting, Reset
from courtyard.points.queries import balances
from courtyard.points.queries.merits import merits_of
from courtyard.rating.rules import engine_2, story
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import Mark
from courtyard.rating.rules.writing import write
from courtyard.records.journal import act

pytestmark = [pytest.mark.django_db, pytest.mark.long]
SEPTEMBER = date(2026, 9, 1)
HOMES = ("0101", "0102")


@dataclass
class Course:
    """A village's months under a scheme, and the same as the engine is told of it."""

    scheme: SchemeDocument
    village: Village
    events: list[Any] = field(default_factory=list)

    def month(self, month: date, labels: dict[str, str]) -> None:
        """A round of the month: opened on its first day, closed on its last."""
        one = opened(self.village, month)
        enter(self.village, one, {code: given(label) for code, label in labels.items()}, month.replace(day=10))
        end = last_day(month)
        close_village(closing=one, by=self.village.actor("cadre", at(end)), at=at(end, 20))
        for code, label in labels.items():
            seen = ["courtyard c1", "rooms r1", "surroundings s1"] if label == "poor" else []
            marks = (mark(self.scheme, f"{label} {label} {label}", seen),) * 3
            self.events.append(story.Visit(code, month.replace(day=10), marks))

    def spend(self, code: str, day: date, points: int) -> None:
        """Points spent at a till that day."""
        home, by = self.village.homes[code], self.village.actor("keeper", at(day))
        settle_home(village=self.village.place, household_id=home.pk, by=by, at=at(day))
        with act("test.spend", by=by, at=at(day), chain=home.village_id) as pen:
            parts.spend(pen, home.pk, points, self.village.world["WD"].pk, uuid7(), day)
        self.events.append(story.Spend(code, day, points=points))

    def night(self, day: date) -> Fallen | None:
        """What the worker does once this day is over."""
        return end_days(village=self.village.place, by=self.village.world.terminal, at=at(day + timedelta(1), 0))

    def alike(self, day: date) -> dict[str, tuple[int, ...]]:
        """Home → points and standings, in thousandths, once the day is over; as a run of the engine has them."""
        homes = [story.Home(code) for code in HOMES]
        told = engine_2.run(self.scheme, homes, self.events, day, SEPTEMBER)
        spent = next(ledger.code for ledger in self.scheme.ledgers if ledger.spendable)
        keys = {code: self.village.homes[code].pk for code in HOMES}
        points = balances(keys.values())
        live, run = {}, {}
        for code, key in keys.items():
            live[code], run[code] = [points[key].points * 1000], [told.balances[code, spent]]
            for ledger in self.scheme.ledgers:
                if not ledger.spendable:
                    held = merits_of([key], ledger.code, day, evening=True).get(key, 0)
                    live[code].append(ledger.base_milli + held)
                    run[code].append(told.standings[code, ledger.code])
        assert live == run, day
        return {code: tuple(row) for code, row in live.items()}


def course(scheme: SchemeDocument) -> Course:
    return Course(scheme, make_village(text=write(scheme)))


def test_a_passbook_lasts_to_the_fifteenth_of_january() -> None:
    """谷来: a month that passes earns 30, the first one twice; what is not spent by 15 January is gone."""
    one = course(document("gulai"))
    month = SEPTEMBER
    while month <= date(2026, 12, 1):
        one.month(month, {"0101": "good", "0102": "poor" if month == SEPTEMBER else "good"})
        one.alike(last_day(month))
        month = month_after(month)
    one.spend("0101", date(2026, 12, 5), 13)
    assert one.night(date(2027, 1, 14)) is None, "nothing falls before its day"
    assert one.alike(date(2027, 1, 14)) == {"0101": (137_000,), "0102": (90_000,)}
    one.spend("0101", date(2027, 1, 15), 26)
    # The night of the 15th was missed: what is touched first books it.
    one.month(date(2027, 1, 1), {"0101": "good", "0102": "good"})
    assert one.alike(date(2027, 1, 31)) == {"0101": (30_000,), "0102": (30_000,)}
    assert Reset.objects.get().day == date(2027, 1, 15)
    resets = Posting.objects.filter(cause="reset")
    assert {(row.points, row.day, row.booked) for row in resets} == {
        (111, date(2027, 1, 15), date(2027, 1, 31)), (90, date(2027, 1, 15), date(2027, 1, 31)),
    }  # fmt: skip
    assert one.night(date(2027, 1, 31)) is None and Reset.objects.count() == 1, "once"
    assert [check for check in run_here() if not check.ok] == []


HONOUR = {
    "code": "honour", "name": "荣誉积分", "spendable": False, "base": 10, "negative": "floor", "valid_months": 4,
}  # fmt: skip
ALL = {
    "engine": 2,
    "ledgers": [
        {"code": "points", "name": "积分", "spendable": True, "valid_months": 2},
        HONOUR,
    ],
    "awards": [
        {"code": "good", "kind": "band", "name": "评为好", "band": "good", "points": 10, "ledger": "points"},
        {"code": "fair", "kind": "band", "name": "评为中", "band": "fair", "points": 8, "ledger": "points", "valid_months": 1},
        {"code": "poor", "kind": "band", "name": "评为差", "band": "poor", "points": -7, "ledger": "points"},
        {"code": "merit", "kind": "score", "name": "按评分", "rate": "0.013", "points": 0, "ledger": "honour"},
        {"code": "demerit", "kind": "band", "name": "评为差", "band": "poor", "points": -12, "ledger": "honour"},
    ],
    "caps": [
        {"code": "quarter", "ledger": "points", "per": "quarter", "points": 25, "awards": ["good"]},
        {"code": "honours", "ledger": "honour", "per": "month", "points": 20},
    ],
    "resets": [
        {"code": "half", "ledger": "points", "days": ["12-31"], "keep_share": "0.5"},
        {"code": "third", "ledger": "honour", "days": ["01-10"], "keep_share": "0.333"},
    ],
    "coverage.full_months": list(range(1, 13)),
}  # fmt: skip
MONTHS = {
    "0101": ("good", "good", "good", "poor", "good", "poor", "poor"),
    "0102": ("fair", "poor", "good", "good", "good", "poor", "fair"),
}


def test_lapses_caps_deductions_and_a_standing_as_a_run_has_them() -> None:
    one = course(document("wandian", ALL))
    month = SEPTEMBER
    for n in range(7):
        if n in (2, 5):
            one.spend("0101", month.replace(day=4), 3)
        one.month(month, {code: labels[n] for code, labels in MONTHS.items()})
        if n != 2:  # one month's end was never booked by the worker: the next close does it first
            one.night(last_day(month))
            one.alike(last_day(month))
        month = month_after(month)
    causes = set(Posting.objects.values_list("cause", flat=True))
    assert {"award", "expiry", "reset", "deduction", "redemption"} <= causes
    assert Deduction.objects.exists() and Merit.objects.filter(milli__lt=0).exists()
    assert Reset.objects.count() == 2
    assert [check for check in run_here() if not check.ok] == []


def test_a_quarter_s_points_last_ten_days_into_the_next() -> None:
    """八名: a season's score is its points; what is not spent in the first ten days of the next season is gone."""
    one = course(document("baming"))
    quarter = date(2026, 10, 1)
    for each, spent in (("9", 40), ("10", 0)):
        given_ = Given(Presence.SEEN, tuple((a.code, "3" if a.extra else each) for a in one.scheme.sheet.areas))
        round = opened(one.village, quarter)
        enter(one.village, round, dict.fromkeys(HOMES, given_), quarter.replace(day=10))
        close = last_day(quarter)
        close_village(closing=round, by=one.village.actor("cadre", at(close)), at=at(close, 20))
        one.events += [story.Visit(code, quarter.replace(day=10), (Mark(given_.values),) * 3) for code in HOMES]
        quarter = month_after(month_after(month_after(quarter)))
        if spent:
            one.spend("0101", quarter.replace(day=4), spent)
        assert one.night(quarter.replace(day=9)) is None
        assert one.alike(quarter.replace(day=9))["0101"] == ((int(each) * 10 + 9 - spent) * 1000,)
        one.night(quarter.replace(day=10))
        assert one.alike(quarter.replace(day=10)) == {"0101": (0,), "0102": (0,)}
    assert list(Reset.objects.order_by("day").values_list("day", flat=True))[-2:] == [
        date(2027, 1, 10),
        date(2027, 4, 10),
    ]
    assert [check for check in run_here() if not check.ok] == []


def test_a_result_put_right_moves_standings_and_deductions_with_it() -> None:
    """What a wrong 差 took off comes back, in the ledger that is spent and in the standing; later months follow."""
    one = course(document("wandian", ALL))
    for month, label in ((SEPTEMBER, "good"), (date(2026, 10, 1), "poor"), (date(2026, 11, 1), "fair")):
        one.month(month, {"0101": label, "0102": "good"})
    home = one.village.homes["0101"]
    visit = Visit.objects.get(household=home, round__month=date(2026, 10, 1))
    when = at(date(2026, 11, 30), 21)
    with act("test.correct", by=one.village.actor("cadre", when), at=when, chain=home.village_id) as pen:
        put_right(pen, visit.pk, values=dict.fromkeys(("courtyard", "rooms", "surroundings"), "good"))
    one.night(date(2026, 11, 30))
    one.events = [row for row in one.events if (row.home, row.day) != ("0101", date(2026, 10, 10))] + [
        story.Visit("0101", date(2026, 10, 10), (mark(one.scheme, "good good good"),) * 3)
    ]
    one.alike(date(2026, 11, 30))
    assert Deduction.objects.filter(reverses__isnull=False).exists()
    assert Merit.objects.filter(reverses__isnull=False).exists()
    assert [check for check in run_here() if not check.ok] == []
