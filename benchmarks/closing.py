"""Closing rounds village by village, beside set SQL written by hand and beside an ORM loop; its growth and memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import connection, transaction

from benchmarks import closing_sql, naive
from benchmarks.child import Wanted
from benchmarks.measuring import Figure, Timed, database, ratio, say, side_by_side, slower
from benchmarks.rounds import FIRST, HOMES_A_VILLAGE, County, peak
from courtyard.honours.actions import close_village
from courtyard.honours.models import Listing, Step
from courtyard.inspections.models import Result, Round, Visit
from courtyard.inspections.queries.marks import engine_marks, of_visits
from courtyard.kernel.days import instant
from courtyard.kernel.ids import uuid7
from courtyard.points.models import Account, Award, Counter
from courtyard.rating.queries import document_of
from courtyard.rating.rules.engines import score
from courtyard.rating.rules.facts import Facts

AT = instant(FIRST.replace(day=20), 9)
LOOP = 40


class Closing:
    """The sides; `longest` is the longest single write transaction of ours (seconds)."""

    def __init__(self) -> None:
        self.county = County()
        self.longest = 0.0
        self.process = "{}"

    def close(self, rounds: Sequence[Round]) -> int:
        homes = 0
        for row in rounds:
            began = time.perf_counter()
            homes += close_village(closing=row, by=self.county.world.terminal, at=AT, command=uuid7()).rated
            self.longest = max(self.longest, time.perf_counter() - began)
        return homes

    def ours(self, homes: int) -> Callable[[int], Callable[[], int]]:
        def side(n: int) -> Callable[[], int]:
            rounds = self._ready(homes)
            return lambda: self.close(rounds)

        return side

    def sql(self, homes: int) -> Callable[[int], Callable[[], int]]:
        def side(n: int) -> Callable[[], int]:
            rounds = self._ready(homes)
            return lambda: closing_sql.close_all(rounds, AT, self.process)

        return side

    def _ready(self, homes: int) -> list[Round]:
        rounds = self.county.marked(homes)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return rounds

    def loop(self, n: int) -> Callable[[], int]:
        (opened,) = self.county.marked(HOMES_A_VILLAGE)
        visits = list(Visit.objects.filter(round=opened).select_related("household")[:LOOP])

        def work() -> int:
            for visit in visits:
                self._save(opened, visit)
            return len(visits)

        return work

    def _save(self, opened: Round, visit: Visit) -> None:
        """One home in one transaction: its marks read, scored, and each row saved."""
        entry, by = uuid7(), self.county.world.terminal
        with transaction.atomic():
            outcome = score(document_of(opened.version), Facts(engine_marks(of_visits([visit.pk]))[visit.pk]))
            rows = [
                Result.objects.create(
                    id=uuid7(), visit=visit, version=opened.version, grade=outcome.grade or "", run=1, day=naive.DAY,
                    score_milli=outcome.score_milli, breakdown=outcome.breakdown_text, entry=entry,
                )
            ]  # fmt: skip
            for n, one in enumerate(outcome.paying):
                award = Award.objects.create(
                    id=uuid7(), village=opened.village_id, household=visit.household_id, round=opened.pk,
                    clause=one.clause, points=one.points, day=naive.DAY, entry=entry,
                )  # fmt: skip
                self._pay(opened.village_id, visit.household_id, award, entry, n)
                rows.append(award)  # type: ignore[arg-type]
            for candidate in outcome.candidates:
                listing = Listing.objects.create(
                    id=uuid7(), kind=candidate.listing, household=visit.household, group_id=visit.group_id, round=opened,
                    village_id=opened.village_id, visit=visit, state="candidate", since=naive.DAY, reach="findings",
                    process=self.process,
                )  # fmt: skip
                Step.objects.create(
                    listing=listing, n=1, verb="propose", source="", target="candidate", day=naive.DAY, at=AT, by=by.id,
                    entry=entry,
                )  # fmt: skip
            naive.journal(opened.village_id, "bench.close", visit.pk, by, AT, rows, uuid7())

    def _pay(self, village: UUID, household: UUID, award: Award, entry: UUID, n: int) -> None:
        budget = naive.account("issuance", village)
        account, _ = Account.objects.get_or_create(kind="household", owner=household, ledger_id="points")
        naive.take(budget, award.points)
        Counter.objects.get_or_create(account=account)
        counter = Counter.objects.select_for_update().get(account=account)
        counter.points += award.points
        counter.save()
        naive.move(budget, account.pk, award.points, "award", award.round, entry, award=award)


def bench(wanted: Wanted) -> list[Figure]:
    closing = Closing()
    homes = wanted.size(2_000, 400)
    more = wanted.homes or wanted.size(20_000, 4_000)
    first = closing.county.marked(HOMES_A_VILLAGE)
    closing.close(first)
    closing.process = Listing.objects.values_list("process", flat=True)[0]
    say(f"{homes} homes a run")
    agree(closing)
    closing.longest = 0.0
    sides = {"ours": closing.ours(homes), "sql": closing.sql(homes), "loop": closing.loop}
    timed = side_by_side(sides, wanted.runs)
    figures = _small(timed)
    say(f"{more} homes once")
    return figures + _large(closing, timed["ours"], homes, more)


def agree(closing: Closing) -> None:
    """Both sides over the same marks give the same grades, points and entries, or nothing here means anything."""
    found = []
    for close in (closing.close, lambda rounds: closing_sql.close_all(rounds, AT, closing.process)):
        closing.county.chance.seed(11)
        rounds = closing.county.marked(HOMES_A_VILLAGE)
        close(rounds)
        found.append(closing_sql.told(Round.objects.filter(pk__in=[row.pk for row in rounds])))
    if found[0] != found[1]:
        raise RuntimeError(f"the two ways disagree: {found}")


def _small(timed: dict[str, Timed]) -> list[Figure]:
    most = 3 if database() == "PostgreSQL" else 4
    return [
        slower("closing", "round close, village by village, beside hand-written set SQL in one go", timed["ours"],
               timed["sql"], at_most=most),
        ratio("closing", "round close beside an ORM loop, one transaction a home", timed["ours"], timed["loop"]),
    ]  # fmt: skip


def _large(closing: Closing, small: Timed, homes: int, more: int) -> list[Figure]:
    """The close of ten times the homes (or as many as were asked for): growth, memory, longest transaction."""
    few = closing.county.marked(homes)
    low = peak(reset=True)
    closing.close(few)
    low = peak()
    many = closing.county.marked(more)
    peak(reset=True)
    began = time.perf_counter()
    done = closing.close(many)
    large = Timed("large", done, time.perf_counter() - began, None)
    at_once = slower(
        "closing", f"round close of {more:,} homes, time a home beside {homes:,}", large, small, at_most=1.3
    )
    mark = {"name": "closing", "database": database()}
    return [
        at_once,
        Figure(what=f"longest write transaction of a close ({HOMES_A_VILLAGE} homes a village)", value=closing.longest,
               unit="s", at_most=1.0, **mark),
        Figure(what=f"peak memory closing {more:,} homes beside {homes:,}", value=peak() / low, unit="×", at_most=1.2,
               note=f"{peak() / 1e6:.0f} MB", **mark),
    ]  # fmt: skip
