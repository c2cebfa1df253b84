"""Tables of rounds, panels, visits, marks and results, one subject a file."""

from courtyard.inspections.models.visits import (
    Finding,
    Marks,
    Result,
    Review,
    Round,
    Seat,
    Visit,
)

__all__ = [
    "Finding",
    "Marks",
    "Result",
    "Review",
    "Round",
    "Seat",
    "Visit",
]
