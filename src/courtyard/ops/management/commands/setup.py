"""courtyard setup: the database made or brought up to this code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from courtyard.ops.ground import migrate
from courtyard.ops.operation import Operation
from courtyard.ops.progress import progress
from courtyard.records.keys import make_keys


class Command(Operation):
    help = "建立数据库,或把它升到这一版程序。升级前请先 courtyard backup。"
    ground = False

    def run(self, options: dict[str, Any]) -> None:
        if settings.HTTPS and not (Path(settings.VAR) / "keys.toml").exists():
            raise CommandError("没有密钥文件。请先运行 courtyard make_keys。")
        make_keys(Path(settings.VAR))
        with progress() as step:
            migrate(step)
        self.stdout.write("数据库与程序一致了。")
