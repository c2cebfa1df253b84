"""Tables of points: awards and the ledger they are booked in; standings that cannot be spent, and what falls away."""

from courtyard.points.models.ledger import (
    Account,
    Adjustment,
    Award,
    Budget,
    Counter,
    Cut,
    Factor,
    Grant,
    Hold,
    Ledger,
    Posting,
)
from courtyard.points.models.standings import Deduction, Evening, Merit, Reset, Term

__all__ = [
    "Account",
    "Adjustment",
    "Award",
    "Budget",
    "Counter",
    "Cut",
    "Deduction",
    "Evening",
    "Factor",
    "Grant",
    "Hold",
    "Ledger",
    "Merit",
    "Posting",
    "Reset",
    "Term",
]
