"""Which month or week a round may be opened for, and which homes it visits (the order they are walked: `walks`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from courtyard.inspections.rules.states import RoundKind
from courtyard.kernel import weeks
from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import carries, round_is_full


def month_of(day: date) -> date:
    """The month a day lies in, as its first day."""
    return weeks.month_of(day)


def month_after(month: date) -> date:
    """The month that follows a month, the week that follows a week."""
    return weeks.after(month)


def last_day(month: date) -> date:
    """The last day of a round's month or week."""
    return weeks.last_day(month)


def day_counted(month: date, closed: date) -> date:
    """The day a round's points count for: the day it closes, at the latest the last day of its month (D4).

    A week's is always its last day, so that a week over the turn of a month or year counts where it ends, as the engine
    books it."""
    return last_day(month) if weeks.is_week(month) else min(closed, last_day(month))


def unfit_month(month: date, today: date, others: Iterable[date]) -> Problem | None:
    """Why a village cannot open a round for this month or week, or None; `others` are those it has rounds for."""
    known, facts = list(others), {"month": weeks.name_of(month)}
    if not weeks.is_period(month):
        return Problem("inspections.not_a_month", {"month": month.isoformat()})
    if month > weeks.after(weeks.now(month, today)):
        return Problem("inspections.week_too_far" if weeks.is_week(month) else "inspections.month_too_far", facts)
    if month in known:
        return Problem("inspections.round_stands", facts)
    if any(other > month for other in known):
        return Problem("inspections.later_month_stands", facts | {"later": weeks.name_of(max(known))})
    return None


def day_of_scheme(month: date, today: date) -> date:
    """The day whose scheme a round runs under: the day it is opened, moved into its month; of a week its first day, since
    a scheme takes effect with a month and a week that has begun is finished under the one it began under."""
    return weeks.first_day(month) if weeks.is_week(month) else min(max(today, month), last_day(month))


def held(document: SchemeDocument, month: date) -> bool:
    """Whether a scheme has rounds of this kind: by the week, or by months."""
    return (document.scope.period == "week") is weeks.is_week(month)


def unfit_period(document: SchemeDocument, month: date) -> Problem | None:
    """Why a scheme has no round of this kind, or None: it rates by the week and this is a month, or the other way round."""
    if held(document, month):
        return None
    code = "inspections.rated_by_month" if weeks.is_week(month) else "inspections.rated_by_week"
    return Problem(code, {"month": weeks.name_of(month)})


def kind_of(document: SchemeDocument, month: date) -> RoundKind:
    """Whether the scheme wants a full or a light round in this month, or the month in which this week begins."""
    return RoundKind.FULL if round_is_full(document, month.month) else RoundKind.LIGHT


def drawn(homes: Iterable[UUID], share_milli: int, seed: UUID) -> frozenset[UUID]:
    """A share (thousandths, rounded up) of these homes, drawn by the seed: unknown beforehand, the same again later."""
    ordered = sorted(homes, key=lambda home: hashlib.sha256(f"{seed}/{home}".encode()).digest())
    return frozenset(ordered[: drawn_count(len(ordered), share_milli)])


def is_carried(kind: RoundKind, document: SchemeDocument, last: str, left_out: int = 0) -> bool:
    """Whether a round of this kind leaves out a home last graded so, unless it is drawn; `left_out`: how many light
    rounds have left it out since it was last rated."""
    return kind is RoundKind.LIGHT and carries(document, last, left_out)


def covered(
    kind: RoundKind,
    document: SchemeDocument,
    homes: Sequence[UUID],
    last: Mapping[UUID, str],
    seed: UUID,
    left_out: Mapping[UUID, int] | None = None,
) -> frozenset[UUID]:
    """The homes a round visits: all in a full one; in a light one those whose grade carries no longer and a drawn share
    of the rest."""
    if kind is RoundKind.FULL:
        return frozenset(homes)
    out = left_out or {}
    carried = [home for home in homes if is_carried(kind, document, last.get(home, ""), out.get(home, 0))]
    return frozenset(homes).difference(carried) | drawn(carried, document.coverage.drawn_share_milli, seed)


def drawn_count(carried: int, share_milli: int) -> int:
    """How many of so many carried homes a light round draws: the share, rounded up."""
    return -(-carried * share_milli // 1000)
