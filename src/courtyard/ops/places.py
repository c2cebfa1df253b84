"""Places a command may name before they exist: the operator's roster makes its town and its village."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime

from django.core.management.base import CommandError

from courtyard.kernel.actors import Actor
from courtyard.kernel.problems import Refused
from courtyard.kernel.texts import clean
from courtyard.ops.progress import say
from courtyard.people.rules import areas
from courtyard.places.actions import make_place
from courtyard.places.models import Place
from courtyard.places.queries import by_path, county, places
from courtyard.places.rules import PlaceKind


def town_for(name: str, *, by: Actor, at: datetime) -> Place | None:
    """The town a roster's new villages stand in: the named one (made where it is new), or the only one.

    On an empty database without a name a town is made all the same (COURTYARD_TOWN names it), and said. None where
    there are several and none is named: then the roster's villages must exist.
    """
    towns = list(places([""], PlaceKind.TOWN.value))
    name = clean(name)
    if name:
        found = [town for town in towns if name in (town.name, town.code)]
        return found[0] if found else _make(name, towns, by, at)
    if towns:
        return towns[0] if len(towns) == 1 else None
    name = clean(os.environ.get("COURTYARD_TOWN", "")) or "本镇"
    say(f"这里还没有镇,先建了「{name}」。要用别的名字,请在空的数据库上加 --town 镇名 再导入。")
    return _make(name, towns, by, at)


def standing_at(path: str) -> Place | None:
    """The place of this path, None where there is none yet."""
    try:
        return by_path(path)
    except Refused:
        return None


def is_new_village(path: str) -> bool:
    """Whether a path that stands nowhere names a village that may be made: 镇/村, both by name."""
    names = [clean(part) for part in path.strip("/").split("/")]
    return len(names) == 2 and all(names) and not any(name.isascii() for name in names)


def refuse_other_town(name: str, villages: Iterable[Place], *, path: str, new: bool, by: Actor) -> None:
    """`--town` is where new villages are made: raise CommandError where it says anything else.

    `villages` are those of the roster that stand, `path` what --village named, `new` whether any is to be made; who is
    not the terminal makes them in an own town only.
    """
    name = clean(name)
    for village in villages:
        if village.town and name not in (village.town.name, village.town.code):
            raise CommandError(
                f"「{village.name}」已经在「{village.town.name}」下面,和 --town 写的「{name}」不一样。什么都没有导入。"
                f"请去掉 --town;要是「{name}」也有一个同名的村,请用 --village {name}/{village.name}。"
            )
    if path and new and clean(path.strip("/").split("/")[0]) != name:
        raise CommandError(f"--village 写的「{path}」不在 --town 写的「{name}」下面。什么都没有导入。请只留一样。")
    towns = places(areas(by, "households.import"), PlaceKind.TOWN.value)
    if new and by.kind != "terminal" and not any(name in (town.name, town.code) for town in towns):
        raise CommandError(
            f"「{name}」不在您管的地方里,新的镇只有本机操作终端能建。什么都没有导入。请去掉 --town 或 --by。"
        )


def _make(name: str, towns: list[Place], by: Actor, at: datetime) -> Place:
    root = county()
    if root is None:
        raise CommandError("还没有县。请先不加 --by 办一次,由本机操作终端建立。")
    code = _free("T", {town.code for town in towns})
    line = os.environ.get("COURTYARD_COMPLAINT_LINE", "")
    return make_place(
        parent=root, kind=PlaceKind.TOWN, code=code, name=name, by=by, at=at, order=len(towns) + 1, complaint_line=line
    )


def village_for(path: str, *, by: Actor, at: datetime) -> Place:
    """The village of this path; by names (镇/村) it is made where it is new, and its town with it."""
    try:
        return by_path(path)
    except Refused:
        if not is_new_village(path):
            raise
    names = [clean(part) for part in path.strip("/").split("/")]
    town = town_for(names[0], by=by, at=at)
    assert town is not None
    siblings = list(places([town.path], PlaceKind.VILLAGE.value))
    code = _free("", {village.code for village in siblings})
    say(f"「{names[1]}」是新的村,建在「{town.name}」下面。")
    return make_place(
        parent=town, kind=PlaceKind.VILLAGE, code=code, name=names[1], by=by, at=at, order=len(siblings) + 1
    )


def _free(head: str, taken: set[str]) -> str:
    n = next(n for n in range(1, 1000) if f"{head}{n:02d}" not in taken)
    return f"{head}{n:02d}"
