"""Schemes: written and handed in, looked at by another level, adopted with their resolution."""

from courtyard.rating.actions.adopting import Row, adopt_in_many, adopt_scheme
from courtyard.rating.actions.drafting import begin_draft, change_draft, draft_scheme, drop_draft, hand_in_draft
from courtyard.rating.actions.reviewing import review_scheme

__all__ = [
    "Row",
    "adopt_in_many",
    "adopt_scheme",
    "begin_draft",
    "change_draft",
    "draft_scheme",
    "drop_draft",
    "hand_in_draft",
    "review_scheme",
]
