"""Writing down that a round is paid by one factor, and what it takes off each award."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from courtyard.points.models import Cut, Factor
from courtyard.points.rules.ledger import Payable
from courtyard.points.rules.shares import Share, share
from courtyard.records.journal import Pen


def cut_round(
    pen: Pen, village_id: UUID, round_id: UUID, left: int, waiting: Sequence[Payable]
) -> tuple[list[Payable], Share | None]:
    """What of these waiting awards is to be paid, once the round's factor, where it needs one, is written down."""
    own = [row for row in waiting if row.round == round_id.hex]
    needed = sum(row.points for row in own)
    factor = share(left, sum(row.points for row in waiting) - needed, needed)
    if factor is None:
        return list(waiting), None
    pen.grow(
        [
            Factor(
                round=round_id, village=village_id, budget=factor.budget, needed=factor.needed,
                day=date.fromisoformat(max(row.day for row in own)),
            )
        ]
    )  # fmt: skip
    cut_down(pen, ((UUID(hex=row.id), row.points, factor) for row in own))
    kept = [row._replace(points=factor.of(row.points)) if row.round == round_id.hex else row for row in waiting]
    return [row for row in kept if row.points], factor


def cut_down(pen: Pen, awards: Iterable[tuple[UUID, int, Share]]) -> None:
    """Write what a factor takes off each of these awards (id, points, factor), where it takes anything."""
    cuts = [Cut(award_id=id, points=factor.cut(points)) for id, points, factor in awards if factor.cut(points)]
    pen.grow(cuts)
