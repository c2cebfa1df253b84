"""courtyard rounds: every round with its id and how far it is."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from courtyard.inspections.queries.rounds import overview
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.kernel.weeks import name_of
from courtyard.ops.operation import Operation
from courtyard.places.queries import full_name


class Command(Operation):
    help = "列出各轮评比:编号、村、月份、进度。"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true",
            help="只输出 JSON:{rounds: [{round, village, path, month, kind, state, homes, marked, reviews}]}",
        )  # fmt: skip

        parser.add_argument("--all", action="store_true", help="复看、抽查、整改复查也列出来")

    def run(self, options: dict[str, Any]) -> None:
        rows = overview([""], revisits=options["all"])
        if options["json"]:
            self.answer({"rounds": [_row(row) for row in rows]})
            return
        for row in rows:
            one = row.round
            self.stdout.write(
                f"{one.pk}  {name_of(one.month)}  {full_name(one.village)}  {RoundKind(one.kind).label}"
                f"  {RoundState(one.state).label}  {row.marked}/{row.homes} 户有评分  待决定 {row.reviews}"
            )
        if not rows:
            self.stdout.write("还没有开过一轮。")


def _row(row: Any) -> dict[str, Any]:
    one = row.round
    return {
        "round": str(one.pk), "village": full_name(one.village), "path": one.village.path,
        "month": name_of(one.month), "kind": one.kind, "state": one.state,
        "homes": row.homes, "marked": row.marked, "reviews": row.reviews,
    }  # fmt: skip
