"""What may be done with points. Parts for other rooms' actions are in `parts`."""

from courtyard.points.actions.adjustments import confirm_adjustment, decline_adjustment, propose_adjustment
from courtyard.points.actions.budgets import fund_budget, pay_village
from courtyard.points.actions.lapsing import lapse

__all__ = ["confirm_adjustment", "decline_adjustment", "fund_budget", "lapse", "pay_village", "propose_adjustment"]
