"""Before an import writes anything: whose rows are whose village's, and whether the actor may."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from courtyard.households.rules.outcome import Outcome
from courtyard.households.rules.roster import Taken
from courtyard.households.rules.villages import looks_like_village, same_village
from courtyard.kernel.actors import Actor
from courtyard.kernel.problems import Problem, refuse, refuse_if
from courtyard.people.rules import areas, may
from courtyard.places.models import Place
from courtyard.places.queries import places
from courtyard.places.rules import PlaceKind


@dataclass
class Plan:
    """One village's part of a roster; `village` is None where the import makes it, and `made` says that this one did."""

    name: str
    town: Place | None
    village: Place | None
    rows: list[Taken]
    mentioned: set[str] = field(default_factory=set)
    made: bool = False


def plans(
    outcome: Outcome,
    village: Place | None,
    by: Actor,
    *,
    town: Callable[[], Place | None] | None = None,
    dry: bool = False,
) -> list[Plan]:
    """The parts of a roster. Refuses, before anything is written, sheets that are no village and villages not the
    actor's; a dry run needs no place to exist (`would_need` says what the import itself would ask for).

    `town` gives (or makes) the town of villages that are new; it is asked only when every sheet is known to be one.
    """
    reading = outcome.reading
    if village is not None:
        if village.kind != PlaceKind.VILLAGE.value:
            refuse("households.not_a_village", name=village.name)
        refuse_if(may(by, "households.import", village.path))
        mentioned = set().union(*reading.mentioned.values()) if reading.mentioned else set()
        return [Plan(village.name, village.town, village, reading.taken, mentioned)] if reading.taken else []
    by_sheet: dict[str, list[Taken]] = {}
    for row in reading.taken:
        by_sheet.setdefault(row.sheet, []).append(row)
    mine = areas(by, "households.import")
    if not mine and not dry:
        refuse_if(may(by, "households.import", ""))
    known = {place.name: place for place in _villages(mine)}
    # A name two towns have in common means neither until the clerk says which.
    new = [sheet for sheet in by_sheet if same_village(sheet, known) is None]
    if not dry:
        for sheet in new:
            if not looks_like_village("".join(sheet.split())):
                refuse("households.sheet_is_no_village", sheet=sheet)
    where = town() if town and new else _town(mine)
    return [_plan(sheet, rows, known, where, outcome, by, dry) for sheet, rows in by_sheet.items()]


def standing_villages(sheets: Iterable[str], by: Actor) -> dict[str, Place]:
    """Sheet name → the one village of this name that stands where the actor may import; new ones are left out."""
    known = {place.name: place for place in _villages(areas(by, "households.import"))}
    found = ((sheet, same_village(sheet, known)) for sheet in sheets)
    return {sheet: known[name] for sheet, name in found if name is not None}


def would_need(outcome: Outcome, by: Actor, *, town_named: bool = False) -> Iterator[Problem]:
    """What the import itself would ask for or make, as notes for the dry run, which needs neither.

    `town_named`: whoever looks said which town new villages stand in.
    """
    mine = areas(by, "households.import")
    sheets = list(dict.fromkeys(row.sheet for row in outcome.reading.taken))
    standing = standing_villages(sheets, by)
    new = {sheet: "".join(sheet.split()) for sheet in sheets if sheet not in standing}
    for sheet, name in new.items():
        if not looks_like_village(name):
            yield Problem("households.dry_which_village", {"sheet": sheet})
    made = [name for name in new.values() if looks_like_village(name)]
    if not made:
        return
    towns = list(places(mine, PlaceKind.TOWN.value)[:2])
    town_known = town_named or len(towns) == 1 or (not towns and by.kind == "terminal")
    can_make = town_known and not any(may(by, "places.keep", town.path) for town in towns[:1])
    code = "households.dry_new_villages" if can_make else "households.dry_which_town"
    yield Problem(code, {"villages": "、".join(made)})


def _villages(mine: Sequence[str]) -> list[Place]:
    rows = list(places(mine, PlaceKind.VILLAGE.value))
    names = [row.name for row in rows]
    return [row for row in rows if names.count(row.name) == 1]


def _town(mine: Sequence[str]) -> Place | None:
    towns = list(places(mine, PlaceKind.TOWN.value)[:2])
    return towns[0] if len(towns) == 1 else None


def _plan(
    sheet: str, rows: list[Taken], known: dict[str, Place], town: Place | None, outcome: Outcome, by: Actor, dry: bool
) -> Plan:
    mentioned = outcome.reading.mentioned.get(sheet, set())
    name = same_village(sheet, known)
    if name is not None:
        return Plan(name, known[name].town, known[name], rows, mentioned)
    clean = "".join(sheet.split())
    if not dry:
        if town is None:
            refuse("households.which_town", sheet=sheet)
        refuse_if(may(by, "places.keep", town.path))
        refuse_if(may(by, "households.import", town.path))
    return Plan(clean, town, None, rows, mentioned)
