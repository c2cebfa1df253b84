"""Tables of the lists and their due process, one subject a file."""

from courtyard.honours.models.corrections import Correction
from courtyard.honours.models.grade_objections import GradeObjection, GradeStep, GradeWords
from courtyard.honours.models.help import OWED_STATES, HelpTask, HelpWords
from courtyard.honours.models.listings import (
    OPEN_STATES,
    Listing,
    Look,
    Notice,
    Objection,
    PasteTask,
    Step,
    Words,
)
from courtyard.honours.models.looks import LookMarks
from courtyard.honours.models.naming import Assessment, BoardToken, NameDocuments, NamesSwitch
from courtyard.honours.models.prizes import Prize
from courtyard.honours.models.slips import Counterfoil, Slip
from courtyard.honours.models.titles import TitleHeld

__all__ = [
    "Assessment",
    "BoardToken",
    "Correction",
    "Counterfoil",
    "GradeObjection",
    "GradeStep",
    "GradeWords",
    "HelpTask",
    "HelpWords",
    "Listing",
    "Look",
    "LookMarks",
    "NameDocuments",
    "NamesSwitch",
    "Notice",
    "OPEN_STATES",
    "OWED_STATES",
    "Objection",
    "PasteTask",
    "Prize",
    "Slip",
    "Step",
    "TitleHeld",
    "Words",
]
