"""courtyard replay --round ID: a closed round scored again; exit 1 where it does not come out as it was kept."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from courtyard.inspections.models import Round
from courtyard.inspections.queries.replaying import Line, Replay, replay
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.kernel.weeks import name_of
from courtyard.ops.naming import any_round
from courtyard.ops.operation import Operation
from courtyard.ops.scheme_files import sound_document
from courtyard.places.queries import full_name
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.facts import Outcome

SHOWN = 40


class Command(Operation):
    help = (
        "把一个已关账的轮次从评分重算一遍:按它自己的办法应当一字不差(不同就以 1 退出);加 --scheme 看换一个办法谁会变。"
    )

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--round", metavar="ID", required=True, help="轮次编号(courtyard rounds --all)")
        parser.add_argument("--scheme", metavar="FILE", type=Path, help="另一个积分办法的文件;不写就按本轮自己的办法")
        parser.add_argument(
            "--json", action="store_true",
            help="只输出 JSON:{round, scheme, homes, identical, corrected, erased, differences: [{group, code, before, after}]}",
        )  # fmt: skip

    def run(self, options: dict[str, Any]) -> None:
        closed = any_round(options["round"])
        if closed.state != RoundState.CLOSED.value:
            raise CommandError("这一轮还没有关账,没有结果可以重算。请先关账(courtyard close_round)。")
        other = sound_document(options["scheme"]) if options["scheme"] else None
        found = replay(closed, other)
        if not found.lines:
            kind = RoundKind(closed.kind).label
            raise CommandError(
                f"这一轮是「{kind}」,不按办法记结果,没有可以重算的。请写每月轮次的编号(courtyard rounds)。"
            )
        document = other or document_of(closed.version)
        if options["json"]:
            self.answer(_told(closed, document, found))
        else:
            self._tell(closed, document, found)
        if other is None and found.differing:
            raise CommandError(
                f"{len(found.differing)} 户重算的结果和留存的不同。请不要改动,把这一轮的编号告诉监督员核查。"
            )

    def _tell(self, closed: Round, document: SchemeDocument, found: Replay) -> None:
        self.stdout.write(
            f"{full_name(closed.village)} {name_of(closed.month)},按「{document.name}」重算 {len(found.lines)} 户。"
        )
        for line in found.differing[:SHOWN]:
            self.stdout.write(
                f"  {line.group} {line.code}:{_words(document, line.before)} → {_words(document, line.after)}"
            )
        if len(found.differing) > SHOWN:
            self.stdout.write(f"  另有 {len(found.differing) - SHOWN} 户没有列出;要全的请加 --json。")
        self.stdout.write(
            f"一样 {len(found.lines) - len(found.differing) - found.erased} 户,不同 {len(found.differing)} 户。"
        )
        if found.corrected:
            self.stdout.write(f"其中 {found.corrected} 户后来更正过:这里算的是关账时的结果,更正按异议的决定。")
        if found.erased:
            self.stdout.write(f"另有 {found.erased} 户看到的情况已按期删去,不能从头再算。")


def _told(closed: Round, document: SchemeDocument, found: Replay) -> dict[str, Any]:
    return {
        "round": str(closed.pk),
        "scheme": document.code,
        "homes": len(found.lines),
        "identical": len(found.lines) - len(found.differing) - found.erased,
        "corrected": found.corrected,
        "erased": found.erased,
        "differences": [_row(line) for line in found.differing],
    }


def _row(line: Line) -> dict[str, Any]:
    return {"group": line.group, "code": line.code, "before": _plain(line.before), "after": _plain(line.after)}


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {
        "grade": outcome.grade,
        "score": None if outcome.score_milli is None else decimal_text(outcome.score_milli),
        "points": outcome.points,
        "lists": [one.listing for one in outcome.candidates],
    }


def _words(document: SchemeDocument, outcome: Outcome) -> str:
    if outcome.grade is None or outcome.score_milli is None:
        return "没有评"
    names = {band.code: band.name for band in document.bands}
    return f"{names.get(outcome.grade, outcome.grade)} {decimal_text(outcome.score_milli)} 分、积分 {outcome.points}"
