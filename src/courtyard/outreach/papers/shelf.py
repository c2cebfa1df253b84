"""The shelf: one line a print."""

from __future__ import annotations

from courtyard.outreach.papers import (
    black_poster,
    cards,
    group_board,
    notice,
    record,
    red_poster,
    score_sheets,
    slip,
)
from courtyard.outreach.papers.paper import Paper

MODULES = (cards, score_sheets, slip, notice, red_poster, black_poster, group_board, record)
PAPERS: dict[str, Paper] = {module.PAPER.name: module.PAPER for module in MODULES}
