"""courtyard lapse --place PATH [--day DAY]: book the ends of days: what of the points lapsed, what resets took."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import CommandError

from courtyard.inspections.actions.evenings import end_days_of
from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say as sentence
from courtyard.ops.operation import Operation
from courtyard.ops.progress import progress
from courtyard.places.queries import by_path, full_name, places
from courtyard.places.rules import PlaceKind


class Command(Operation):
    help = "把过完的日子的到期和清零记上账(每天半夜会自己办;这里可以补办)。一个村一个村地办,办过的不再办。"
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", metavar="PATH", default="", help="哪里的(村、镇;不写是全县)")
        parser.add_argument("--day", metavar="YYYY-MM-DD", help="办到哪一天为止(不写是昨天)")

    def run(self, options: dict[str, Any]) -> None:
        villages = places([by_path(options["place"]).path], PlaceKind.VILLAGE.value)
        with progress() as step:
            rows = end_days_of(
                villages=villages, by=options["by"], at=options["at"], through=_day(options["day"]),
                progress=lambda done, total: step("正在记到期和清零", done, total),
            )  # fmt: skip
        for village, done in rows:
            if not isinstance(done, Problem):
                self.stdout.write(
                    f"{full_name(village)}:到期 {done.lapsed} 分,清零 {done.reset} 分,一共 {done.homes} 户。"
                )
        if not rows:
            self.stdout.write("没有到期的,也没有到清零日的。")
        failed = [(village, done) for village, done in rows if isinstance(done, Problem)]
        if failed:
            village, problem = failed[0]
            raise CommandError(f"有 {len(failed)} 个村没有记成,第一个是{village.name}:{sentence(problem)}")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"「{text}」不是日期。请写成 2027-01-10。") from None
