"""Schemes: written and handed in, looked at by another level, adopted with their resolution."""

from courtyard.rating.actions.adopting import Row, adopt_in_many, adopt_scheme
from courtyard.rating.actions.drafting import begin_draft, change_draft, draft_scheme, drop_draft, hand_in_draft
from courtyard.rating.actions.reviewing import review_scheme
from courtyard.rating.actions.scans import attach_scan, erase_scan

__all__ = [
    "Row",
    "adopt_in_many",
    "adopt_scheme",
    "attach_scan",
    "begin_draft",
    "change_draft",
    "draft_scheme",
    "drop_draft",
    "erase_scan",
    "hand_in_draft",
    "review_scheme",
]
