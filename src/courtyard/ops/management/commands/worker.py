"""courtyard worker: carries out what was put off; `serve` starts one and keeps it alive."""

from __future__ import annotations

import os
from typing import Any

from courtyard.ops.operation import Operation
from courtyard.ops.serving.tie import PARENT, tie_to_parent
from courtyard.ops.serving.work import work_until_told


class Command(Operation):
    help = "后台:办推后的事和每天的事(courtyard serve 会自己起一个,一般不用单独运行)。"

    def run(self, options: dict[str, Any]) -> None:
        if PARENT in os.environ:
            tie_to_parent()
        work_until_told()
