"""One benchmark on one database in a process of its own: `python -m benchmarks.child NAME OUT [--quick] [--homes N]`.

The runner names the database by DATABASE_URL and the folder by COURTYARD_VAR; the figures are written to OUT as JSON.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Wanted:
    """How much is asked for: the runs counted after a warm-up, and homes where a size can be chosen."""

    quick: bool
    homes: int

    @property
    def runs(self) -> int:
        return 2 if self.quick else 5

    def size(self, usual: int, quick: int) -> int:
        """A size: the usual one, or the quick one."""
        return quick if self.quick else usual


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("out", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--homes", type=int, default=0)
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "courtyard.project.settings"
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    if settings.DEBUG:
        raise SystemExit("a benchmark with DEBUG on measures nothing")
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0)
    figures = importlib.import_module(f"benchmarks.{given.name}").bench(Wanted(given.quick, given.homes))
    given.out.write_text(json.dumps([figure.plain() for figure in figures], ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
