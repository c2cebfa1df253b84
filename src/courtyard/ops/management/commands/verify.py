"""courtyard verify: prove the tables against each other; exit 1 where something does not agree."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError

from courtyard.ops.operation import Operation
from courtyard.ops.progress import progress
from courtyard.ops.verify.running import run_here


class Command(Operation):
    help = "核对全部账本:封印、触发器、记录与行、余额、库存、榜单。有一处不符就以 1 退出。"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="只输出 JSON:{ok, checks: [{name, ok, detail}]}")
        parser.add_argument(
            "--head", action="append", default=[], metavar="CHAIN:NUMBER:HASH", help="与纸上印的封印对照(可写多次)"
        )

    def run(self, options: dict[str, Any]) -> None:
        for head in options["head"]:
            if not re.fullmatch(r"[^:\s]*:\d+:[0-9A-Fa-f]+", head):
                raise CommandError(f"「{head}」不是封印。请照纸上写成 账本:第几条:指纹。")
        with progress() as step:
            checks = run_here(heads=tuple(options["head"]), step=step)
        bad = [check for check in checks if not check.ok]
        if options["json"]:
            self.answer({"ok": not bad, "checks": [asdict(check) for check in checks]})
        else:
            for check in checks:
                self.stdout.write(f"{'✓' if check.ok else '✗'} {check.name}:{check.detail}")
        if bad:
            raise CommandError(f"有 {len(bad)} 项对不上,第一处:{bad[0].detail}。请不要改动数据库,先留一份备份再查。")
