"""Titles given and lost with rounds, checks and corrections: parts that take the pen of the act they follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from courtyard.honours.models import TitleHeld
from courtyard.honours.queries.titles import HELD, rows_of, taken_since
from courtyard.honours.rules.titles import TitleEnd, TitleState
from courtyard.inspections.actions.correcting import Corrected
from courtyard.inspections.models import Round
from courtyard.inspections.rules.outcomes import Rated
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.rating.queries import document_of
from courtyard.rating.rules.checks import asks_titles, given, held, taken
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import Outcome
from courtyard.rating.rules.losing import why_lost
from courtyard.records.journal import Pen


@dataclass(frozen=True)
class Turned:
    """How many titles an act gave and took."""

    given: int = 0
    lost: int = 0


def titles_after_close(pen: Pen, closing: Round, document: SchemeDocument, homes: Iterable[Rated]) -> Turned:
    """What a round's outcomes give and take, from the day of the close on (one read, a statement a kind of change)."""
    if not document.titles:
        return Turned()
    holding: dict[UUID, list[TitleHeld]] = defaultdict(list)
    for row in TitleHeld.objects.filter(village=closing.village_id, state=HELD):
        holding[row.household_id].append(row)
    new: list[TitleHeld] = []
    ends: list[tuple[TitleHeld, TitleEnd]] = []
    runs: dict[UUID, int] = {}
    for home in homes:
        if home.visit is None or home.outcome.grade is None:
            continue
        mine = holding.get(home.household, [])
        known, after = {row.title for row in mine}, dict(held(document, home.outcome))
        new += [_new(pen, closing, home.household, code) for code in given(document, home.outcome) if code not in known]
        for row in mine:
            if row.title in home.outcome.lost:
                ends.append((row, _why(document, row.title, home.outcome)))
            elif after.get(row.title, row.poor_rounds) != row.poor_rounds:
                runs[row.pk] = after[row.title]
    TitleHeld.objects.bulk_create(new, batch_size=500)
    _end(pen, ends, closing.pk)
    _count(runs)
    return Turned(len(new), len(ends))


def _new(pen: Pen, closed: Round, household: UUID, code: str) -> TitleHeld:
    row = TitleHeld(id=uuid7(), village_id=closed.village_id, household_id=household, title=code, since=day_of(pen.at))
    row.version_id, row.given_in_id = closed.version_id, closed.pk
    return row


def _end(pen: Pen, ends: Iterable[tuple[TitleHeld, TitleEnd]], round_id: UUID) -> None:
    """These titles are held no more, from today on; one that was never due is withdrawn."""
    alike: dict[TitleEnd, list[UUID]] = defaultdict(list)
    for row, why in ends:
        alike[why].append(row.pk)
    for why, ids in alike.items():
        state = TitleState.WITHDRAWN if why is TitleEnd.CORRECTED else TitleState.LOST
        rows = TitleHeld.objects.filter(pk__in=ids, state=HELD)
        rows.update(state=state.value, ended_on=day_of(pen.at), ended_by=why.value, ended_in=round_id)


def _count(runs: Mapping[UUID, int]) -> None:
    alike: dict[int, list[UUID]] = defaultdict(list)
    for pk, run in runs.items():
        alike[run].append(pk)
    for run, ids in alike.items():
        TitleHeld.objects.filter(pk__in=ids, state=HELD).update(poor_rounds=run)


@dataclass(frozen=True)
class _Link:
    """A closed round of the home in the chain that a correction made anew."""

    round: UUID
    document: SchemeDocument
    outcome: Outcome


def titles_follow(pen: Pen, corrected: Corrected) -> Turned:
    """What a home's results, put right, say of its titles: given that were not, back that were lost, gone that were never
    due. A title that a check took since the last of these rounds stays taken."""
    first = corrected.visit.round
    chain = [_Link(first.pk, corrected.document, corrected.outcome)]
    chain += [_Link(one.round, one.document, one.outcome) for one in corrected.later]
    codes = {title.code for one in chain for title in one.document.titles}
    if not codes:
        return Turned()
    home = corrected.visit.household_id
    rounds = Round.objects.in_bulk([one.round for one in chain])
    rows = [row for row in rows_of([home]) if row.title in codes]
    holding = {row.title: row for row in rows if row.state == HELD}
    now = _held_now(chain, rows)
    for code in taken_since(rounds[chain[-1].round], [home]).get(home, ()):
        now.pop(code, None)
    for code in sorted(holding.keys() - now.keys()):
        why, by = _why_gone(chain, code)
        _end(pen, [(holding[code], why)], by)
    _count({holding[code].pk: run for code, run in now.items() if code in holding})
    missing = sorted(now.keys() - holding.keys())
    for code in missing:
        _back(pen, chain, rounds, rows, home, code, now[code])
    return Turned(len(missing), len(holding.keys() - now.keys()))


def _held_now(chain: Sequence[_Link], rows: Sequence[TitleHeld]) -> dict[str, int]:
    """The titles held at the end of the chain, each with its run."""
    inside = {one.round for one in chain}
    now = {row.title: 0 for row in rows if row.state == HELD and row.given_in_id not in inside}
    for one in chain:
        before = dict(one.outcome.history.titles) if asks_titles(one.document) else now
        now = dict(held(one.document, one.outcome, tuple(before.items())))
    return now


def _why_gone(chain: Sequence[_Link], code: str) -> tuple[TitleEnd, UUID]:
    for one in reversed(chain):
        if code in one.outcome.lost:
            return _why(one.document, code, one.outcome), one.round
    return TitleEnd.CORRECTED, chain[0].round


def _why(document: SchemeDocument, code: str, outcome: Outcome) -> TitleEnd:
    run = dict(outcome.history.titles).get(code, 0)
    return TitleEnd(why_lost(document, code, outcome.grade, outcome.score_milli, run))


def _back(
    pen: Pen, chain: Sequence[_Link], rounds: Mapping[UUID, Round], rows: Sequence[TitleHeld], home: UUID, code: str,
    run: int,
) -> None:  # fmt: skip
    """A title the chain leaves with the home: the row that these rounds had ended stands again, else a new one."""
    ended = [row for row in rows if row.title == code and row.ended_in_id in rounds and row.ended_by != TitleEnd.CHECK]
    if ended:
        again = TitleHeld.objects.filter(pk=ended[-1].pk)
        again.update(state=HELD, ended_on=None, ended_by="", ended_in=None, removed_on=None, poor_rounds=run)
        return
    giving = [one.round for one in chain if code in given(one.document, one.outcome)] or [chain[0].round]
    row = _new(pen, rounds[giving[-1]], home, code)
    row.poor_rounds = run
    row.save(force_insert=True)


def titles_after_check(pen: Pen, spot: Round, scores: Mapping[UUID, int]) -> int:
    """A check of the level above saw these homes (household → score, thousandths): titles it fell short of are lost the
    same day, the others count as checked. How many were lost."""
    ends = []
    rows = TitleHeld.objects.filter(household__in=scores, state=HELD).select_related("version")
    for row in rows:
        if taken(document_of(row.version), [row.title], scores[row.household_id]):
            ends.append((row, TitleEnd.CHECK))
    rows.update(checked_on=day_of(pen.at))
    _end(pen, ends, spot.pk)
    return len(ends)
