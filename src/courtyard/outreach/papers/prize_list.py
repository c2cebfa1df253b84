"""发奖签收表: the prizes of a village's round, one row a home and prize, with room for the signature of who takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.frame import Frame, frame_facts

ROWS_A_PAGE = 15


@dataclass(frozen=True)
class PrizeRow:
    """One prize: whose, what its clause calls it, its money in yuan ('' where it is a thing), what is settled already."""

    head: str
    group: str
    code: str
    prize: str
    yuan: str = ""
    said: str = ""


@dataclass(frozen=True)
class PrizeList:
    """The list of one round: `month` in prose, the money of all rows together in yuan."""

    frame: Frame
    month: str
    scheme: str
    total: str
    rows: tuple[PrizeRow, ...]


def facts(thing: PrizeList, medium: str) -> dict[str, Any] | Problem:
    """What `prize_list.typ` lays out: the rows cut into pages. Problems: `outreach.no_homes`."""
    if not thing.rows:
        return Problem("outreach.no_homes")
    rows = [
        {"n": n, "head": row.head, "group": row.group, "code": row.code, "prize": row.prize, "yuan": row.yuan,
         "said": row.said}
        for n, row in enumerate(thing.rows, 1)
    ]  # fmt: skip
    return {
        "frame": frame_facts(thing.frame),
        "month": thing.month,
        "scheme": thing.scheme,
        "total": thing.total,
        "count": len(rows),
        "waiting": sum(not row["said"] for row in rows),
        "pages": [rows[start : start + ROWS_A_PAGE] for start in range(0, len(rows), ROWS_A_PAGE)],
    }


PAPER = Paper("prize_list", "发奖签收表", facts)
