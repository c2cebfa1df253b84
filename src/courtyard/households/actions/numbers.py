"""Short numbers for new households: drawn, not counted, so that neighbours' numbers do not look alike."""

from __future__ import annotations

from uuid import UUID

from courtyard.households.models import Household
from courtyard.kernel.ids import random_bytes, short_number
from courtyard.kernel.problems import refuse

FIRST, LAST = 10_000, 99_999


def new_short_numbers(town: UUID, count: int) -> list[str]:
    """`count` short numbers nobody in the town has had. Refuses households.short_numbers_used_up."""
    shorts = Household.objects.filter(town=town).values_list("short", flat=True)
    taken = {number for short in shorts if FIRST <= (number := int(short[:5])) <= LAST}
    room = LAST - FIRST + 1
    if len(taken) + count > room:
        refuse("households.short_numbers_used_up")
    if (len(taken) + count) * 10 > room * 9:
        free = [number for number in range(FIRST, LAST + 1) if number not in taken]
        step = int.from_bytes(random_bytes(4), "big")
        return [short_number(free[(step + n) % len(free)]) for n in range(count)]
    drawn: list[str] = []
    while len(drawn) < count:
        number = FIRST + int.from_bytes(random_bytes(4), "big") % room
        if number not in taken:
            taken.add(number)
            drawn.append(short_number(number))
    return drawn
