"""Points posted 500 at a time and one at a time, beside the least work there is and the usual lock-and-save loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from benchmarks import ground, naive
from benchmarks.child import Wanted
from benchmarks.measuring import Figure, ratio, say, side_by_side
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.points.actions import parts
from courtyard.points.models import Account, Award
from courtyard.points.queries.awards import waiting_awards
from courtyard.points.rules.ledger import AwardDue
from courtyard.records.gate import writers_turn
from courtyard.records.journal import act
from courtyard.records.models import Chain
from courtyard.records.rules import canonical, digest, entry_hash, given_sha256

BATCH, LOOP, SINGLES = 500, 50, 200
DAY = day_of(ground.AT)


class Books:
    """A village with 500 homes, their accounts opened by a first payment, and a budget that never runs out."""

    def __init__(self) -> None:
        self.world = ground.world()
        (self.village,) = ground.new_villages(self.world, 1)
        self.homes = [home.pk for home in ground.fill(self.village, BATCH)]
        for _ in range(20):
            ground.fund(self.world, self.village)
        self.by = self.world.terminal
        self.granted(BATCH)
        self.pay()
        with self.act("bench.shop") as pen:
            parts.spend(pen, self.homes[0], 1, self.shop, uuid7(), DAY)
        found = dict(Account.objects.exclude(kind="fund").values_list("owner", "pk"))
        self.accounts: dict[UUID, int] = {owner: int(pk) for owner, pk in found.items()}
        self.budget = self.accounts[self.village.pk]

    shop = uuid7()

    def act(self, verb: str, **more: Any) -> Any:
        return act(verb, by=self.by, at=ground.AT, chain=self.village.pk, **more)

    def granted(self, count: int) -> None:
        """So many awards of one round that wait to be paid."""
        round = uuid7()
        with self.act("bench.grant") as pen:
            due = [AwardDue(home, round, "awards.good", 1000, DAY) for home in self.homes[:count]]
            parts.award(pen, self.village.pk, due)

    def pay(self) -> None:
        with self.act("bench.pay", subject=self.village.pk, command=uuid7(), given={"village": self.village.pk}) as pen:
            paid = parts.pay_waiting(pen, self.village.pk, DAY)
            pen.answer = {"points": paid.points}


def bench(wanted: Wanted) -> list[Figure]:
    books = Books()
    say("batches of 500")
    batch = side_by_side({"ours": _ours(books), "limit": _limit(books), "loop": _loop(books)}, wanted.runs)
    say("one at a time")
    single = side_by_side({"ours": _ours_single(books), "naive": _naive_single(books)}, wanted.runs)
    what = "points posted 500 a batch"
    return [
        ratio("postings", f"{what}, beside multi-row INSERT + UPDATE of the same rows", batch["ours"], batch["limit"],
              at_least=0.5),
        ratio("postings", f"{what}, beside one ORM transaction each, lock and save", batch["ours"], batch["loop"],
              note="its bar is against django-hordak, which is not installed"),
        ratio("postings", "points posted singly, beside lock and save of the same rows", single["ours"],
              single["naive"], at_least=2),
    ]  # fmt: skip


def _ours(books: Books) -> Callable[[int], Callable[[], int]]:
    def side(n: int) -> Callable[[], int]:
        books.granted(BATCH)

        def work() -> int:
            books.pay()
            return BATCH

        return work

    return side


def _limit(books: Books) -> Callable[[int], Callable[[], int]]:
    """The rows are ready before the clock starts; each table is written by one statement, one commit."""

    def side(n: int) -> Callable[[], int]:
        books.granted(BATCH)
        awards = waiting_awards(books.village.pk)
        head = Chain.objects.get(pk=books.village.pk)
        statements = _statements(books, awards, head)

        def work() -> int:
            with writers_turn(), transaction.atomic(), connection.cursor() as cursor:
                for sql, parameters in statements:
                    cursor.execute(sql, parameters)
            return len(awards)

        return work

    return side


def _id(value: UUID) -> Any:
    return value.hex if connection.vendor == "sqlite" else value


def _values(table: str, columns: str, rows: Sequence[Sequence[Any]]) -> tuple[str, list[Any]]:
    marks = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
    flat = [_id(value) if isinstance(value, UUID) else value for row in rows for value in row]
    return f"INSERT INTO {table} ({columns}) VALUES {', '.join([marks] * len(rows))}", flat


def _statements(books: Books, awards: Sequence[Award], head: Chain) -> list[tuple[str, list[Any]]]:
    entry, command, day = uuid7(), uuid7(), DAY.isoformat()
    postings = [
        (entry, n, books.budget, books.accounts[row.household], row.points, "award", row.round, row.id, day, day, entry)
        for n, row in enumerate(awards)
    ]
    accounts = [books.accounts[row.household] for row in awards]
    sealed, answer, total = digest([]), canonical({}), sum(row.points for row in awards)
    text = canonical([entry, books.village.pk, head.number + 1, "bench.limit", "", "", entry, ground.AT, answer, 501])
    hash = entry_hash(head.head, text, sealed)
    return [
        _values("records_receipt", "command, verb, given_sha256, entry",
                [(command, "bench.limit", given_sha256("bench.limit", {}), entry)]),
        ("UPDATE points_counter SET points = points - %s WHERE account_id = %s AND points - held >= %s",
         [total, books.budget, total]),
        (f"UPDATE points_counter SET points = points + %s WHERE account_id IN ({', '.join(map(str, accounts))})",
         [awards[0].points]),
        _values("points_posting",
                "command, n, debit_id, credit_id, points, cause, subject, award_id, day, booked, entry", postings),
        _values("records_entry",
                "id, chain_id, number, verb, subject, by_kind, by, at, rows, digest, answer, canonical, previous, hash",
                [(entry, books.village.pk, head.number + 1, "bench.limit", books.village.pk.hex, "operator", entry,
                  ground.AT.isoformat(sep=" "), 501, sealed, answer, text, head.head, hash)]),
        ("UPDATE records_chain SET number = number + 1, head = %s WHERE place = %s", [hash, _id(books.village.pk)]),
    ]  # fmt: skip


def _loop(books: Books) -> Callable[[int], Callable[[], int]]:
    def side(n: int) -> Callable[[], int]:
        books.granted(LOOP)
        awards = waiting_awards(books.village.pk)

        def work() -> int:
            for row in awards:
                naive.pay(books.village.pk, row, uuid7(), books.by)
            return len(awards)

        return work

    return side


def _ours_single(books: Books) -> Callable[[int], Callable[[], int]]:
    def work() -> int:
        for home in books.homes[:SINGLES]:
            subject = uuid7()
            with books.act("bench.spend", subject=subject, command=uuid7(), given={"subject": subject}) as pen:
                parts.spend(pen, home, 1, books.shop, subject, DAY)
                pen.answer = {"points": 1}
        return SINGLES

    return lambda n: work


def _naive_single(books: Books) -> Callable[[int], Callable[[], int]]:
    def work() -> int:
        for home in books.homes[SINGLES : 2 * SINGLES]:
            naive.spend(books.village.pk, home, books.shop, 1, uuid7(), books.by)
        return SINGLES

    return lambda n: work
