"""courtyard doctor: what is wrong with this installation, in plain Chinese; exit 1 where anything is."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from courtyard.ops.doctor.findings import NOTE, WELL, WRONG
from courtyard.ops.doctor.looking import examine
from courtyard.ops.operation import Operation

MARKS = {WELL: "✓", NOTE: "·", WRONG: "✗"}


class Command(Operation):
    help = "看看这一套装得好不好:密钥、磁盘、钟、字体、数据库、触发器、备份、后台。只看不动;有毛病就以 1 退出。"
    ground = False

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="只输出 JSON:{ok, findings: [{name, level, says}]}")

    def run(self, options: dict[str, Any]) -> None:
        findings = list(examine(timezone.now()))
        wrong = [found for found in findings if found.level == WRONG]
        if options["json"]:
            self.answer({"ok": not wrong, "findings": [asdict(found) for found in findings]})
        else:
            for found in findings:
                self.stdout.write(f"{MARKS[found.level]} {found.says}")
        if wrong:
            raise CommandError(f"有 {len(wrong)} 处要处理(打 ✗ 的),先办第一处。")
