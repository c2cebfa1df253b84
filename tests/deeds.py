"""A village whose scheme prices deeds: by weight, by full units, by head, in a second ledger, off points and back again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.rounds import Village, at

from courtyard.households.models import Household
from courtyard.inspections.actions.deed_changes import answer_deed, say_of_deed
from courtyard.inspections.actions.deeds import confirm_deed, record_deed
from courtyard.inspections.models import Deed, DeedChange
from courtyard.inspections.rules.deeds import ChangeKind, Granted
from courtyard.rating.queries import shipped

DAY, TODAY = date(2026, 9, 10), date(2026, 9, 14)
FROM = date(2026, 9, 22)  # told on the 14th, five whole working days, the day after

MORE = """
[[ledgers]]
code = "honour"
name = "荣誉积分"
spendable = false
negative = "debt"

[[deeds]]
code = "recycle"
name = "交可回收物"
points = 100
ledger = "points"
needs_evidence = true
unit = "公斤"
prices = [
  { kind = "carton", name = "纸板", since = "2026-01-01", price = "1.4" },
  { kind = "carton", name = "纸板", since = "2026-09-12", price = "1.2" },
  { kind = "bottle", name = "塑料瓶", since = "2026-09-08", price = "1.85" },
]

[[deeds]]
code = "donate"
name = "为村里修路出钱"
needs_evidence = false
points = "0.5"
ledger = "honour"
unit = "元"
per = 10

[[deeds]]
code = "bulbs"
name = "交回旧灯管"
needs_evidence = false
points = 2
ledger = "points"
unit = "个"
per = 1

[[deeds]]
code = "sweep"
name = "扫村道"
needs_evidence = false
points = 5
ledger = "points"
also = ["honour"]
category = "tidy"

[[deeds]]
code = "yard"
name = "做庭院样板"
needs_evidence = false
points = 15
ledger = "points"
also = ["honour"]
category = "tidy"

[[deeds]]
code = "planting"
name = "一家人去种树"
needs_evidence = false
points = 2
ledger = "points"
per_member = true

[[deeds]]
code = "course"
name = "上农技课"
needs_evidence = false
points = 4
ledger = "points"
valid_months = 12

[[deeds]]
code = "dumping"
name = "垃圾倒在沟里,提醒后没有清"
points = -10
ledger = "points"
needs_evidence = true
mended_points = -2

[[deeds]]
code = "blocking"
name = "柴草占着路,提醒后没有搬"
points = -6
ledger = "honour"
needs_evidence = true

[[dedupes]]
code = "event"
name = "同一回事只算最高"
category = "tidy"

[[repeats]]
code = "again"
name = "一年里再上课减半"
deeds = ["course"]
within = "year"
factor = "0.5"

[answers]
late = "next_round"
rule_change = "old"
mended = "nothing"
disputed = "waits"
"""
TEXT = shipped()["wandian"].replace("engine = 1", "engine = 2").replace("points = 200\n", "points = 5000\n") + MORE


def record(village: Village, item: str, code: str = "0101", day: date = DAY, today: date = TODAY, **more: Any) -> UUID:
    """Written down by the cadre, with evidence; what takes off was told on the day it is written down."""
    home = Household.objects.get(pk=village.homes[code].pk)
    asked = {"evidence": "照片 12", "by": village.actor("cadre", at(today)), "at": at(today), **more}
    if item in ("dumping", "blocking"):
        asked = {"told": today, **asked}
    return record_deed(village=village.place, household=home, item=item, day=day, **asked)


def deed_of(id: UUID) -> Deed:
    """The row as an action takes it."""
    return Deed.objects.select_related("village", "household__group").get(pk=id)


def confirm(village: Village, deed: UUID, day: date = TODAY, who: str = "clerk") -> Granted:
    """Confirmed by the town."""
    return confirm_deed(deed=deed_of(deed), by=village.actor(who, at(day)), at=at(day))


def done(village: Village, item: str, code: str = "0101", day: date = DAY, **more: Any) -> Granted:
    """Written down and confirmed, on the first day on which it may be."""
    minus = item in ("dumping", "blocking")
    return confirm(village, record(village, item, code, day, **more), FROM if minus else more.get("today", TODAY))


def said(
    village: Village,
    deed: UUID,
    kind: ChangeKind,
    today: date = FROM,
    by: Any = None,
    words: str = "说清楚了",
    **more: Any,
) -> UUID:
    """Something said of a deed, by the cadre unless told otherwise."""
    who = by or village.actor("cadre", at(today))
    return say_of_deed(deed=deed_of(deed), kind=kind, words=words, by=who, at=at(today), **more)


def answered(
    village: Village,
    change: UUID,
    *,
    granted: bool,
    who: str = "supervisor",
    day: date = FROM + timedelta(1),
    words: str = "看过了",
) -> None:
    """Answered by the supervisor unless told otherwise."""
    row = DeedChange.objects.select_related("deed__village", "deed__household").get(pk=change)
    answer_deed(change=row, granted=granted, words=words, by=village.actor(who, at(day)), at=at(day))
