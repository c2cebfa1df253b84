"""Tables of rounds, panels, visits, marks and results, one subject a file."""

from courtyard.inspections.models.groups import (
    Calibration,
    CalibrationSheet,
    CalibrationYard,
    Draw,
    EvaluationGroup,
    GroupMember,
)
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
    "Calibration",
    "CalibrationSheet",
    "CalibrationYard",
    "Draw",
    "EvaluationGroup",
    "Finding",
    "GroupMember",
    "Marks",
    "Result",
    "Review",
    "Round",
    "Seat",
    "Visit",
]
