"""A roster against the register: what is new, what changed, who is no longer in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from courtyard.households.rules.roster import Taken
from courtyard.households.rules.states import Living


@dataclass(frozen=True, slots=True)
class Standing:
    """A household as the register has it; `group` as rules.cells.group_in gives it, `phone` a blind index or ''."""

    id: UUID
    code: str
    group: str
    head: str
    people: int
    phone: str
    bay: str
    door: str
    living: Living
    ended: bool = False


class Wanted(NamedTuple):
    """A row of the roster with its phone's blind index ('' where the row gives none)."""

    row: Taken
    phone: str


@dataclass(frozen=True)
class Comparison:
    """What an import would do to one village."""

    new: list[Wanted] = field(default_factory=list)
    changed: list[tuple[Standing, Wanted, tuple[str, ...]]] = field(default_factory=list)
    unchanged: list[tuple[Standing, Wanted]] = field(default_factory=list)
    ended: list[Standing] = field(default_factory=list)
    maybe_empty: list[Standing] = field(default_factory=list)


def differences(standing: Standing, wanted: Wanted) -> tuple[str, ...]:
    """Which fields the row gives otherwise. What a row leaves empty (phone, bay, door) it does not say."""
    row = wanted.row
    pairs = (
        ("group", standing.group != row.group),
        ("head", standing.head != row.name),
        ("people", standing.people != row.people),
        ("phone", bool(wanted.phone) and standing.phone != wanted.phone),
        ("bay", bool(row.bay) and standing.bay != row.bay),
        ("door", bool(row.door) and standing.door != row.door),
    )
    return tuple(name for name, differs in pairs if differs)


def compare(wanted: Iterable[Wanted], standing: Mapping[str, Standing]) -> Comparison:
    """Rows against the village's households by code. An ended household that stands in the roster stays ended, and
    whether anybody lives in a home is asked, not changed: a cadre may know better than an old roster."""
    found = Comparison()
    for one in wanted:
        home = standing.get(one.row.code)
        if home is None:
            found.new.append(one)
            continue
        if home.ended:
            found.ended.append(home)
            found.unchanged.append((home, one))
            continue
        if one.row.living is not Living.LIVED_IN and home.living is Living.LIVED_IN:
            found.maybe_empty.append(home)
        fields = differences(home, one)
        if fields:
            found.changed.append((home, one, fields))
        else:
            found.unchanged.append((home, one))
    return found


@dataclass(frozen=True, slots=True)
class Vanished:
    """Households of a village that its roster no longer names, and groups the roster leaves out wholly."""

    homes: tuple[UUID, ...]
    groups_left_out: tuple[str, ...]


def vanished(
    standing: Sequence[tuple[UUID, str, str]], present: Set[str], mentioned: Set[str], groups: Set[str]
) -> Vanished:
    """Who is to be asked about: standing (id, code, group) not among the codes present or mentioned in refused rows.

    A roster that names less than half of the village's groups is one group's own list: then nobody of the groups it
    leaves out is asked about, and those groups are said.
    """
    all_groups = {group for _, _, group in standing}
    left_out = all_groups - groups
    partial = bool(left_out) and 2 * len(all_groups & groups) < len(all_groups)
    homes = [
        home
        for home, code, group in standing
        if code not in present
        and code not in mentioned
        and code.lstrip("0") not in mentioned
        and not (partial and group in left_out)
    ]
    return Vanished(tuple(homes), tuple(sorted(left_out)) if partial else ())
