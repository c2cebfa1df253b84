"""The verbs of the lists, and closing a village's round."""

from courtyard.honours.actions.checking import close_spot, open_check, open_checks
from courtyard.honours.actions.closing import close_town, close_village
from courtyard.honours.actions.correcting import correction_pasted, name_correction
from courtyard.honours.actions.corrections import decide_late_marks
from courtyard.honours.actions.erasing import erase_words
from courtyard.honours.actions.grade_objections import answer_grade_objection, raise_objection, say_not_received
from courtyard.honours.actions.help import end_help, finish_help, say_cannot_alone, take_help
from courtyard.honours.actions.leaving import leave_lists
from courtyard.honours.actions.looks import drop, look_again, report_mended, revisit
from courtyard.honours.actions.naming import allow_names, end_name_documents, file_name_documents, forbid_names
from courtyard.honours.actions.notices import notify, withdraw_notice
from courtyard.honours.actions.objections import decide_objection, object_to, settle_lapsed
from courtyard.honours.actions.plaques import hang_plaque, take_plaque_down
from courtyard.honours.actions.prizes import hand_out_prize, prize_not_handed_out, settle_prizes
from courtyard.honours.actions.publishing import enter_red, paste_done, publish
from courtyard.honours.actions.walks import decide_look, plan_revisits

__all__ = [
    "allow_names",
    "answer_grade_objection",
    "close_spot",
    "close_town",
    "close_village",
    "correction_pasted",
    "decide_late_marks",
    "decide_look",
    "decide_objection",
    "drop",
    "end_help",
    "end_name_documents",
    "enter_red",
    "erase_words",
    "file_name_documents",
    "finish_help",
    "forbid_names",
    "hand_out_prize",
    "hang_plaque",
    "leave_lists",
    "look_again",
    "name_correction",
    "notify",
    "object_to",
    "open_check",
    "open_checks",
    "paste_done",
    "plan_revisits",
    "prize_not_handed_out",
    "publish",
    "raise_objection",
    "report_mended",
    "revisit",
    "say_cannot_alone",
    "say_not_received",
    "settle_lapsed",
    "settle_prizes",
    "take_help",
    "take_plaque_down",
    "withdraw_notice",
]
