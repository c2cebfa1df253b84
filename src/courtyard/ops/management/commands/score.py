"""courtyard score FILE CASES.toml: a scheme's worked answers, run without a database; exit 1 where one does not hold."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.ops.operation import Operation
from courtyard.ops.scheme_files import sound_document
from courtyard.rating.rules.cases import Judged, Verdict, judge
from courtyard.rating.rules.documents import as_data
from courtyard.rating.rules.loading import BYTES_MOST


class Command(Operation):
    help = "拿一份例子(CASES.toml)核对一份积分办法:每个例子算出来的和写的是不是一样。不用数据库;有不一样就以 1 退出。"
    ground = False

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="积分办法的文件")
        parser.add_argument("cases", metavar="CASES", type=Path, help="例子文件(TOML)")
        parser.add_argument(
            "--json", action="store_true",
            help="只输出 JSON:{ok, cases: [{name, ok, fault, differences: [{what, expected, found}]}]}",
        )  # fmt: skip

    def run(self, options: dict[str, Any]) -> None:
        document, cases = sound_document(options["file"]), options["cases"]
        if not cases.is_file():
            raise CommandError(f"没有找到例子文件「{cases}」。")
        if cases.stat().st_size > BYTES_MOST:
            most = {"most": BYTES_MOST, "found": cases.stat().st_size}
            raise CommandError(say(Problem("rating.document_too_large", most)))
        found = judge(as_data(document), cases.read_bytes().decode("utf-8", errors="replace"))
        if options["json"]:
            self.answer(_told(found))
        elif found.problem is None:
            self._tell(found)
        if found.problem is not None:
            raise CommandError(say(found.problem))
        if not found.ok:
            raise CommandError(f"{sum(not one.ok for one in found.verdicts)} 个例子不对(打 ✗ 的)。")

    def _tell(self, found: Judged) -> None:
        for one in found.verdicts:
            self.stdout.write(f"{'✓' if one.ok else '✗'} {one.name}")
            if one.fault:
                self.stdout.write(f"    读不了:{_fault(one)}")
            for row in one.differences:
                self.stdout.write(f"    {row.what}:写的是 {row.expected},算出来是 {row.found}")
        self.stdout.write(f"共 {len(found.verdicts)} 个例子,对的 {sum(one.ok for one in found.verdicts)} 个。")


def _told(found: Judged) -> dict[str, Any]:
    if found.problem is not None:
        return {"ok": False, "cases": [], "problem": say(found.problem)}
    return {"ok": found.ok, "cases": [_row(one) for one in found.verdicts]}


def _row(one: Verdict) -> dict[str, Any]:
    differences = [{"what": row.what, "expected": row.expected, "found": row.found} for row in one.differences]
    return {"name": one.name, "ok": one.ok, "fault": _fault(one), "differences": differences}


def _fault(one: Verdict) -> str:
    """Why a case could not be run, in words."""
    return f"办法照 change、remove 改了以后不对:{say(one.problem)}" if one.problem is not None else one.fault
