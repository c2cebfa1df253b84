"""From tables to the facts of joint grading's prints: blank sheets of the drawn yards, where the evaluators differ."""

from __future__ import annotations

from datetime import date

from courtyard.inspections.models import Calibration
from courtyard.inspections.queries.calibration import handed_in, spread_of, yards_of
from courtyard.inspections.queries.groups import members_of
from courtyard.inspections.rules.calibration import agreement, word_of
from courtyard.outreach.gathering import areas_of, frame_of, labels_of, units_of
from courtyard.outreach.papers import calibration, score_sheets
from courtyard.rating.queries import document_of
from courtyard.rating.rules.sheet import sheet


def joint_sheets_of(found: Calibration, day: date) -> score_sheets.ScoreSheets:
    """One sheet of the drawn yards for every member of the group, in order of their number."""
    frame, document = frame_of(found.group.village, day), document_of(found.version)
    rows = tuple(score_sheets.Row(yard.head, yard.code, f"{yard.group} {yard.bay}".strip()) for yard in yards_of(found))
    sheets = tuple(
        score_sheets.ScoreSheet(
            frame,
            "一起试评",
            member.account.name,
            areas_of(document),
            rows,
            labels_of(document),
            "只试评,不算分",
            units=units_of(document),
        )
        for member in members_of(found.group_id)
    )
    return score_sheets.ScoreSheets(frame, sheets)


def differences_of(found: Calibration, day: date) -> calibration.Differences:
    """Where the sheets that are in differ, yard by yard by number; nobody's name, no home's."""
    document = document_of(found.version)
    asked = sheet(document)
    words = {choice.code: choice.name for choice in asked.choices}
    spread = spread_of(found, None)
    rows: dict[int, list[calibration.Cell]] = {}
    for one in spread:
        area = document.area(one.area)
        counts = tuple((words.get(what) or word_of(asked, area, what), count) for what, count in one.counts if count)
        rows.setdefault(one.yard, []).append(calibration.Cell(counts, one.apart))
    return calibration.Differences(
        frame=frame_of(found.group.village, day),
        handed_in=sum(done for _person, _name, done in handed_in(found)),
        areas=tuple(area.name for area in document.sheet.areas),
        yards=tuple(tuple(cells) for cells in rows.values()),
        agreement=agreement(spread),
    )
