"""The verbs of inspections: opening rounds, seats, marks, reviews, erasing. Parts for the room above stand in `parts`."""

from courtyard.inspections.actions.erasing import erase_findings
from courtyard.inspections.actions.marks import HomeMarks, decide_review, enter_marks
from courtyard.inspections.actions.rounds import include_home, open_round, open_rounds
from courtyard.inspections.actions.seats import draw_panels, set_panel

__all__ = [
    "HomeMarks",
    "decide_review",
    "draw_panels",
    "enter_marks",
    "erase_findings",
    "include_home",
    "open_round",
    "open_rounds",
    "set_panel",
]
