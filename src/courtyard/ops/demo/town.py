"""The town and its people: places, register, accounts, kin, cards, care list, schemes, budgets, shops."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from courtyard.households import actions as households
from courtyard.households import queries as register
from courtyard.households.actions.lines import keep_complaint_line
from courtyard.households.rules.handing import A_SCREEN, Line
from courtyard.households.rules.states import CareState, KinKind, MessageConsent, RedNameConsent
from courtyard.kernel.actors import Actor, DutyKind
from courtyard.kernel.days import day_of
from courtyard.ops.demo.agenda import Agenda
from courtyard.ops.demo.facts import EVALUATORS, Size, data
from courtyard.ops.demo.roster import write_roster
from courtyard.people.actions import give_duty, make_account, open_terminal
from courtyard.people.queries import actor_named
from courtyard.places.actions import keep_holidays, make_place
from courtyard.places.queries import by_path, county, places
from courtyard.places.rules import PlaceKind

Tell = Callable[[str, int, int | None], None]


@dataclass
class Town:
    """What the events share: the agenda, the dice, the terminal, the town's villages, who is who by log-in name, which
    homes signed for their card so far."""

    seed: int
    size: Size
    today: date
    agenda: Agenda
    chance: random.Random
    terminal: Actor = None  # type: ignore[assignment]
    villages: list[Any] = field(default_factory=list)
    people: dict[str, Any] = field(default_factory=dict)
    signed: list[UUID] = field(default_factory=list)

    def actor(self, username: str) -> Actor:
        """The person with the duties in force now."""
        return actor_named(username, day_of(self.agenda.now))

    def number(self, village: Any) -> int:
        """A village's number in the log-in names of its people."""
        return self.villages.index(village) + 1

    def cadre(self, village: Any) -> Actor:
        return self.actor(f"cadre{self.number(village):02d}")

    def deputy(self, village: Any) -> Actor:
        return self.actor(f"deputy{self.number(village):02d}")


