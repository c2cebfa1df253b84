"""The draw: hamlets to trios, homes that lead to another trio, third marks where somebody is kin. Seeded: again the same.

Every choice is the smallest of a key that ends in a lot, SHA-256 of seed, group and person or trio.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from courtyard.inspections.rules.membership import TRIO

Trio = tuple[UUID, ...]


@dataclass(frozen=True)
class Hamlet:
    """A group to be drawn: how many homes its round visits, the ids of those that lead."""

    group: UUID
    homes: int
    leading: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Ground:
    """What a draw starts from. `trios`: three members and the reserve each, those able that day.

    `own`: person → groups where they live; `near`: person → groups that share a bay with their home; `kin`: person →
    (group, home) where they step aside; `size`: how many marks the scheme wants at least.
    """

    trios: tuple[Trio, ...]
    hamlets: tuple[Hamlet, ...]
    own: Mapping[UUID, AbstractSet[UUID]]
    near: Mapping[UUID, AbstractSet[UUID]]
    kin: Mapping[UUID, AbstractSet[tuple[UUID, UUID]]]
    size: int = TRIO

    @property
    def canonical(self) -> dict[str, Any]:
        """The same as plain data in one order: what the record of the draw keeps."""
        own, near = ({p.hex: sorted(g.hex for g in at) for p, at in sorted(w.items())} for w in (self.own, self.near))
        return {
            "size": self.size,
            "trios": [[person.hex for person in trio] for trio in self.trios],
            "hamlets": [[h.group.hex, h.homes, sorted(home.hex for home in h.leading)] for h in self.hamlets],
            "own": own,
            "near": near,
            "kin": {p.hex: sorted([g.hex, home.hex] for g, home in at) for p, at in sorted(self.kin.items())},
        }


@dataclass(frozen=True)
class Drawn:
    """What came out for a group: its trio from 1 (0: nobody may), panel, front panel for homes that lead, stand-ins."""

    group: UUID
    trio: int = 0
    panel: Trio = ()
    front: Trio = ()
    stand_ins: Trio = ()

    @property
    def canonical(self) -> list[Any]:
        people = ([person.hex for person in who] for who in (self.panel, self.front, self.stand_ins))
        return [self.group.hex, self.trio, *people]


def ground_from(facts: Mapping[str, Any]) -> Ground:
    """A ground as the record of a draw kept it."""

    def places(name: str) -> dict[UUID, AbstractSet[UUID]]:
        return {UUID(person): frozenset(map(UUID, at)) for person, at in facts[name].items()}

    return Ground(
        trios=tuple(tuple(map(UUID, trio)) for trio in facts["trios"]),
        hamlets=tuple(Hamlet(UUID(g), n, frozenset(map(UUID, leading))) for g, n, leading in facts["hamlets"]),
        own=places("own"),
        near=places("near"),
        kin={UUID(p): frozenset((UUID(g), UUID(h)) for g, h in at) for p, at in facts["kin"].items()},
        size=facts["size"],
    )


@dataclass
class _Table:
    """The draw as it goes: how many homes each trio and person has so far."""

    ground: Ground
    seed: str
    trio_load: Counter[int] = field(default_factory=Counter)
    load: Counter[UUID] = field(default_factory=Counter)

    def lot(self, *parts: object) -> bytes:
        return hashlib.sha256("/".join([self.seed, *map(str, parts)]).encode()).digest()

    def fits(self, person: UUID, group: UUID) -> bool:
        """Nobody rates the group they live in."""
        return group not in self.ground.own.get(person, frozenset())

    def kin_homes(self, person: UUID, group: UUID) -> frozenset[UUID]:
        return frozenset(home for at, home in self.ground.kin.get(person, frozenset()) if at == group)

    def trios_for(self, group: UUID, way: str) -> list[int]:
        """Trios in the order they come up: fewest who live there, fewest neighbours, least load, then the lot."""

        def turn(n: int) -> tuple[Any, ...]:
            trio = self.ground.trios[n][:TRIO]
            here = sum(not self.fits(person, group) for person in trio)
            near = sum(group in self.ground.near.get(person, frozenset()) for person in trio)
            return here, near, self.trio_load[n], self.lot(way, group, n)

        return sorted(range(len(self.ground.trios)), key=turn)

    def people_for(self, hamlet: Hamlet, n: int, size: int, taken: Iterable[UUID], barred: Iterable[UUID] = ()) -> Trio:
        """The trio's members, then its reserve, then others, as many as `size`, or nobody if they do not suffice."""
        group, shut = hamlet.group, {*taken, *barred}
        trio = self.ground.trios[n]

        def turn(person: UUID) -> tuple[Any, ...]:
            return self.load[person], self.lot("person", group, person)

        others = {person for one in self.ground.trios for person in one} - set(trio)
        line = [*trio, *sorted(others, key=turn)]
        free = [person for person in line if person not in shut and self.fits(person, group)]
        return tuple(free[:size]) if len(free) >= size else ()


def draw(ground: Ground, seed: str) -> tuple[Drawn, ...]:
    """Every hamlet's trio, front panel and stand-ins, in the order the hamlets came up in the draw."""
    table = _Table(ground, seed)
    ordered = sorted(ground.hamlets, key=lambda hamlet: table.lot("hamlet", hamlet.group))
    return tuple(_drawn(table, hamlet) for hamlet in ordered)


def _drawn(table: _Table, hamlet: Hamlet) -> Drawn:
    size = max(TRIO, table.ground.size)
    n = next(iter(table.trios_for(hamlet.group, "trio")), None)
    panel = table.people_for(hamlet, n, size, ()) if n is not None else ()
    if n is None or not panel:
        return Drawn(hamlet.group)
    front = _front(table, hamlet, n, size, panel)
    homes = hamlet.homes - (len(hamlet.leading) if front else 0)
    table.trio_load[n] += homes
    table.load.update(dict.fromkeys(panel, homes))
    aside = [table.kin_homes(person, hamlet.group) - (hamlet.leading if front else frozenset()) for person in panel]
    stand_ins = _stand_ins(table, hamlet, n, aside, {*panel, *front})
    return Drawn(hamlet.group, n + 1, panel, front, stand_ins)


def _front(table: _Table, hamlet: Hamlet, n: int, size: int, panel: Trio) -> Trio:
    """Another trio for the homes that lead, without their kin; nobody where no other trio can be made up."""
    if not hamlet.leading:
        return ()
    people = {person for trio in table.ground.trios for person in trio}
    kin = {person for person in people if table.kin_homes(person, hamlet.group) & hamlet.leading}
    for other in table.trios_for(hamlet.group, "front"):
        if other != n and (front := table.people_for(hamlet, other, size, panel, kin)):
            table.trio_load[other] += len(hamlet.leading)
            table.load.update(dict.fromkeys(front, len(hamlet.leading)))
            return front
    return ()


def _stand_ins(table: _Table, hamlet: Hamlet, n: int, aside: Sequence[frozenset[UUID]], taken: set[UUID]) -> Trio:
    """As many as the most kin that one home has on its panel: each gives those homes the mark that kin could not."""
    counts = Counter(home for homes in aside for home in homes)
    found: list[UUID] = []
    for _ in range(max(counts.values(), default=0)):
        people = {person for trio in table.ground.trios for person in trio}
        kin = {person for person in people if table.kin_homes(person, hamlet.group) & counts.keys()}
        found += table.people_for(hamlet, n, 1, {*taken, *found}, kin)
    table.load.update(dict.fromkeys(found, len(counts)))
    return tuple(found)
