"""courtyard open_round: a month's round, or the one the calendar proposes, for a village or every village of a town."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from courtyard.inspections.actions import open_next, open_rounds
from courtyard.inspections.models import Round
from courtyard.kernel.sentences import say as sentence
from courtyard.kernel.weeks import name_of
from courtyard.ops.naming import month
from courtyard.ops.operation import Operation
from courtyard.ops.progress import progress
from courtyard.places.models import Place
from courtyard.places.queries import by_path, full_name


class Command(Operation):
    help = "开一个月的评比:一个村,或全镇各村(每个村各自办,有一个村开不成就以 1 退出)。"
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", metavar="PATH", required=True, help="哪里的(村或镇)")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--month", metavar="YYYY-MM", help="哪个月的;一周一评的写哪一周,如 2026-W47")
        which.add_argument("--next", action="store_true", help="日历上的下一轮:停评的月份跳过去,每个村各是各的月")
        parser.add_argument(
            "--skip-this-month", action="store_true", help="这个月还没有开、也不评了,直接开 --month 写的下个月"
        )
        parser.add_argument(
            "--json", action="store_true",
            help="只输出 JSON:{opened: [{round, village, path, month, kind}], refused: [{village, path, code, why}]}",
        )  # fmt: skip

    def run(self, options: dict[str, Any]) -> None:
        place = by_path(options["place"])
        if place.kind == "group":
            raise CommandError(f"「{place.name}」是组,评比按村来开。请写到村。")
        with progress() as step:
            who: Any = {"place": place, "by": options["by"], "at": options["at"]}
            who["progress"] = lambda done, total: step("正在开轮", done, total)
            opens = open_next if options["next"] else open_rounds
            by_hand = {} if options["next"] else {"month": month(options["month"]), "skips": options["skip_this_month"]}
            rows = opens(**who, **by_hand)
        opened = [(village, one) for village, one in rows if isinstance(one, Round)]
        refused = [(village, one) for village, one in rows if not isinstance(one, Round)]
        if options["json"]:
            self.answer({"opened": [_opened(*row) for row in opened], "refused": [_refused(*row) for row in refused]})
        else:
            for village, one in opened:
                self.stdout.write(f"{one.pk}  {name_of(one.month)}  {full_name(village)}  {one.get_kind_display()}")
        if not rows:
            raise CommandError(f"「{place.name}」下面还没有村。")
        if refused:
            village, problem = refused[0]
            raise CommandError(f"有 {len(refused)} 个村没有开成,第一个是{village.name}:{sentence(problem)}")


def _opened(village: Place, one: Round) -> dict[str, Any]:
    return {
        "round": str(one.pk), "village": full_name(village), "path": village.path, "month": f"{name_of(one.month)}",
        "kind": one.kind,
    }  # fmt: skip


def _refused(village: Place, problem: Any) -> dict[str, Any]:
    return {"village": full_name(village), "path": village.path, "code": problem.code, "why": sentence(problem)}
