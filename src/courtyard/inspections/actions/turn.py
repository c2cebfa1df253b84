"""The village's turn: acts on rounds and lists of one village go one after the other.

Every act of this room and the room above takes it first, then rows of its own; the journal's number and points'
counters follow in the one order of docs/decisions/0006. So no two acts ever wait for each other in a ring. SQLite has
one writer anyway; compare and swap stands guard on both.
"""

from __future__ import annotations

from courtyard.inspections.models import Round
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.kernel.problems import refuse
from courtyard.places.models import Place
from courtyard.records.journal import Pen


def village_turn(pen: Pen) -> None:
    """Wait until no other act on this village's rounds and lists is under way; what is read from now on is fresh."""
    held = Place.objects.select_for_update(no_key=True).filter(pk=pen.chain).order_by()
    if not held.values_list("pk", flat=True):
        raise LookupError("an act on a village that does not stand")


def months_round(opened: Round) -> None:
    """Refuse a round of re-visits (inspections.not_the_months_round): panels, typed sheets, results and the close belong
    to the month's own round."""
    if opened.kind not in REGULAR:
        refuse("inspections.not_the_months_round", kind=opened.get_kind_display())
