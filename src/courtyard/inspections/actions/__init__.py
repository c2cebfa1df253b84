"""The verbs of inspections: opening rounds, seats, marks, reviews, erasing. Parts for the room above stand in `parts`."""

from courtyard.inspections.actions.calendar import open_next
from courtyard.inspections.actions.calibration import draw_yards, grade_yards
from courtyard.inspections.actions.calling_off import call_off
from courtyard.inspections.actions.draw import draw_panels
from courtyard.inspections.actions.erasing import erase_findings
from courtyard.inspections.actions.groups import make_group
from courtyard.inspections.actions.including import include_home
from courtyard.inspections.actions.marks import HomeMarks, decide_review, enter_marks
from courtyard.inspections.actions.rounds import open_round, open_rounds
from courtyard.inspections.actions.seats import set_panel

__all__ = [
    "HomeMarks",
    "call_off",
    "decide_review",
    "draw_panels",
    "draw_yards",
    "enter_marks",
    "erase_findings",
    "grade_yards",
    "include_home",
    "make_group",
    "open_next",
    "open_round",
    "open_rounds",
    "set_panel",
]
