"""courtyard close_round ID: results, awards, postings and candidates of a village's round; a town's one by one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from courtyard.honours.actions import close_town
from courtyard.honours.actions.closing import Close
from courtyard.honours.queries.closing import Preview, preview
from courtyard.inspections.models import Round
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.kernel.sentences import say as sentence
from courtyard.kernel.weeks import name_of
from courtyard.ops.naming import round_of
from courtyard.ops.operation import Operation
from courtyard.ops.progress import progress


class Command(Operation):
    help = "关账:算出等次、得分、红黑榜候选。可以写几个编号,一个村一个村地办;停下再运行,从没办的接着办。"
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", metavar="ID", nargs="+", help="轮次编号(courtyard rounds 里有)")

    def run(self, options: dict[str, Any]) -> None:
        rounds = [round_of(text, options["by"], "rounds.close") for text in options["id"]]
        if len(rounds) == 1 and rounds[0].state != "open":
            refuse("inspections.round_closed", month=name_of(rounds[0].month))
        self._before(rounds, options)
        with progress() as step:
            rows = close_town(
                closing=rounds, by=options["by"], at=options["at"],
                progress=lambda done, total: step("正在关账", done, total),
            )  # fmt: skip
        failed = []
        for one, done in rows:
            if isinstance(done, Close):
                self.stdout.write(
                    f"{one.village.name} {name_of(one.month)}:评了 {done.rated} 户,得分 {done.granted},已发 {done.paid},"
                    f"待发 {done.waiting};红榜候选 {done.red} 户,黑榜候选 {done.black} 户,下榜 {done.taken_off} 户。"
                )
                if done.cut:
                    self.stdout.write(
                        f"{one.village.name}:预算不够,每笔按 {done.budget}/{done.needed} 发,少发的不再补。"
                    )
            else:
                failed.append(f"{one.village.name}:{sentence(done)}")
        if failed:
            raise CommandError(f"有 {len(failed)} 个村没有关成,第一个是{failed[0]}")

    def _before(self, rounds: list[Round], options: dict[str, Any]) -> None:
        """What is needed beside what the budget has, said before anything is booked."""
        for one in rounds:
            would = preview(one, day_of(options["at"])) if one.state == RoundState.OPEN.value else None
            if isinstance(would, Preview):
                self.stdout.write(
                    f"{one.village.name} {name_of(one.month)} 关账前:要发 {would.granted},以前待发 {would.before},预算还有"
                    f" {would.left},{f'还差 {would.short}' if would.short else '够'};没有评 {would.unrated} 户。"
                )
