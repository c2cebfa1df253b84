"""Loads the tiny demonstration into the database of the environment, in a process of its own: `python -m tests.ops.loading`."""

from __future__ import annotations

import os
from datetime import date

TODAY = date(2026, 11, 24)


def cheap_passwords() -> None:
    """Argon2 with the least work: the tests load hundreds of accounts and guess none."""
    from courtyard.people.hashers import Argon2

    Argon2.time_cost, Argon2.memory_cost, Argon2.parallelism = 1, 8, 1


def load_tiny(*, seed: int = 1, today: date = TODAY) -> None:
    """Load the tiny town into the database Django is pointed at."""
    from courtyard.ops.demo.facts import TINY
    from courtyard.ops.demo.loading import load

    load(seed=seed, size="tiny", today=today, tell=lambda *_: None, sizes={"tiny": TINY})


def with_scan() -> None:
    """The scan of one resolution, of a paper nobody would take for real."""
    from courtyard.kernel.days import instant
    from courtyard.people.queries import actor_named
    from courtyard.rating.actions import attach_scan
    from courtyard.rating.models import Adoption
    from courtyard.records.files import keep
    from courtyard.records.reading import Paper
    from courtyard.records.rules import FileKind

    adoption = Adoption.objects.select_related("place").order_by("place__path")[0]
    scan = keep(Paper(b"%PDF-1.4 moved", FileKind.PDF, 1))
    attach_scan(adoption=adoption, scan=scan, by=actor_named("clerk", TODAY), at=instant(TODAY, 9))


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtyard.project.settings")
    django.setup()
    cheap_passwords()
    load_tiny(seed=int(os.environ.get("SEED", "1")))
    if os.environ.get("WITH_SCAN"):
        with_scan()


if __name__ == "__main__":
    main()
