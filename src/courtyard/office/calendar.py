"""The card 「下一轮」: what the calendar proposes, place by place, as the page and its one button say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.inspections.models import EvaluationGroup
from courtyard.inspections.queries.calendar import Proposal, proposals
from courtyard.inspections.queries.calibration import groups_today
from courtyard.inspections.rules.calendar import Passed
from courtyard.inspections.rules.states import RoundKind
from courtyard.kernel.weeks import before
from courtyard.places.models import Place


@dataclass(frozen=True)
class Row:
    """A village's next round on the card, and its evaluation group."""

    proposal: Proposal
    group: EvaluationGroup | None
    today: date

    @property
    def light(self) -> bool:
        return self.proposal.following.kind is RoundKind.LIGHT

    @property
    def kind(self) -> str:
        return self.proposal.following.kind.label

    @property
    def carried_word(self) -> str:
        """The word of the grade that a light round leaves out."""
        document = self.proposal.following.document
        return document.band(document.coverage.carried_band).name if self.light else ""

    @property
    def early(self) -> date | None:
        """The month or week from which it can be opened, where that is still to come."""
        following = self.proposal.following
        return None if following.waits or following.ready(self.today) else before(following.month)

    @property
    def term_over(self) -> bool:
        """Whether the group's term ends before the round's days begin."""
        return self.group is not None and self.group.last < max(self.today, self.proposal.following.since)


@dataclass(frozen=True)
class Card:
    """What one confirmation opens: the villages below `place` whose next round is that month's; `rows` say each of them."""

    place: Place
    month: date
    rows: tuple[Row, ...]

    @property
    def one(self) -> Row | None:
        return self.rows[0] if len(self.rows) == 1 else None

    @property
    def able(self) -> tuple[Row, ...]:
        """The rows that can be opened now."""
        return tuple(row for row in self.rows if row.proposal.following.ready(row.today))

    @property
    def waiting(self) -> tuple[Row, ...]:
        """The rows whose earlier round is not closed yet."""
        return tuple(row for row in self.rows if row.proposal.following.waits)

    @property
    def passed(self) -> tuple[Passed, ...]:
        """The months passed over, each once."""
        return tuple(dict.fromkeys(one for row in self.rows for one in row.proposal.following.passed))

    @property
    def homes(self) -> int:
        return sum(row.proposal.homes for row in self.rows)

    @property
    def visited(self) -> int:
        return sum(row.proposal.visited for row in self.rows)


def cards(villages: Iterable[Place], today: date, tops: Mapping[UUID, Place]) -> list[Card]:
    """The cards of these villages, by month and then in order of places: one a village, or one for all villages of a
    town in `tops` (at most seven queries)."""
    found = proposals(villages, today)
    groups = groups_today([one.village.pk for one in found], today) if found else {}
    held: dict[tuple[date, UUID], list[Row]] = {}
    places: dict[UUID, Place] = {}
    for one in found:
        top = tops.get(one.village.town_id or one.village.pk, one.village)
        places[top.pk] = top
        at = groups.get(one.village.pk)
        held.setdefault((one.following.month, top.pk), []).append(Row(one, at.group if at else None, today))
    made = [Card(places[top], month, tuple(rows)) for (month, top), rows in held.items()]
    return sorted(made, key=lambda card: (card.month, card.place.path))


def without(villages: Sequence[Place], shown: Sequence[Card]) -> list[Place]:
    """The villages that have no next round: no scheme, no homes, or a scheme that always pauses."""
    listed = {row.proposal.village.pk for card in shown for row in card.rows}
    return [village for village in villages if village.pk not in listed]
