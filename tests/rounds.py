"""A village with a scheme and homes, and rounds made by actions alone, for the tests of rounds and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.ground.keeping import kept
from tests.worlds import AT, World, home, make_world

from courtyard.honours.actions import close_village
from courtyard.inspections.actions import HomeMarks, enter_marks, open_round
from courtyard.inspections.models import Round, Seat, Visit
from courtyard.inspections.rules.marks import Found, Given
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import instant
from courtyard.kernel.ids import uuid7, visit_id
from courtyard.points.actions import fund_budget
from courtyard.rating.actions import adopt_scheme, draft_scheme
from courtyard.rating.queries import shipped

VILLAGE = "WD/01"
AREAS = ("courtyard", "rooms", "surroundings")
PICTURES = {"courtyard": "c1", "rooms": "r1", "surroundings": "s1"}
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


@dataclass
class Village:
    """Village 01 of the small world: its scheme adopted, three homes in each of its two groups."""

    world: World
    homes: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> Any:
        return self.world[VILLAGE]

    def actor(self, username: str, at: datetime = AT) -> Actor:
        return self.world.actor(username, at)

    def id(self, username: str) -> UUID:
        return self.world.accounts[username].pk


def at(day: date, hour: int = 9) -> datetime:
    """An instant of that Shanghai day."""
    return instant(day, hour)


@kept
def make_village(*, budget: int = 100_000, scheme: str = "wandian", text: str = "") -> Village:
    """The village, its scheme in force from September 2026, its budget funded, homes 0101 to 0203."""
    return fill_village(Village(make_world()), budget=budget, scheme=scheme, text=text)


def fill_village(village: Village, *, budget: int = 100_000, scheme: str = "wandian", text: str = "") -> Village:
    """The same in a world that stands already (`own_world`: real commits)."""
    adopt(village, text or shipped()[scheme])
    if budget:
        fund_budget(
            village=village.place, points=budget, document="万政发〔2026〕1号", by=village.actor("clerk"), at=AT
        )
    heads = ("王建国", "李秀英", "张三丰", "陈桂花", "刘大明", "周小妹")
    for n, head in enumerate(heads):
        code = f"0{n // 3 + 1}0{n % 3 + 1}"
        phone = "13807222345" if code == "0201" else ""
        village.homes[code] = home(village.world, f"{VILLAGE}/G0{n // 3 + 1}", code, head, phone=phone)
    return village


def adopt(village: Village, text: str, starts: date = SEPTEMBER) -> None:
    """The village's assembly adopts this scheme document."""
    cadre, when = village.actor("cadre"), at(starts)
    version = draft_scheme(text_toml=text, place=village.place, by=cadre, at=when)
    adopt_scheme(
        place=village.place,
        version=version,
        starts=starts,
        assembly=starts - timedelta(days=10),
        attendance=4,
        households=6,
        document="塔湾村民会议〔2026〕2号",
        seconded_by=village.actor("clerk"),
        by=cadre,
        at=when,
    )


def given(*labels: str, found: Iterable[tuple[str, str]] | None = None, mended: Iterable[str] = ()) -> Given:
    """Marks of the three areas, one label for all or one each; each poor area has its finding unless told otherwise."""
    values = dict(zip(AREAS, labels * 3 if len(labels) == 1 else labels, strict=True))
    if found is None:
        found = [(area, PICTURES[area]) for area, label in values.items() if label == "poor"]
    seen = tuple(Found(area, code, mended=area in set(mended)) for area, code in found)
    return Given(Presence.SEEN, tuple(values.items()), seen)


AWAY = Given(Presence.NOT_AT_HOME)
KIN = Given(Presence.KIN)


def panel(opened: Round, code: str, village: Village) -> list[UUID]:
    """The evaluators of a home's group in their order."""
    group = village.homes[code].group_id
    return list(Seat.objects.filter(round=opened, group=group).order_by("n").values_list("evaluator_id", flat=True))


def mark(village: Village, opened: Round, marks: Mapping[str, Given | Sequence[Given]], day: date) -> None:
    """Type every seat's marks: the same from all of a home's panel, or one each."""
    sheets: dict[UUID, list[HomeMarks]] = {}
    for code, what in marks.items():
        seats = panel(opened, code, village)
        each = [what] * len(seats) if isinstance(what, Given) else what
        for person, one in zip(seats, each, strict=False):
            sheets.setdefault(person, []).append(HomeMarks(village.homes[code].pk, one, day))
    cadre = village.actor("cadre", at(day))
    for person, sheet in sheets.items():
        enter_marks(opened=opened, evaluator=person, sheet=sheet, by=cadre, at=at(day, 18))


def opened_round(village: Village, month: date = SEPTEMBER, day: date | None = None) -> Round:
    """A round of that month, opened on its first day unless told otherwise, panels drawn."""
    when = at(day or month)
    return open_round(village=village.place, month=month, by=village.actor("cadre", when), at=when)


def as_before_0018(earlier: Round, month: date) -> Round:
    """A round opened while an earlier one was open, as databases of older releases hold them; opening refuses it now."""
    seats = list(Seat.objects.filter(round=earlier))
    visits = list(earlier.visits.all())
    later = Round.objects.get(pk=earlier.pk)
    later.pk, later.month = uuid7(), month
    later.save(force_insert=True)
    for row in visits:
        row.pk, row.round = visit_id(later.pk, row.household_id), later
    for seat in seats:
        seat.pk, seat.round = uuid7(), later
    Visit.objects.bulk_create(visits)
    Seat.objects.bulk_create(seats)
    return later


def closed_round(village: Village, marks: Mapping[str, Given | Sequence[Given]], month: date = SEPTEMBER) -> Round:
    """A round marked on the 10th and closed on the 20th by the cadre."""
    opened = opened_round(village, month)
    mark(village, opened, marks, month.replace(day=10))
    when = at(month.replace(day=20))
    close_village(closing=opened, by=village.actor("cadre", when), at=when)
    opened.refresh_from_db()
    return opened


def others(opened: Round, village: Village, code: str) -> list[UUID]:
    """Evaluators of the village who do not rate this home's group, in order of name."""
    seated = panel(opened, code, village)
    return [village.id(f"eva{n}") for n in range(1, 7) if village.id(f"eva{n}") not in seated]
