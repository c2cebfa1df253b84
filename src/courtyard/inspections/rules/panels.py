"""Who may sit on the panel that rates a group, and how panels are drawn (DOMAIN §4.11)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from uuid import UUID

from courtyard.kernel.problems import Problem

MOST = 9


def unfit_panel(
    chosen: Sequence[UUID], *, able: AbstractSet[UUID], live_here: AbstractSet[UUID], least: int
) -> Problem | None:
    """Why these people cannot be a group's panel, or None.

    `able` have the duty there that day; `live_here` have their own home in the group and step aside wherever enough
    others are able; `least` is the scheme's fewest raters.
    """
    if len(set(chosen)) != len(chosen):
        return Problem("inspections.seat_twice")
    if not least <= len(chosen) <= MOST:
        return Problem("inspections.panel_size", {"least": least, "most": MOST, "found": len(chosen)})
    if not set(chosen) <= able:
        return Problem("inspections.no_duty_there")
    neighbours = len(live_here & set(chosen))
    if neighbours > max(0, least - len(able - live_here)):
        return Problem("inspections.own_group", {"found": neighbours})
    return None


def draw(
    groups: Sequence[UUID], able: AbstractSet[UUID], live_in: Mapping[UUID, AbstractSet[UUID]], size: int, seed: UUID
) -> dict[UUID, tuple[UUID, ...]]:
    """A panel a group, drawn by the seed: not where the own home is if avoidable, the load spread evenly.

    `live_in` is person → groups of the own home. Fewer than `size` people able: no panel at all.
    """
    if len(able) < size:
        return {}
    load = dict.fromkeys(able, 0)
    found = {}
    for group in groups:

        def turn(person: UUID, group: UUID = group) -> tuple[bool, int, bytes]:
            lot = hashlib.sha256(f"{seed}/{group}/{person}".encode()).digest()
            return group in live_in.get(person, frozenset()), load[person], lot

        panel = tuple(sorted(able, key=turn)[:size])
        for person in panel:
            load[person] += 1
        found[group] = panel
    return found
