"""courtyard restore FILE: a backup put in place of nothing, after it was proved; the next life begins."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from courtyard.ops.backup.password import add_argument, password
from courtyard.ops.backup.restoring import restore
from courtyard.ops.ground import alone
from courtyard.ops.operation import Operation, instant
from courtyard.ops.progress import progress


class Command(Operation):
    help = "从备份恢复:先在一旁核对,再放进空的地方;坏的、改过的、密码不对的一律不用,原来的数据不动。"
    ground = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--by", default="", metavar="USER", help="以谁的名义办(备份里的登录名);不写就是本机操作终端"
        )
        parser.add_argument("--at", default="", metavar="TIME", help="算作什么时候办的;不写就是现在")
        self.arguments(parser)

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="备份文件")
        parser.add_argument("--replace", action="store_true", help="换掉现在的数据(旧的另存一旁)")
        add_argument(parser)

    def run(self, options: dict[str, Any]) -> None:
        source: Path = options["file"]
        if not source.is_file():
            raise CommandError(f"没有找到备份文件「{source}」。")
        secret = password(options, twice=False)
        at = instant(options["at"]) if options["at"] else timezone.now()
        with alone("serve", "courtyard serve 正在运行。请先停下它,再恢复。"), progress() as step:
            done = restore(source, password=secret, replace=options["replace"], by=options["by"], at=at, step=step)
        self.stdout.write(
            f"恢复好了,现在是第 {done.number} 世:手机下次联网会把最近 30 天的再传一遍,一条也不会丢、不会重。"
        )
        kept = [f"文件夹「{done.folder}」"] if done.folder else []
        kept += [f"数据库里的 schema「{done.schema}」"] if done.schema else []
        if kept and done.was_empty:
            self.stdout.write(f"恢复以前这里的空数据库另存在{'和'.join(kept)},没有用处,随时可以整个删掉。")
        elif kept:
            self.stdout.write(
                f"恢复以前的数据没有删,另存在{'和'.join(kept)}。里面有农户的信息,只留着以防万一:"
                "看过恢复的数据没有错、又另做过一次备份以后,就可以整个删掉,程序不再用它。"
            )
