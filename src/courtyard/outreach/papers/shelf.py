"""The shelf: one line a print."""

from __future__ import annotations

from courtyard.outreach.papers import (
    black_poster,
    calibration,
    cards,
    correction,
    covenant,
    group_board,
    hand_over_sheet,
    notice,
    prize_list,
    record,
    red_poster,
    scheme_leaflet,
    score_sheets,
    slip,
    slip_pad,
    standard_pictures,
)
from courtyard.outreach.papers.paper import Paper

MODULES = (
    cards,
    hand_over_sheet,
    covenant,
    scheme_leaflet,
    score_sheets,
    slip,
    slip_pad,
    notice,
    red_poster,
    black_poster,
    correction,
    prize_list,
    group_board,
    record,
    calibration,
    standard_pictures,
)
PAPERS: dict[str, Paper] = {module.PAPER.name: module.PAPER for module in MODULES}
