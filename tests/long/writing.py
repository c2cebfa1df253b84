"""A process that writes until it is killed: `python -m tests.long.writing SEED`; every line it prints was acknowledged.

A line is `kind command id`, printed and flushed only after the action's answer: what is printed must be there.
"""

from __future__ import annotations

import os
import random
import sys
from uuid import UUID


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtyard.project.settings")
    django.setup()
    from django.utils import timezone

    from courtyard.households.actions import add_household
    from courtyard.kernel.ids import uuid7
    from courtyard.kernel.problems import Refused
    from courtyard.people.actions import open_terminal
    from courtyard.places.models import Place
    from courtyard.points.actions import fund_budget
    from courtyard.records.gate import Busy

    chance = random.Random(sys.argv[1])
    by = open_terminal(county_name="某县", at=timezone.now())
    groups = list(Place.objects.filter(kind="group").select_related("village", "town"))
    while True:
        at, command, group = timezone.now(), uuid7(), chance.choice(groups)
        try:
            if chance.random() < 0.5:
                code = f"{chance.randrange(10**9):09d}"
                made: UUID = add_household(
                    group=group, code=code, head="王建国", people=3, by=by, at=at, command=command
                ).pk
                print("household", command, made, flush=True)
            else:
                made = fund_budget(village=group.village, points=7, document="1号", by=by, at=at, command=command)
                print("budget", command, made, flush=True)
        except (Refused, Busy) as refused:
            print("refused", command, type(refused).__name__, flush=True)


if __name__ == "__main__":
    main()