def first_of(today: date, months_ago: int) -> date:
    """The first day of a month before."""
    number = today.year * 12 + today.month - 1 - months_ago
    return date(number // 12, number % 12 + 1, 1)


def found(town: Town, tell: Tell) -> None:
    """Places, holidays, the roster through the import, everybody's account, kin, cards, care list."""
    facts, at = data(), town.agenda.now
    town.terminal = open_terminal(county_name=facts["county"], at=at)
    root = county()
    assert root is not None
    keep_complaint_line(place=root, line=facts["complaint_line"], by=town.terminal, at=at)
    make_place(
        parent=root, kind=PlaceKind.TOWN, code=facts["town_code"], name=facts["town"], by=town.terminal, at=at,
        order=1, complaint_line=facts["complaint_line"],
    )  # fmt: skip
    for year, table in facts["holidays"].items():
        keep_holidays(year=int(year), days=_holidays(int(year), table), by=town.terminal, at=at)
    _import(town, at, tell)
    _people(town, at, tell)
    for waiting in list(register.countersigns([data()["town_code"]])):
        households.answer_countersign(countersign=waiting, confirmed=True, by=town.actor("clerk"), at=at)
    for village in town.villages:
        _cards(town, village, tell)


def _holidays(year: int, table: dict[str, list[str]]) -> dict[date, tuple[bool, str]]:
    found: dict[date, tuple[bool, str]] = {}
    for key, worked in (("free", False), ("worked", True)):
        for line in table[key]:
            day, _, name = line.partition(" ")
            found[date.fromisoformat(f"{year}-{day}")] = (worked, name)
    return found


def _import(town: Town, at: datetime, tell: Tell) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "花名册.xlsx"
        write_roster(path, town.seed, town.size)
        households.import_roster(
            file=path, by=town.terminal, at=at, progress=lambda done, total: tell("正在导入花名册", done, total)
        )
    town.villages = list(places([by_path(data()["town_code"]).path], PlaceKind.VILLAGE.value))


def _person(town: Town, username: str, name: str, kind: DutyKind, place: Any) -> Any:
    at, password = town.agenda.now, data()["password"]
    account = make_account(username=username, name=name, password=password, place=place, by=town.terminal, at=at)
    give_duty(account=account, kind=kind, place=place, by=town.terminal, at=at)
    town.people[username] = account
    return account


def _people(town: Town, at: datetime, tell: Tell) -> None:
    here, root = by_path(data()["town_code"]), county()
    _person(town, "county", "县里的联系人", DutyKind.COUNTY_OFFICER, root)
    _person(town, "clerk", "镇里的经办人", DutyKind.TOWN_CLERK, here)
    _person(town, "clerk2", "镇里的副手", DutyKind.TOWN_CLERK, here)
    _person(town, "supervisor", "监督员", DutyKind.SUPERVISOR, here)
    for n, village in enumerate(town.villages, 1):
        tell("正在开账号", n, len(town.villages))
        homes = list(register.rated_homes(village.path))
        own = town.chance.sample(homes, EVALUATORS + 3)
        _person(town, f"keeper{n:02d}", own[0].head, DutyKind.SHOPKEEPER, village)
        wanted = [(f"cadre{n:02d}", DutyKind.VILLAGE_CADRE), (f"deputy{n:02d}", DutyKind.VILLAGE_CADRE)]
        wanted += [(f"eva{n:02d}{m:02d}", DutyKind.EVALUATOR) for m in range(1, EVALUATORS + 1)]
        for home, (username, kind) in zip(own[1:], wanted, strict=True):
            account = _person(town, username, home.head, kind, village)
            households.declare_kin(account=account, household=home, kind=KinKind.OWN_HOME, by=town.terminal, at=at)
        kin = town.people[f"eva{n:02d}01"]
        cousin = next(home for home in homes if home not in own)
        households.declare_kin(account=kin, household=cousin, kind=KinKind.KIN, by=town.terminal, at=at)


def _cards(town: Town, village: Any, tell: Tell) -> None:
    """Cards issued; signed for, sheet by sheet; one home declines; PINs keyed in; one set anew; the care list confirmed."""
    cadre, at, chance = town.cadre(village), town.agenda.now, town.chance
    households.issue_cards(place=village, by=cadre, at=at)
    homes = list(register.rated_homes(village.path))
    covenant = _covenant(town, village)
    declines = chance.choice(homes[2:])
    lines = {
        home.pk: Line(home.pk, took=False) if home.pk == declines.pk else _line(home.pk, town)
        for n, home in enumerate(homes)
        if n == 0 or home.pk == declines.pk or chance.random() < 0.85
    }
    for group in places([village.path], PlaceKind.GROUP.value).order_by("order", "path"):
        sheet = [lines[home.pk] for home in homes if home.group_id == group.pk and home.pk in lines]
        for start in range(0, len(sheet), A_SCREEN):
            screen = sheet[start : start + A_SCREEN]
            households.enter_hand_over(group=group, day=day_of(at), lines=screen, covenant=covenant, by=cadre, at=at)
    holders = [home for home in homes if home.pk in lines and home.pk != declines.pk]
    for n, home in enumerate(holders):
        when = at + timedelta(minutes=n)
        households.hand_over_card(household=home, pin=data()["pin"], by=cadre, at=when)
        tell(f"正在发卡:{village.name}", n + 1, len(holders))
    town.agenda.on(day_of(at) + timedelta(days=2), 9, 30, lambda at: _set_anew(town, village, holders[1], at))
    for line in list(register.care_lines([village.path], CareState.PROPOSED)):
        if chance.random() < 0.9:
            households.confirm_care(care=line, confirmed=True, by=cadre, at=at)


def _covenant(town: Town, village: Any) -> Any:
    """The covenant as the village's assembly passed it a week before."""
    day, homes = day_of(town.agenda.now), register.roster(village.path).count()
    attended = max(1, homes * 4 // 5)
    return households.set_covenant(
        place=village, title=f"{village.name}村规民约", text=data()["words"]["covenant"], passed=day - timedelta(days=7),
        document=f"{village.name}村民会议〔{day.year}〕1号", attendance=attended, households=homes, by=town.cadre(village),
        at=town.agenda.now,
    )  # fmt: skip


def _line(home: UUID, town: Town) -> Line:
    """What a home signs: its choices, a mark at 知晓 or none."""
    consents = [RedNameConsent.NO] * 4 + [RedNameConsent.BOARD] * 4 + [RedNameConsent.WIDE] * 2
    number = len(town.signed)
    town.signed.append(home)
    wants = MessageConsent.NO if number % 5 in (1, 3) else MessageConsent.YES
    return Line(home, True, town.chance.choice(consents), wants, covenant=number % 6 != 4)


def _set_anew(town: Town, village: Any, home: Any, at: datetime) -> None:
    """One home forgot its PIN: it comes to the village, the town does it in the afternoon."""
    pin = data()["pin_anew"]
    asked = households.ask_pin_reset(household=home, pin=pin, present=True, by=town.cadre(village), at=at)
    households.answer_pin_reset(reset=asked, confirmed=True, by=town.actor("clerk"), at=at + timedelta(hours=5))
