"""courtyard backup FILE: database and files in one archive, taken while others work, proved before it has its name."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from courtyard.ops.backup.password import add_argument, password
from courtyard.ops.backup.taking import take
from courtyard.ops.operation import Operation
from courtyard.ops.progress import progress


class Command(Operation):
    help = "备份到一个文件(不含密钥):使用中也能备份;恢复到一旁核对无误后才算数。"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="备份文件")
        parser.add_argument("--keep-broken", action="store_true", help="核对不上也留下(查毛病时用)")
        add_argument(parser)

    def run(self, options: dict[str, Any]) -> None:
        secret = password(options, twice=True)
        with progress() as step:
            taken = take(
                options["file"], password=secret, at=timezone.now(), keep_broken=options["keep_broken"], step=step
            )
        self.stdout.write(
            f"备份好了:{taken.path}({taken.size:,} 字节,{taken.members} 个文件),恢复核对 {taken.checks} 项。"
            "密钥不在里面,请另外保存 keys.toml。"
        )
