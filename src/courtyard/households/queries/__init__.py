"""Reading the register."""

from courtyard.households.queries.cards import (
    by_short,
    by_token,
    card_counts,
    card_told,
    has_pin,
    household_actor,
    household_of_session,
    live_card,
    live_cards,
)
from courtyard.households.queries.choices import covenant_of, covenants, known_to
from courtyard.households.queries.desk import villages_on_the_desk
from courtyard.households.queries.handing import HandedOver, SheetHome, hand_over_sheet, handed_over
from courtyard.households.queries.phones import names_and_phones
from courtyard.households.queries.preview import preview_roster
from courtyard.households.queries.register import (
    care_lines,
    home_numbered,
    homes,
    kin_lines,
    kin_of,
    on_care_list,
    open_questions,
    rated_homes,
    rated_in,
    roster,
    runs,
    search,
)
from courtyard.households.queries.seconds import (
    countersigns,
    made_by_hand,
    made_in_villages,
    resets,
    resets_of,
    resets_told,
    undecided,
    unfit_to_spend,
)

__all__ = [
    "HandedOver",
    "SheetHome",
    "by_short",
    "by_token",
    "card_counts",
    "card_told",
    "care_lines",
    "countersigns",
    "covenant_of",
    "covenants",
    "hand_over_sheet",
    "handed_over",
    "has_pin",
    "home_numbered",
    "homes",
    "household_actor",
    "household_of_session",
    "kin_lines",
    "kin_of",
    "known_to",
    "live_card",
    "live_cards",
    "made_by_hand",
    "made_in_villages",
    "names_and_phones",
    "on_care_list",
    "open_questions",
    "preview_roster",
    "rated_homes",
    "rated_in",
    "resets",
    "resets_of",
    "resets_told",
    "roster",
    "runs",
    "search",
    "undecided",
    "unfit_to_spend",
    "villages_on_the_desk",
]
