"""A deed as a page tells it: what it was, what it counts and why, what was said of it and how that was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from courtyard.inspections.models import Deed, DeedChange
from courtyard.inspections.rules import deeds as rules
from courtyard.inspections.rules.amounts import said_amount
from courtyard.inspections.rules.deed_lines import count_line
from courtyard.inspections.rules.deeds import ChangeKind, ChangeState, DeedState, SaidPart
from courtyard.kernel.days import Deadline, Holidays
from courtyard.rating.queries import document_of


@dataclass(frozen=True)
class ChangeTold:
    """Something said of a deed, its words, how it was answered ('' where the words were erased, or none were said)."""

    row: DeedChange
    kind: ChangeKind
    state: ChangeState
    words: str
    answer: str


@dataclass(frozen=True)
class DeedTold:
    """A deed and what can be said of it now. `first`: from when on it may be confirmed, where it takes off."""

    row: Deed
    state: DeedState
    name: str
    amount: str
    evidence: str
    lines: Sequence[str]
    changes: Sequence[ChangeTold]
    takes: bool
    first: Deadline | None
    kinds: Sequence[ChangeKind]

    @property
    def may_object(self) -> bool:
        """Whether the household may say that it does not agree."""
        return ChangeKind.OBJECTION in self.kinds


def deed_told(row: Deed, holidays: Holidays) -> DeedTold:
    """A deed whose counts, changes and words were read with it (no query but for a version read the first time)."""
    document, state = document_of(row.version), DeedState(row.state)
    rule = document.deed(row.item)
    changes = [_change(one) for one in sorted(row.changes.all(), key=lambda one: (one.asked, one.pk))]
    first = rules.confirmed_from(document, row.told, holidays) if row.told and state is DeedState.PROPOSED else None
    counts = sorted(row.counts.all(), key=lambda one: one.pk)
    lines = [
        count_line(document, one.ledger, one.milli, one.cut_milli, one.cut_by, one.why, one.until)
        for one in counts
        if state is DeedState.CONFIRMED
    ]
    return DeedTold(
        row, state, rule.name if rule else row.item, said_amount(rule, row.amount_milli, row.thing),
        row.words.text if hasattr(row, "words") else "", lines, changes, rules.takes(rule), first,
        _kinds(state, rules.gives_back(document, rule), rules.takes(rule), changes),
    )  # fmt: skip


def _change(row: DeedChange) -> ChangeTold:
    said = {one.part: one.text for one in row.said.all()}
    words, answer = said.get(SaidPart.ASKED.value, ""), said.get(SaidPart.ANSWERED.value, "")
    return ChangeTold(row, ChangeKind(row.kind), ChangeState(row.state), words, answer)


def _kinds(state: DeedState, mends: bool, takes: bool, changes: Sequence[ChangeTold]) -> list[ChangeKind]:
    """What may be said of it now: nothing that waits for its answer already, nothing that was done."""
    said = {one.kind for one in changes if one.state is ChangeState.ASKED}
    said |= {one.kind for one in changes if one.kind is ChangeKind.MENDED and one.state is ChangeState.GRANTED}
    found = []
    if state is DeedState.CONFIRMED:
        found = [ChangeKind.MENDED] * mends + [ChangeKind.MISTAKEN]
    if takes and state in (DeedState.CONFIRMED, DeedState.PROPOSED):
        found.append(ChangeKind.OBJECTION)
    return [kind for kind in found if kind not in said]
