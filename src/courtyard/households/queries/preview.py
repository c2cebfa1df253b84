"""A roster looked at before it is imported (核对): what would be new, changed, refused. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from courtyard.households.foreign.opening import sheets_of
from courtyard.households.queries.facts import groups_of, standing
from courtyard.households.queries.plans import Plan, plans, would_need
from courtyard.households.rules.comparison import Wanted, compare
from courtyard.households.rules.outcome import Outcome
from courtyard.households.rules.roster import Sheet, interpret
from courtyard.households.rules.states import Living
from courtyard.households.sealing import phone_indexer
from courtyard.kernel.actors import Actor
from courtyard.kernel.problems import refuse
from courtyard.places.models import Place


def reading_of(sheets: Iterable[Sheet], village: Place | None, *, one_village: bool = False) -> Outcome:
    """The sheets interpreted as they come, before anything is compared. Refuses a file in which no row is a household's."""
    name = village.name if village else ""
    kept: list[Sheet] = []
    reading = interpret(_keeping(sheets, kept), one_village=one_village or village is not None, village=name)
    if not reading.taken and not reading.refused:
        refuse("households.file_no_households")
    return Outcome(kept, reading)


def _keeping(sheets: Iterable[Sheet], kept: list[Sheet]) -> Iterator[Sheet]:
    for sheet in sheets:
        kept.append(sheet)
        yield sheet


def preview_roster(
    *,
    file: Path,
    by: Actor,
    village: Place | None = None,
    name: str | None = None,
    one_village: bool = False,
    town_named: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """What an import of this file would do (`--dry-run`, 核对). No place needs to exist.

    `one_village`: all sheets are one village's although it does not exist yet; `town_named`: the town of new ones was
    said. What the import itself would need stands in the outcome's notes. Refuses households.file_*.
    """
    outcome = reading_of(sheets_of(file, name=name, progress=progress), village, one_village=one_village)
    if one_village and village is None:
        outcome.new = len(outcome.reading.taken)  # whose they are was said, whatever their sheets are called
    else:
        for plan in plans(outcome, village, by, dry=True):
            outcome.villages.append(plan.name)
            _count(plan, outcome)
        outcome.notes.extend(would_need(outcome, by, town_named=town_named) if village is None else ())
    outcome.care = sum(bool(row.care) for row in outcome.reading.taken)
    outcome.not_lived_in = sum(row.living is not Living.LIVED_IN for row in outcome.reading.taken)
    return outcome


def _count(plan: Plan, outcome: Outcome) -> None:
    if plan.village is None:
        outcome.new += len(plan.rows)
        return
    index = phone_indexer()
    groups = groups_of(plan.village.pk)
    homes = standing(plan.village.pk, None, groups)
    compared = compare([Wanted(row, index(row.phone or "")[0]) for row in plan.rows], homes)
    outcome.new += len(compared.new)
    outcome.changed += len(compared.changed)
    outcome.unchanged += len(compared.unchanged)
