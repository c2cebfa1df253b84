"""Reading the register."""

from courtyard.households.queries.cards import (
    actor_of_household,
    by_short,
    by_token,
    card_counts,
    household_actor,
    household_of_short,
    household_of_token,
    live_card,
    live_cards,
)
from courtyard.households.queries.choices import covenant_of, covenants, known_to
from courtyard.households.queries.desk import villages_on_the_desk
from courtyard.households.queries.handing import HandedOver, SheetHome, hand_over_sheet, handed_over
from courtyard.households.queries.phones import names_and_phones
from courtyard.households.queries.preview import preview_roster
from courtyard.households.queries.register import (
    RateableHome,
    cadre_and_evaluator_homes,
    care_lines,
    homes,
    kin_of,
    on_care_list,
    open_questions,
    rateable,
    rated_homes,
    roster,
    runs,
    search,
)
from courtyard.households.queries.seconds import countersigns, resets, resets_of, undecided_count, unfit_to_spend

__all__ = [
    "HandedOver",
    "RateableHome",
    "SheetHome",
    "actor_of_household",
    "by_short",
    "by_token",
    "cadre_and_evaluator_homes",
    "card_counts",
    "care_lines",
    "countersigns",
    "covenant_of",
    "covenants",
    "hand_over_sheet",
    "handed_over",
    "homes",
    "household_actor",
    "household_of_short",
    "household_of_token",
    "kin_of",
    "known_to",
    "live_card",
    "live_cards",
    "names_and_phones",
    "on_care_list",
    "open_questions",
    "preview_roster",
    "rateable",
    "rated_homes",
    "resets",
    "resets_of",
    "roster",
    "runs",
    "search",
    "undecided_count",
    "unfit_to_spend",
    "villages_on_the_desk",
]
