"""The household's page and the group's kept board, beside a view with the same middleware and one indexed query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from benchmarks import ground
from benchmarks.child import Wanted
from benchmarks.measuring import Figure, Timed, database, ratio, say, side_by_side, slower
from benchmarks.rounds import HOMES_A_VILLAGE, County
from courtyard.honours.actions import close_village
from courtyard.households.models import Card, Household
from courtyard.inspections.models import Round
from courtyard.kernel.days import instant

REQUESTS = 40


class Site:
    """A county whose villages have a closed round, and a household of the first that is logged in."""

    def __init__(self) -> None:
        self.county = County()
        self.rounds = self.grow(HOMES_A_VILLAGE)
        village = self.rounds[0].village
        self.home: Household = Household.objects.filter(village=village).select_related("group").order_by("code")[0]
        (self.card,) = ground.give_cards([self.home])
        self.inside, self.stranger = Client(), Client()
        session = self.inside.session
        session["household"], session["card"] = str(self.home.pk), str(self.card.pk)
        session.save()

    def grow(self, homes: int) -> list[Round]:
        rounds = self.county.marked(homes)
        for row in rounds:
            close_village(closing=row, by=self.county.world.terminal, at=instant(row.month.replace(day=20)))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return rounds

    @property
    def board(self) -> str:
        return f"/g/{self.home.group.path}"

    def ask(self, client: Client, path: str) -> Callable[[int], Callable[[], int]]:
        """So many requests of one page, each answered with 200 or nothing here means anything."""

        def work() -> int:
            for _ in range(REQUESTS):
                if client.get(path).status_code != 200:
                    raise RuntimeError(f"{path} is not answered")
            return REQUESTS

        return lambda n: work

    def measured(self, runs: int) -> dict[str, Timed]:
        return side_by_side(
            {
                "household": self.ask(self.inside, "/me"),
                "one home": self.ask(self.inside, "/bench/home"),
                "board": self.ask(self.stranger, self.board),
                "one place": self.ask(self.stranger, f"/bench/place?path={self.home.group.path}"),
            },
            runs,
        )

    def queries(self, client: Client, path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        return len(seen)


def bench(wanted: Wanted) -> list[Figure]:
    today = instant(ground.DAY) + timedelta(days=52)
    with override_settings(ROOT_URLCONF="benchmarks.urls"), time_machine.travel(today, tick=True):
        site = Site()
        Card.objects.get(pk=site.card.pk)
        say(f"{HOMES_A_VILLAGE} homes")
        small = site.measured(wanted.runs)
        figures = _small(site, small)
        say(f"{10 * HOMES_A_VILLAGE} homes")
        site.grow(9 * HOMES_A_VILLAGE)
        large = site.measured(wanted.runs)
    for name in ("household", "board"):
        what = f"the {name} page with ten times the homes, beside before"
        figures.append(slower("pages", what, large[name], small[name], at_most=1.3))
    return figures


def _small(site: Site, timed: dict[str, Timed]) -> list[Figure]:
    least = 0.15 if database() == "PostgreSQL" else 0.10
    queries = site.queries(site.inside, "/me")
    return [
        ratio("pages", "household page, not kept, beside one indexed query behind the same middleware",
              timed["household"], timed["one home"], at_least=least),
        Figure("pages", "queries of the household page", database(), queries, "queries", at_most=8),
        ratio("pages", "board page, kept, beside one indexed query behind the same middleware", timed["board"],
              timed["one place"], at_least=0.6),
    ]  # fmt: skip
