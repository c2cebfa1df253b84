"""Engine 2: every primitive of the field's schemes, over months and years. Exact, no clock, no chance.

An engine that has ever scored is never edited; a change is a new engine with a new number.
"""

from courtyard.rating.rules.engine_2.rounds import Placed, late_clauses, late_prizes, ranked
from courtyard.rating.rules.engine_2.running import run
from courtyard.rating.rules.engine_2.visiting import NUMBER, after, again, carried, ranked_again, score
from courtyard.rating.rules.periods import period_of

__all__ = [
    "NUMBER", "Placed", "after", "again", "carried", "late_clauses", "late_prizes", "period_of", "ranked", "ranked_again", "run", "score"
]  # fmt: skip
