"""courtyard check_scheme FILE: whether a scheme document is sound; exit 1 where it is not. Nothing is kept."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from courtyard.ops.operation import Operation
from courtyard.ops.scheme_files import check_file, faults, row, sound_document, told
from courtyard.rating.rules.carrying import uncarried
from courtyard.rating.rules.documents import canonical, fingerprint
from courtyard.rating.rules.frames import outside_frame
from courtyard.rating.rules.parsing import Check
from courtyard.rating.rules.questions import questions


class Command(Operation):
    help = "核对一份积分办法(TOML,或以 .json 结尾的):写法、各条对不对得上、有没有不许写的。只看不存;有错就以 1 退出。"
    ground = False

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="积分办法的文件")
        parser.add_argument(
            "--within", metavar="TOWN_FILE", type=Path, help="镇里的办法;看村里这一份有没有超出镇里给的余地(frame)"
        )
        parser.add_argument(
            "--json", action="store_true",
            help="只输出 JSON:{ok, problems: [{code, clause, line, why}], warnings: […], "
            "questions: [{code, text, answered, answer, clause, write}], not_carried: […]}",
        )  # fmt: skip

    def run(self, options: dict[str, Any]) -> None:
        found = self._within(check_file(options["file"]), options["within"])
        if options["json"]:
            one = found.document
            self.answer(
                {
                    "ok": one is not None,
                    "problems": [row(problem) for problem in found.problems],
                    "warnings": [row(problem) for problem in found.warnings],
                    "questions": [asdict(question) for question in questions(one)] if one else [],
                    "not_carried": [row(problem) for problem in uncarried(one)] if one else [],
                }
            )
        else:
            self._tell(found)
        if found.document is None:
            raise CommandError(f"有 {len(found.problems)} 处要改(打 ✗ 的),改好以后再核对一遍。")

    def _within(self, found: Check, town: Path | None) -> Check:
        """The same, with every clause by which it leaves the town's frame."""
        if town is None or found.document is None:
            return found
        outside = outside_frame(sound_document(town), found.document)
        return Check(None, tuple(outside), found.warnings) if outside else found

    def _tell(self, found: Check) -> None:
        for line in faults(found.problems):
            self.stdout.write(line)
        for warning in found.warnings:
            self.stdout.write(f"· {told(warning)}")
        if found.document is not None:
            one = found.document
            for question in questions(one):
                answer = question.answer if question.answered else f"还没有说(写在 {question.clause})"
                self.stdout.write(f"  {question.text} {answer}")
            if left := uncarried(one):
                named = "、".join(f"{clause.facts['clause']}({clause.facts['what']})" for clause in left)
                self.stdout.write(
                    f"! 可以核对、试算,但每月的轮次和超市现在还不会照着办、因此不能起用的 {len(left)} 处:{named}。"
                )
            self.stdout.write(
                f"✓ 「{one.name}」({one.code},算法 {one.engine})没有错处,要留意的 {len(found.warnings)} 处。"
                f"指纹 {fingerprint(canonical(one))}"
            )
