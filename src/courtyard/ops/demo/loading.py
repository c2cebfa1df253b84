"""Loading the demonstration: an empty database, three months lived through in order, the same bytes for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from courtyard.kernel.days import instant
from courtyard.kernel.ids import seeded
from courtyard.ops import numbers
from courtyard.ops.demo import grouping, helping, marking, schemes, town, trading
from courtyard.ops.demo.agenda import Agenda
from courtyard.ops.demo.facts import SIZES, Size
from courtyard.ops.demo.town import Tell, Town, first_of
from courtyard.places.queries import county
from courtyard.records import keys
from courtyard.records.made import made_at

MONTHS = 3


def note() -> Path:
    """The file that says which demonstration this installation holds, and whether it is whole."""
    return Path(settings.VAR) / "demo.json"


def standing() -> dict[str, Any] | None:
    """What `note` says; None where no demonstration was begun here."""
    return json.loads(note().read_text()) if note().exists() else None


def refuse_other_data() -> None:
    """Refuse an installation that holds somebody's data. Raises CommandError."""
    if county() is not None:
        raise CommandError(
            "这里已经有别的数据,没有装示范。请另选一个文件夹(COURTYARD_VAR=…)或另一个数据库(DATABASE_URL=…)再运行。"
        )


def take_keys(seed: int) -> None:
    """The demonstration's own keys, from the seed, so that the same seed gives the same bytes; others are put aside."""
    path = Path(settings.VAR) / "keys.toml"
    if path.exists():
        path.replace(path.with_name("keys.before-demo.toml"))
    keys.make_keys(Path(settings.VAR), seed=f"courtyard demo {seed}")
    keys.forget()


def load(*, seed: int, size: str, today: date, tell: Tell, sizes: Mapping[str, Size] = SIZES) -> None:
    """Live through the three months before `today`, action by action."""
    said = {"seed": seed, "size": size, "today": today.isoformat()}
    note().write_text(json.dumps({**said, "state": "loading"}))
    take_keys(seed)
    months = [first_of(today, ago) for ago in range(MONTHS, 0, -1)]
    start = instant(first_of(today, MONTHS + 1).replace(day=18))
    agenda = Agenda(start, until=instant(today, 0))
    chance = random.Random(f"town/{seed}/{size}/{today}")  # noqa: S311  # a demonstration's, made to be repeated
    lived = Town(seed, sizes[size], today, agenda, chance)
    made_at(start)
    with seeded(f"courtyard/{seed}/{size}/{today}", agenda.clock):
        town.found(lived, tell)
        _plan(lived, months)
        agenda.run(tell)
    numbers.keep()
    note().write_text(json.dumps({**said, "state": "whole"}))


def _plan(lived: Town, months: list[date]) -> None:
    agenda, before = lived.agenda, months[0] - timedelta(days=4)
    agenda.on(before, 10, 0, lambda at: schemes.adopt(lived, months[0]))
    agenda.on(before + timedelta(days=1), 10, 0, lambda at: trading.stock(lived))
    agenda.on(before + timedelta(days=2), 10, 0, lambda at: grouping.choose(lived, at))
    agenda.on(months[0], 14, 0, lambda at: grouping.grade(lived, at))
    agenda.on(months[1], 8, 0, lambda at: trading.reprice(lived, months[1]))
    agenda.on(months[1].replace(day=27), 10, 0, lambda at: schemes.reconsider(lived, months[2]))
    walks = marking.Walks(lived, {})
    for turn, month in enumerate(months):
        agenda.on(month, 9, 0, _funding(lived, month, turn))
        marking.plan(lived, walks, month, last=turn == MONTHS - 1)
    helping.plan(lived, months)


def _funding(lived: Town, month: date, turn: int) -> Any:
    def event(at: datetime) -> None:
        schemes.fund(lived, month, turn)

    return event
