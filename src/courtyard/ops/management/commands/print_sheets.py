"""courtyard print_sheets: the paper score sheets of a round, one a rater and group, in walking order."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from courtyard.kernel.days import day_of
from courtyard.ops.naming import round_of
from courtyard.ops.operation import Operation
from courtyard.ops.printing import must_end, put
from courtyard.ops.progress import progress
from courtyard.outreach.gathering import score_sheets_of
from courtyard.outreach.papers import render


class Command(Operation):
    help = "印一轮的评分表:一人一组一份,按走的顺序。"
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--round", metavar="ID", required=True, help="轮次编号(courtyard rounds 里有)")
        parser.add_argument("--out", metavar="F.pdf", required=True, type=Path, help="写到哪个文件")

    def run(self, options: dict[str, Any]) -> None:
        must_end(options["out"], ".pdf")
        opened = round_of(options["round"], options["by"], "papers.print")
        with progress() as step:
            step("正在印评分表…")
            sheets = score_sheets_of(opened, day_of(options["at"]))
            printed = render("score_sheets", sheets)
        put(options["out"], printed.pdf)
        self.stdout.write(f"{len(sheets.sheets)} 份评分表,共 {printed.pages} 页,印在 {options['out']}。")
