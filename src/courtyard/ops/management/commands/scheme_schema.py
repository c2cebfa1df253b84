"""courtyard scheme_schema: the JSON Schema of a scheme document, for editors and for programs that write schemes."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from courtyard.ops.operation import Operation
from courtyard.ops.printing import must_end, put
from courtyard.rating.rules.schema import schema


class Command(Operation):
    help = "输出积分办法的 JSON Schema(2020-12),给编辑器和别的程序用。"
    ground = False

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", metavar="FILE.json", type=Path, help="写到文件;不写就输出到屏幕")

    def run(self, options: dict[str, Any]) -> None:
        text = json.dumps(schema(), ensure_ascii=False, indent=1)
        if out := options["out"]:
            must_end(out, ".json")
            put(out, f"{text}\n".encode())
        else:
            self.stdout.write(text)
