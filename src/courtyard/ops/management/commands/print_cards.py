"""courtyard print_cards: the cards of a place as A4 sheets with cut marks; who has none yet gets one."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courtyard.households.actions import issue_cards
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.ops.operation import Operation
from courtyard.ops.printing import must_end, numbered
from courtyard.ops.progress import Steps, progress
from courtyard.outreach.gathering import cards_of
from courtyard.outreach.papers import render
from courtyard.places.models import Place
from courtyard.places.queries import by_path, places


class Command(Operation):
    help = "印一个组、村或镇的卡(A4,带裁切线;还没有卡的户先发卡);超过 2000 张分成几个文件。"
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", metavar="PATH", required=True, help="哪里的(编号或名字:镇/村/组)")
        parser.add_argument("--out", metavar="F.pdf", required=True, type=Path, help="写到哪个文件")

    def run(self, options: dict[str, Any]) -> None:
        must_end(options["out"], ".pdf")
        place = by_path(options["place"])
        villages = [place] if place.village_id else list(places([place.path], "village"))
        with progress() as step:
            issued = 0
            for n, village in enumerate(villages):
                step("正在发卡", n, len(villages))
                issued += issue_cards(place=village, by=options["by"], at=options["at"])
            files = numbered(options["out"], self._printed(place, options, step))
        if not files:
            refuse("outreach.no_cards")
        self.stdout.write(f"新发 {issued} 张卡;印在 {'、'.join(map(str, files))}。")

    def _printed(self, place: Place, options: dict[str, Any], step: Steps) -> Iterator[bytes]:
        for n, cards in enumerate(cards_of(place, day_of(options["at"])), 1):
            step(f"正在印第 {n} 个文件({len(cards.cards)} 张)")
            yield render("cards", cards).pdf
