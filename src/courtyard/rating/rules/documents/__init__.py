"""A scheme document as frozen values: every number of a town's rules, and nothing else (D14).

Scores and points are whole thousandths (`*_milli`); in TOML and JSON the same value is a decimal under the name without
the suffix. Where `unpublished` is true, no source gives the number: it is the programme's own choice and the page says so.
"""

from courtyard.rating.rules.documents.earning import (
    AWARD_KINDS,
    SHORTS,
    AwardRule,
    Budget,
    Cap,
    Dedupe,
    DeedRule,
    Gate,
    Ledger,
    Multiplier,
    Price,
    Prize,
    Repeat,
    Reset,
    RewardRule,
    Window,
)
from courtyard.rating.rules.documents.grading import (
    INCLUDES,
    Band,
    Class,
    Condition,
    Ranking,
    Review,
    Star,
    Veto,
)
from courtyard.rating.rules.documents.looking import (
    DECLINED,
    DRAWINGS,
    EVENS,
    LOOKED,
    METHODS,
    NOT_APPLICABLE,
    ROUNDINGS,
    Aggregate,
    Area,
    Coverage,
    Item,
    Label,
    Pause,
    Picture,
    Scope,
    Sheet,
)
from courtyard.rating.rules.documents.standing import (
    LISTINGS,
    REACHES,
    Answers,
    Card,
    Frame,
    ListRule,
    Merge,
    Process,
    Room,
    Title,
)
from courtyard.rating.rules.documents.whole import (
    FORMAT,
    SchemeDocument,
    as_data,
    canonical,
    decimal_text,
    fingerprint,
)

__all__ = [
    "AWARD_KINDS", "DECLINED", "DRAWINGS", "EVENS", "FORMAT", "INCLUDES", "LISTINGS", "LOOKED", "METHODS",
    "NOT_APPLICABLE", "REACHES", "ROUNDINGS", "SHORTS", "Aggregate", "Answers", "Area", "AwardRule", "Band", "Budget",
    "Cap", "Card", "Class", "Condition", "Coverage", "Dedupe", "DeedRule", "Frame", "Gate", "Item", "Label", "Ledger",
    "ListRule", "Merge", "Multiplier", "Pause", "Picture", "Price", "Prize", "Process", "Ranking", "Repeat", "Reset",
    "Review", "RewardRule", "Room", "SchemeDocument", "Scope", "Sheet", "Star", "Title", "Veto", "Window", "as_data",
    "canonical", "decimal_text", "fingerprint",
]  # fmt: skip
