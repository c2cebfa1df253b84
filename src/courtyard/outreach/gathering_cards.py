"""From tables to the facts of prints around the card: hand-over sheets by group, the covenant leaflet. Reads only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from courtyard.households import queries as households
from courtyard.households.models import Covenant
from courtyard.outreach.gathering import frame_of
from courtyard.outreach.papers import covenant as leaflet
from courtyard.outreach.papers import hand_over_sheet
from courtyard.places.models import Place
from courtyard.places.queries import places


def hand_over_sheets_of(place: Place, day: date) -> hand_over_sheet.HandOverSheets:
    """The hand-over sheets of a group, or of every group of a village, in walking order, numbered as the screen does."""
    groups = [place] if place.kind == "group" else list(places([place.path], "group").order_by("order", "path"))
    found = households.covenant_of(place)
    version = f"第 {found.version} 版,{found.passed.year}年{found.passed.month}月通过" if found else ""
    frame = frame_of(place, day)
    sheets = [
        hand_over_sheet.HandOverSheet(
            frame=replace(frame, group=group.name),
            rows=tuple(_row(one) for one in households.hand_over_sheet(group.path)),
            covenant=version,
        )
        for group in groups
    ]
    return hand_over_sheet.HandOverSheets(frame, tuple(sheets))


def _row(one: households.SheetHome) -> hand_over_sheet.HandOverRow:
    home = one.home
    return hand_over_sheet.HandOverRow(one.n, home.head, home.code, home.short, home.bay, _said(one))


def _said(one: households.SheetHome) -> str:
    if not one.taking_part:
        return "没有参加(不算差)"
    if one.handed_over:
        return f"已领,{one.handed_over.year}年{one.handed_over.month}月{one.handed_over.day}日"
    if not one.card:
        return "还没有制卡"
    return "" if one.lived_in else "没人住,回来再发"


def covenant_leaflet_of(found: Covenant, day: date) -> leaflet.CovenantLeaflet:
    """The leaflet of a version of a place's covenant."""
    return leaflet.CovenantLeaflet(
        frame=frame_of(found.place, day),
        title=found.title,
        version=found.version,
        lines=tuple(found.text.split("\n")),
        passed=found.passed,
        document=found.document,
        attended=(found.attendance, found.households or 0) if found.attendance else None,
    )
