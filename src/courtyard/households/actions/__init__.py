"""Verbs of the register. Each opens one transaction; an import is one run of many."""

from courtyard.households.actions.cards import (
    decline_card,
    hand_over_card,
    issue_cards,
    reissue_card,
    take_part,
)
from courtyard.households.actions.care import confirm_care, declare_kin, propose_care, withdraw_kin
from courtyard.households.actions.choosing import consent_messages, consent_red_name, know_covenant
from courtyard.households.actions.countersigns import answer_countersign
from courtyard.households.actions.covenants import attach_covenant_scan, erase_covenant_scan, set_covenant
from courtyard.households.actions.handing import Entered, enter_hand_over
from courtyard.households.actions.importing import import_roster
from courtyard.households.actions.pins import Opened, check_pin
from courtyard.households.actions.register import add_household, answer_question, change_household, set_lived_in
from courtyard.households.actions.resets import answer_pin_reset, ask_pin_reset
from courtyard.households.actions.undoing import forget_undo, undo_import
from courtyard.households.actions.waiting import cancel_import, put_off_import

__all__ = [
    "Entered",
    "Opened",
    "add_household",
    "answer_countersign",
    "answer_pin_reset",
    "answer_question",
    "ask_pin_reset",
    "attach_covenant_scan",
    "cancel_import",
    "change_household",
    "check_pin",
    "confirm_care",
    "consent_messages",
    "consent_red_name",
    "decline_card",
    "declare_kin",
    "enter_hand_over",
    "erase_covenant_scan",
    "forget_undo",
    "hand_over_card",
    "import_roster",
    "issue_cards",
    "know_covenant",
    "propose_care",
    "put_off_import",
    "reissue_card",
    "set_covenant",
    "set_lived_in",
    "take_part",
    "undo_import",
    "withdraw_kin",
]
