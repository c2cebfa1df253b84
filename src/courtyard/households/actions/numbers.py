"""Short numbers for new households: drawn, not counted, so that neighbours' numbers do not look alike."""

from __future__ import annotations

import struct
from uuid import UUID

from courtyard.households.models import Household
from courtyard.kernel.ids import random_bytes, short_number
from courtyard.kernel.problems import refuse
from courtyard.records.sets import among

FIRST, LAST = 10_000, 99_999
ROUNDS = 40


def new_short_numbers(town: UUID, count: int) -> list[str]:
    """`count` short numbers nobody in the town has had. Refuses households.short_numbers_used_up."""
    room = LAST - FIRST + 1
    drawn: dict[str, None] = {}
    known = Household.objects.filter(town=town).values_list("short", flat=True)
    for _ in range(ROUNDS):
        missing = count - len(drawn)
        if not missing:
            return list(drawn)
        numbers = struct.unpack(f">{missing}I", random_bytes(4 * missing))
        shorts = [short_number(FIRST + number % room) for number in numbers]
        taken = set(known.extra(**among("households_household.short", shorts)))
        drawn.update(dict.fromkeys(short for short in shorts if short not in taken))
    return _from_the_rest(town, count)


def _from_the_rest(town: UUID, count: int) -> list[str]:
    """Where nearly every number is taken, drawing finds none: take from those that are left."""
    taken = set(Household.objects.filter(town=town).values_list("short", flat=True))
    free = [short for number in range(FIRST, LAST + 1) if (short := short_number(number)) not in taken]
    if len(free) < count:
        refuse("households.short_numbers_used_up")
    step = int.from_bytes(random_bytes(4), "big")
    return [free[(step + n) % len(free)] for n in range(count)]
