"""Facts of a village's register as an import compares them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from courtyard.households.models import Household
from courtyard.households.rules.cells import group_in
from courtyard.households.rules.comparison import Standing
from courtyard.households.rules.states import Living
from courtyard.places.models import Place
from courtyard.records.sets import among


def groups_of(village: UUID) -> dict[str, Place]:
    """A village's groups by what their names mean ("1" for 1组, 一组), so that no group is made twice."""
    found: dict[str, Place] = {}
    for group in Place.objects.filter(parent=village, kind="group"):
        meant = group_in(group.name)
        found[meant if isinstance(meant, str) else group.name] = group
    return found


def standing(village: UUID, codes: Iterable[str] | None, groups: dict[str, Place]) -> dict[str, Standing]:
    """The village's households among these codes (None: all of them), by code (one query)."""
    meant = {group.pk: name for name, group in groups.items()}
    homes = Household.objects.filter(village=village)
    if codes is not None:
        homes = homes.extra(**among("households_household.code", codes))
    rows = homes.values_list(
        "id", "code", "group_id", "head", "people", "phone_index", "bay", "door", "living", "until"
    )
    return {
        row[1]: Standing(
            row[0], row[1], meant[row[2]], row[3], row[4], row[5], row[6], row[7], Living(row[8]), row[9] is not None
        )
        for row in rows
    }


def codes_of(village: UUID, groups: dict[str, Place]) -> list[tuple[UUID, str, str]]:
    """(id, code, group) of every household of the village that has not ended."""
    meant = {group.pk: name for name, group in groups.items()}
    rows = Household.objects.filter(village=village, until=None).values_list("id", "code", "group_id")
    return [(id, code, meant[group]) for id, code, group in rows]
