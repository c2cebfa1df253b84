"""One step of an import: places it needs, households new and changed, proposals and questions, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from courtyard.households.actions.writing import StepWriter, ask, question
from courtyard.households.models import ImportRun
from courtyard.households.queries.facts import codes_of, groups_of, standing
from courtyard.households.queries.plans import Plan
from courtyard.households.rules.comparison import Wanted, compare, vanished
from courtyard.households.rules.roster import Taken
from courtyard.households.rules.states import QuestionKind
from courtyard.households.rules.villages import group_code, group_name, group_order, village_code
from courtyard.households.sealing import phone_indexer
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.paths import join
from courtyard.kernel.problems import Problem
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind
from courtyard.records.journal import act
from courtyard.records.sets import put


def import_rows(
    *, run: ImportRun, plan: Plan, rows: Sequence[Taken], by: Actor, at: datetime, command: UUID | None = None
) -> dict[str, int]:
    """Write these rows of one village; the same command again answers with the first counts.

    Makes the village and groups that are missing. Refuses households.import_conflict where another process took the
    same code, number or place in that moment.
    """
    index = phone_indexer()
    phones = {row.row: index(row.phone or "") for row in rows}
    village = plan.village or _village_of(plan)
    given = {"run": run.pk, "rows": len(rows), "first": rows[0].row, "village": plan.name}
    with act(
        "households.import", by=by, at=at, chain=village.pk, subject=run.pk, command=command, given=given, pulls=True,
        conflict="households.import_conflict",
    ) as pen:  # fmt: skip
        if pen.replayed:
            plan.village = Place.objects.get(pk=UUID(pen.answer["village"]))
            return dict(pen.answer["counts"])
        fresh = not village.path
        if fresh:
            village.path = join(village.parent.path, village.code)  # type: ignore[union-attr]
            put([village])
        groups = _groups(village, rows, fresh=fresh)
        there = {} if fresh else standing(village.pk, [row.code for row in rows], groups)
        step = StepWriter(run, village, groups, pen.number, day_of(at))
        compared = compare([Wanted(row, phones[row.row][0]) for row in rows], there)
        counts = step.write(compared, phones)
        pen.answer = {"village": village.pk, "counts": counts}
    plan.village, plan.made = village, plan.made or fresh
    return counts


def _village_of(plan: Plan) -> Place:
    """The village where an earlier step or another import has made it since the plan was drawn, else a new one."""
    siblings = Place.objects.filter(parent=plan.town)
    known = list(siblings.values_list("name", "pk", "code"))
    made = next((pk for name, pk, _ in known if name == plan.name), None)
    if made:
        return Place.objects.select_related("town").get(pk=made)
    code = village_code({code for _, _, code in known})
    village = Place(id=uuid7(), kind=PlaceKind.VILLAGE.value, parent=plan.town, town=plan.town, code=code)
    village.name, village.village, village.order = plan.name, village, int(code)
    return village


def _groups(village: Place, rows: Sequence[Taken], *, fresh: bool) -> dict[str, Place]:
    groups = {} if fresh else groups_of(village.pk)
    taken = {group.code for group in groups.values()}
    missing = []
    for name in dict.fromkeys(row.group for row in rows):
        if name in groups:
            continue
        code = group_code(name, taken)
        taken.add(code)
        group = Place(
            id=uuid7(), kind=PlaceKind.GROUP.value, parent=village, village=village, town_id=village.town_id,
            code=code, name=group_name(name), path=join(village.path, code), order=group_order(name),
        )  # fmt: skip
        groups[name] = group
        missing.append(group)
    put(missing)
    return groups


@dataclass(frozen=True)
class Asked:
    """How many questions were put about households a roster no longer names, and what is to be said besides."""

    asked: int
    notes: tuple[Problem, ...]


def ask_vanished(*, run: ImportRun, plan: Plan, by: Actor, at: datetime, command: UUID | None = None) -> Asked:
    """Ask about households of the village that its roster no longer names; none is deleted."""
    village = plan.village
    if village is None:
        raise ValueError("asked before the village's rows were written")
    if plan.made:
        return Asked(0, ())  # made by this very roster: it names everybody there is
    present = {row.code for row in plan.rows}
    groups = {row.group for row in plan.rows}
    found = vanished(codes_of(village.pk, groups_of(village.pk)), present, plan.mentioned, groups)
    notes: tuple[Problem, ...] = ()
    if found.groups_left_out:
        left_out = "、".join(group_name(group) for group in found.groups_left_out)
        notes = (Problem("households.groups_left_out", {"village": village.name, "groups": left_out}),)
    if not found.homes:
        return Asked(0, notes)
    with act(
        "households.ask_vanished", by=by, at=at, chain=village.pk, subject=run.pk,
        command=command or uuid5(run.pk, f"{plan.name}/vanished"), given={"run": run.pk, "village": village.pk},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            asked = ask([question(home, QuestionKind.VANISHED, day_of(at)) for home in found.homes])
            pen.answer = {"asked": asked}
    return Asked(int(pen.answer["asked"]), notes)
