"""What others may read of points."""

from courtyard.points.queries.awards import (
    debts_of,
    earned_this_year,
    waiting_awards,
    waiting_in,
    waiting_in_each,
    waiting_of,
    with_waiting,
)
from courtyard.points.queries.standing import Balance, Line, Statement, WaitingLine, balance, balances, statement
from courtyard.points.queries.village import (
    BudgetStanding,
    VillageStatement,
    budget,
    village_statement,
)

__all__ = [
    "Balance",
    "BudgetStanding",
    "Line",
    "Statement",
    "VillageStatement",
    "WaitingLine",
    "balance",
    "balances",
    "budget",
    "debts_of",
    "earned_this_year",
    "statement",
    "village_statement",
    "waiting_awards",
    "waiting_in",
    "waiting_in_each",
    "with_waiting",
    "waiting_of",
]
