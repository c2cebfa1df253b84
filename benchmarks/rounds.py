"""Villages with a round that is marked and waits for its close: three marks a home, findings where a mark is poor."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from tests.worlds import World

from benchmarks import ground
from courtyard.inspections.actions import open_round
from courtyard.inspections.models import Finding, Marks, Round, Visit
from courtyard.inspections.rules.marks import Found, sealed
from courtyard.kernel.days import instant
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.places.models import Place
from courtyard.records.journal import act
from courtyard.records.rules import canonical

HOMES_A_VILLAGE = 400
AREAS = {"courtyard": "c1", "rooms": "r1", "surroundings": "s1"}
FIRST = date(2026, 10, 1)
# Of a hundred marks of an area: what a tidy, a middling and a neglected yard gets.
KINDS = (("good", 96), ("fair", 80), ("poor", 85))
SHARES = (75, 18, 7)


@dataclass
class County:
    """The world, and the version its towns adopted."""

    world: World = field(default_factory=ground.world)
    towns: set[UUID] = field(default_factory=set)
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def marked(self, homes: int, month: date = FIRST) -> list[Round]:
        """Open rounds of so many homes in new villages, every home marked by three, paid for by a large budget."""
        count = max(1, homes // HOMES_A_VILLAGE)
        villages = ground.new_villages(self.world, count)
        for n, village in enumerate(villages):
            ground.fill(village, min(homes, HOMES_A_VILLAGE), first_short=n * HOMES_A_VILLAGE)
            ground.fund(self.world, village)
        self._adopted(villages)
        return [self.another(village, month) for village in villages]

    def another(self, village: Place, month: date) -> Round:
        """A round of that month in a village, marked."""
        opened = open_round(
            village=village, month=month, by=self.world.terminal, at=instant(month, 9), draw=False
        )  # fmt: skip
        self._mark(opened)
        return opened

    def _adopted(self, villages: Sequence[Place]) -> None:
        towns = {village.town_id: village.town for village in villages if village.town_id not in self.towns}
        if towns:
            ground.adopt(self.world, list(towns.values()), date(2026, 9, 1))
            self.towns |= set(towns)

    def _mark(self, opened: Round) -> None:
        raters = [self.world.accounts[f"eva{n}"].pk for n in (1, 2, 3)]
        marks: list[Marks] = []
        findings: list[Finding] = []
        at = instant(opened.month.replace(day=10), 12)
        for visit in Visit.objects.filter(round=opened):
            label, share = self.chance.choices(KINDS, SHARES)[0]
            for rater in raters:
                given = {area: label if self.chance.random() * 100 < share else "fair" for area in AREAS}
                row = Marks(id=uuid7(), visit=visit, evaluator_id=rater, presence="seen", values=canonical(given))
                row.estimated_at = row.received_at = at
                row.day, row.by = opened.month.replace(day=10), rater
                marks.append(row)
                seen = [(Found(area, AREAS[area]), random_bytes(16)) for area, one in given.items() if one == "poor"]
                row.words_sha256 = sealed(seen)
                findings += [Finding(id=uuid7(), marks=row, area=f.area, code=f.code, salt=salt) for f, salt in seen]
        with act("bench.marks", by=self.world.terminal, at=at, chain=opened.village_id) as pen:
            pen.grow(marks)
        ground.load(findings)


def peak(reset: bool = False) -> int:
    """The most memory this process had (bytes) since the last reset; Linux only."""
    if reset:
        with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
            file.write("5")
    with open("/proc/self/status", encoding="ascii") as file:
        words: Any = next(line for line in file if line.startswith("VmHWM")).split()
    return int(words[1]) * 1024
