"""The shelf: one line a print."""

from __future__ import annotations

from courtyard.outreach.papers import cards, score_sheets
from courtyard.outreach.papers.paper import Paper

PAPERS: dict[str, Paper] = {module.PAPER.name: module.PAPER for module in (cards, score_sheets)}
