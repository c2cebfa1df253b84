"""A small world for tests, made through actions alone: a county, a town, two villages, their people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.ground.keeping import kept

from courtyard.kernel.actors import Actor, DutyKind
from courtyard.kernel.days import day_of
from courtyard.people.actions import give_duty, make_account, open_terminal
from courtyard.people.queries import actor_named
from courtyard.places.actions import make_place
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind

AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
PASSWORD = "courtyard-2026"  # noqa: S105
PEOPLE = {
    "clerk": ("镇干部甲", DutyKind.TOWN_CLERK, "WD"),
    "clerk2": ("镇干部乙", DutyKind.TOWN_CLERK, "WD"),
    "cadre": ("村干部甲", DutyKind.VILLAGE_CADRE, "WD/01"),
    "deputy": ("村干部副", DutyKind.VILLAGE_CADRE, "WD/01"),
    "cadre2": ("村干部乙", DutyKind.VILLAGE_CADRE, "WD/02"),
    **{f"eva{n}": (f"评比员{n}", DutyKind.EVALUATOR, "WD/01") for n in range(1, 7)},
    **{f"eva{n}": (f"评比员{n}", DutyKind.EVALUATOR, "WD/02") for n in range(7, 10)},
    "keeper": ("营业员甲", DutyKind.SHOPKEEPER, "WD/01"),
    "keeper2": ("营业员乙", DutyKind.SHOPKEEPER, "WD/02"),
    "supervisor": ("监督员甲", DutyKind.SUPERVISOR, "WD"),
}


@dataclass
class World:
    """Places by path and people by log-in name; `actor(name)` gives the duties in force on a day."""

    places: dict[str, Place] = field(default_factory=dict)
    accounts: dict[str, Any] = field(default_factory=dict)
    terminal: Actor = None  # type: ignore[assignment]

    def actor(self, username: str, at: datetime = AT) -> Actor:
        return actor_named(username, day_of(at))

    def __getitem__(self, path: str) -> Place:
        return self.places[path]


@kept
def make_world(*, at: datetime = AT, people: bool = True) -> World:
    """County, town WD 万店镇, villages 01 塔湾村 and 02 石桥村 with groups G01 (1组) and G02 (2组), a person a duty."""
    world = World()
    terminal = world.terminal = open_terminal(county_name="随县", at=at)
    county = Place.objects.get(path="")
    town = make_place(
        parent=county, kind=PlaceKind.TOWN, code="WD", name="万店镇", by=terminal, at=at, complaint_line="0722-1234567"
    )
    world.places = {"": county, "WD": town}
    for n, name in enumerate(("塔湾村", "石桥村"), 1):
        code = f"{n:02d}"
        village = make_place(parent=town, kind=PlaceKind.VILLAGE, code=code, name=name, by=terminal, at=at, order=n)
        world.places[village.path] = village
        for g in (1, 2):
            group = make_place(
                parent=village, kind=PlaceKind.GROUP, code=f"G{g:02d}", name=f"{g}组", by=terminal, at=at, order=g
            )
            world.places[group.path] = group
    if people:
        for username, (name, kind, path) in PEOPLE.items():
            _take_on(world, username, name, kind, path, at)
    return world


def person(world: World, username: str, name: str, kind: DutyKind, path: str, at: datetime = AT) -> Actor:
    """One more person with a duty."""
    _take_on(world, username, name, kind, path, at)
    return world.actor(username, at)


def _take_on(world: World, username: str, name: str, kind: DutyKind, path: str, at: datetime) -> None:
    place = world[path]
    account = make_account(username=username, name=name, password=PASSWORD, place=place, by=world.terminal, at=at)
    give_duty(account=account, kind=kind, place=place, by=world.terminal, at=at)
    world.accounts[username] = account


def home(world: World, group: str, code: str, head: str, *, at: datetime = AT, **more: Any) -> Any:
    """A household in the group of this path (`people`, `bay`, `phone` may be given)."""
    from courtyard.households.actions import add_household

    more.setdefault("people", 3)
    return add_household(group=world[group], code=code, head=head, by=world.terminal, at=at, **more)
