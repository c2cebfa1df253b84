"""From tables to the facts of the list of prizes. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from courtyard.honours.queries.prizes import PrizeLine
from courtyard.inspections.models import Round
from courtyard.kernel.money import yuan
from courtyard.kernel.weeks import prose
from courtyard.outreach.gathering import frame_of
from courtyard.outreach.papers.prize_list import PrizeList, PrizeRow
from courtyard.rating.queries import document_of


def prize_list_of(closed: Round, lines: Sequence[PrizeLine], day: date) -> PrizeList:
    """The list of a round's prizes that stand, in order of groups and codes."""
    total = sum(line.prize.amount_fen for line in lines)
    return PrizeList(
        frame=frame_of(closed.village, day),
        month=prose(closed.month),
        scheme=document_of(closed.version).name,
        total=yuan(total) if total else "",
        rows=tuple(_row(line) for line in lines),
    )


def _row(line: PrizeLine) -> PrizeRow:
    prize, given = line.prize, line.prize.given_on
    said = f"已领,{given.year}年{given.month}月{given.day}日" if given else ""
    return PrizeRow(prize.household.head, prize.group.name, prize.household.code, line.name, line.yuan, said)
