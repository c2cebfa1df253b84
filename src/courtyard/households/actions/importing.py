"""The roster import: village by village, in steps of one short transaction each, under one run that can be resumed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from courtyard.households.actions.countersigns import asks_for_a_second, needs_no_second
from courtyard.households.actions.steps import ask_vanished, import_rows
from courtyard.households.actions.undoing import DAY, forget_undo
from courtyard.households.foreign.opening import sheets_of
from courtyard.households.models import ImportRun
from courtyard.households.queries.plans import Plan, plans
from courtyard.households.queries.preview import reading_of
from courtyard.households.rules.outcome import Outcome
from courtyard.households.rules.roster import Sheet, Taken
from courtyard.households.rules.states import CountersignKind, ImportState
from courtyard.kernel.actors import Actor
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Problem, Refused, refuse
from courtyard.places.models import Place
from courtyard.records.jobs import Cancelled
from courtyard.records.journal import act

# Rows a transaction: well under a second on either database.
STEP = 1000
TRIES = 4
Progress = Callable[[int, int], None]


def import_roster(
    *,
    file: Path,
    by: Actor,
    at: datetime,
    village: Place | None = None,
    town: Callable[[], Place | None] | None = None,
    sheets: Sequence[Sheet] | None = None,
    name: str | None = None,
    progress: Progress | None = None,
    command: UUID | None = None,
) -> Outcome:
    """Import a clerk's roster: into `village`, or each visible sheet into the village of its name.

    Bad cells keep their rows out and are named; the rest is taken. The same file again while its run is unfinished
    resumes the run; afterwards it changes nothing. `name` is the clerk's own file name; `progress(done, total)` counts
    rows. `town` gives the town of villages that are new, asked only when the file is known to be a roster; `sheets` are
    the file's, where it was opened before. Refuses files that cannot be opened (households.file_*), sheets that are no village, villages not the actor's.
    """
    outcome = reading_of(sheets if sheets is not None else sheets_of(file, name=name), village)
    todo = plans(outcome, village, by, town=town)
    if not todo:
        return outcome
    sha = _sha256(file)
    root = _root(todo)
    run = begin_import(sha256=sha, place=root, outcome=outcome, by=by, at=at, command=command)
    outcome.run = run.pk
    try:
        counts = _carry_out(run, outcome, todo, by, at, progress)
    except Cancelled:
        cancel_run(run=run, by=by, at=at)
        raise
    _fill(outcome, counts, [plan.name for plan in todo])
    finish_import(run=run, outcome=outcome, by=by, at=at)
    forget_undo(by=by, at=at)
    return outcome


def _carry_out(
    run: ImportRun, outcome: Outcome, todo: list[Plan], by: Actor, at: datetime, progress: Progress | None
) -> Counter[str]:
    """Village by village, step by step; what `progress` raises (a cancelled job) stops between two steps."""
    total, done, counts = len(outcome.reading.taken), 0, Counter[str]()
    for plan in todo:
        for part, start in enumerate(range(0, len(plan.rows), STEP)):
            rows = plan.rows[start : start + STEP]
            counts.update(_step(run, plan, part, rows, by, at))
            done += len(rows)
            if progress:
                progress(done, total)
        answer = ask_vanished(run=run, plan=plan, by=by, at=at)
        counts["asked"] += answer.asked
        outcome.notes.extend(answer.notes)
    return counts


def _step(run: ImportRun, plan: Plan, part: int, rows: list[Taken], by: Actor, at: datetime) -> dict[str, int]:
    """One step; drawn short numbers that another import took in the same moment are drawn again."""
    command = uuid5(run.pk, f"{plan.name}/{part}")
    for left in range(TRIES, 0, -1):
        try:
            return import_rows(run=run, plan=plan, rows=rows, by=by, at=at, command=command)
        except Refused as refused:
            if refused.code != "households.import_conflict" or left == 1:
                raise
    raise AssertionError("unreachable")


def _fill(outcome: Outcome, counts: Counter[str], names: list[str]) -> None:
    for field in ("new", "changed", "unchanged", "asked", "care", "not_lived_in"):
        setattr(outcome, field, counts[field])
    outcome.villages = names
    if counts["ended"]:
        outcome.notes.append(Problem("households.ended_left", {"homes": counts["ended"]}))


def _root(todo: list[Plan]) -> Place:
    """The village of a village's roster, the town of a town's."""
    place = todo[0].village if len(todo) == 1 and todo[0].village else todo[0].town
    if place is None:
        refuse("households.which_town", sheet=todo[0].name)
    return place


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def begin_import(
    *, sha256: str, place: Place, outcome: Outcome, by: Actor, at: datetime, command: UUID | None = None
) -> ImportRun:
    """Begin a run, or find the unfinished one of the same file for the same place (a day long; after that anew)."""
    places = {place.pk, place.town_id or place.pk}
    running = ImportRun.objects.filter(place__in=places, file_sha256=sha256, state=ImportState.RUNNING.value)
    fresh = running.filter(at__gt=at - DAY).order_by("at")
    standing = fresh.first()
    if standing:
        return standing
    run = ImportRun(
        id=uuid7(), place=place, file_sha256=sha256, state=ImportState.RUNNING.value, at=at, by=by.id,
        refused=len({(cell.sheet, cell.row) for cell in outcome.reading.refused}),
        skipped=len(outcome.reading.skipped),
    )  # fmt: skip
    given = {"sha256": sha256, "place": place.pk}
    with act(
        "households.begin_import", by=by, at=at, chain=place.pk, subject=run.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return ImportRun.objects.get(pk=pen.answer["run"])
        # Another process may have begun the same file in this very moment: then both carry one run.
        standing = fresh.first()
        if standing is None:
            running.update(state=ImportState.STOPPED.value)
            run.countersign = asks_for_a_second(pen, CountersignKind.ROSTER, place)
            run.save(force_insert=True)
        pen.answer = {"run": (standing or run).pk, "sha256": sha256}
    return standing or run


def finish_import(*, run: ImportRun, outcome: Outcome, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Close a run with its counts; a run that another process closed meanwhile stays as it is."""
    counts = {"new": outcome.new, "changed": outcome.changed, "unchanged": outcome.unchanged}
    with act(
        "households.finish_import", by=by, at=at, chain=run.place_id, subject=run.pk,
        command=command or uuid5(run.pk, "finish"), given={"run": run.pk},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            open_run = ImportRun.objects.filter(pk=run.pk, state=ImportState.RUNNING.value)
            open_run.update(state=ImportState.DONE.value, **counts)
            if not outcome.new + outcome.changed:
                needs_no_second(pen, run.countersign_id)
            pen.answer = {"run": run.pk, **counts}


def cancel_run(*, run: ImportRun, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """A run that somebody cancelled stops where it is: what is in stays in, and can be taken back within the day."""
    with act(
        "households.cancel_run", by=by, at=at, chain=run.place_id, subject=run.pk,
        command=command or uuid5(run.pk, "cancelled"), given={"run": run.pk},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            open_run = ImportRun.objects.filter(pk=run.pk, state=ImportState.RUNNING.value)
            open_run.update(state=ImportState.CANCELLED.value)
            pen.answer = {"run": run.pk}
