"""courtyard make_keys: the secrets of this installation, made once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from courtyard.ops.operation import Operation
from courtyard.records.keys import make_keys


class Command(Operation):
    help = "生成这台服务器的密钥文件 var/keys.toml(已有就不动)。请另外保存一份,备份里没有它。"
    ground = False

    def run(self, options: dict[str, Any]) -> None:
        there = (Path(settings.VAR) / "keys.toml").exists()
        path = make_keys(Path(settings.VAR))
        self.stdout.write(f"{'密钥早就有了,没有动' if there else '密钥生成好了'}:{path}。请另外保存一份。")
