"""Tables of the register, one subject a file."""

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

__all__ = [
    "Card",
    "Care",
    "Household",
    "ImportLine",
    "ImportRun",
    "Kin",
    "Pin",
    "PinTry",
    "Question",
]
