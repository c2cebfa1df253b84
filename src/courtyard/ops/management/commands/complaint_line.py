"""courtyard complaint_line: the telephone on every page and print of a place; it belongs to no duty in that village."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from courtyard.households.actions.lines import keep_complaint_line
from courtyard.ops.operation import Operation
from courtyard.places.queries import by_path, complaint_line


class Command(Operation):
    help = "设监督电话:镇的对全镇有效,村的只对本村;不能是本村干部的电话。"
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", metavar="PATH", required=True, help="哪里的(镇或村)")
        parser.add_argument("line", metavar="TELEPHONE", help="电话号码")

    def run(self, options: dict[str, Any]) -> None:
        place = by_path(options["place"])
        keep_complaint_line(place=place, line=options["line"], by=options["by"], at=options["at"])
        self.stdout.write(f"{place.name}的监督电话是 {complaint_line(place.path)}。")
