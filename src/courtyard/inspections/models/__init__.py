"""Tables of rounds, panels, visits, marks and results, one subject a file."""

from courtyard.inspections.models.deeds import Deed, DeedChange, DeedCount, DeedSaid, DeedWords
from courtyard.inspections.models.groups import (
    Calibration,
    CalibrationSheet,
    CalibrationYard,
    Draw,
    EvaluationGroup,
    GroupMember,
)
from courtyard.inspections.models.revisits import Agreement, Concern, ConcernAnswer, ConcernWords, Replies
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
    "Agreement",
    "Calibration",
    "CalibrationSheet",
    "CalibrationYard",
    "Concern",
    "ConcernAnswer",
    "ConcernWords",
    "Deed",
    "DeedChange",
    "DeedCount",
    "DeedSaid",
    "DeedWords",
    "Draw",
    "EvaluationGroup",
    "Finding",
    "GroupMember",
    "Marks",
    "Replies",
    "Result",
    "Review",
    "Round",
    "Seat",
    "Visit",
]
