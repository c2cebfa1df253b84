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
from courtyard.households.queries.desk import villages_on_the_desk
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

__all__ = [
    "RateableHome",
    "actor_of_household",
    "by_short",
    "by_token",
    "card_counts",
    "cadre_and_evaluator_homes",
    "care_lines",
    "homes",
    "household_actor",
    "household_of_short",
    "household_of_token",
    "kin_of",
    "live_card",
    "live_cards",
    "names_and_phones",
    "on_care_list",
    "open_questions",
    "preview_roster",
    "rateable",
    "rated_homes",
    "roster",
    "runs",
    "search",
    "villages_on_the_desk",
]
