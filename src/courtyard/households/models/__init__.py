"""Tables of the register, one subject a file."""

from courtyard.households.models.countersigns import Countersign
from courtyard.households.models.covenants import Covenant, CovenantKnown
from courtyard.households.models.register import (
    Card,
    Care,
    Household,
    ImportLine,
    ImportRun,
    Kin,
    Pin,
    PinTry,
    Question,
)
from courtyard.households.models.resets import PinReset

__all__ = [
    "Card",
    "Care",
    "Countersign",
    "Covenant",
    "CovenantKnown",
    "Household",
    "ImportLine",
    "ImportRun",
    "Kin",
    "Pin",
    "PinReset",
    "PinTry",
    "Question",
]
