"""Points going from a home to a shop: what one statement looks up, checks and takes, and the posting that says so."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from courtyard.kernel.problems import refuse, refuse_if
from courtyard.points.actions.accounts import open_accounts
from courtyard.points.actions.booking import Move, postings
from courtyard.points.models import Posting
from courtyard.points.queries.sets import key
from courtyard.points.queries.standing import balance
from courtyard.points.rules.ledger import POINTS, unfit_points
from courtyard.points.rules.states import AccountKind, Cause
from courtyard.records.journal import Pen
from courtyard.records.sets import Answer, Statement

_ACCOUNT = "SELECT id FROM points_account WHERE owner = %s AND kind = %s AND ledger_id = %s"
_SPEND = f"""
UPDATE points_counter SET points = points - %s WHERE account_id = ({_ACCOUNT}) AND points - held >= %s
RETURNING account_id, ({_ACCOUNT})
"""  # noqa: S608  # fixed names


class Spending:
    """So many points to be taken from a household for a shop.

    `statement` takes them where they are free; whoever runs it holds the village's number (`Pen.around_number`) and
    hands its answer to `booked` in the same act. Refuses points.not_an_amount.
    """

    def __init__(self, household_id: UUID, points: int, shop_id: UUID) -> None:
        refuse_if(unfit_points(points))
        self._household, self._points, self._shop = household_id, points, shop_id
        home = [key(household_id), AccountKind.HOUSEHOLD.value, POINTS]
        shop = [key(shop_id), AccountKind.SHOP.value, POINTS]
        self.statement: Statement = (_SPEND, [points, *home, points, *shop])

    def booked(self, pen: Pen, answer: Answer, subject: UUID, day: date) -> list[Posting]:
        """The posting that is to grow with the act. Refuses points.not_enough with how many are missing."""
        if not answer.rows:
            refuse("points.not_enough", short=self._points - balance(self._household).free)
        [(home, shop)] = answer.rows
        if shop is None:  # its first sale
            shop = open_accounts(pen, AccountKind.SHOP, [self._shop])[self._shop]
        return postings(pen, [Move(home, shop, self._points, Cause.REDEMPTION, subject, day)])
