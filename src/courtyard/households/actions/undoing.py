"""An import taken back within a day: new households go, changed ones get back what stood before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from courtyard.households.actions.countersigns import needs_no_second
from courtyard.households.models import Care, Household, ImportLine, ImportRun, Question
from courtyard.households.rules.states import CareState, ImportState, QuestionKind, QuestionState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records.journal import act

DAY = timedelta(hours=24)
STEP = 1000


def undo_import(*, run: ImportRun, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Take an import back, village by village; returns how many households it touched. Villages and groups it made stay.

    Refuses after a day, a run already undone, and a run whose households were changed or used since: then nothing
    is taken back. Killed in the middle and called again it goes on.
    """
    refuse_if(may(by, "households.import", run.place.path))
    if run.state == ImportState.UNDONE.value:
        refuse("households.undone_already")
    if at - run.at > DAY:
        refuse("households.undo_too_late")
    lines = ImportLine.objects.filter(run=run)
    changed_since = [id for id, number, now in _numbers(run) if number != now]
    if changed_since:
        refuse("households.changed_since", homes=len(changed_since))
    if _used(run):
        refuse("households.used_since")
    touched = lines.count()
    villages = Place.objects.filter(pk__in=lines.values("household__village")).order_by("path")
    for village in list(villages.values_list("pk", flat=True)):
        while batch := list(lines.filter(household__village=village).select_related("household")[:STEP]):
            _undo_step(run, village, batch, by, at)
    with act(
        "households.undo_import", by=by, at=at, chain=run.place_id, subject=run.pk,
        command=command or uuid5(run.pk, "undone"), given={"run": run.pk},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            ImportRun.objects.filter(pk=run.pk).update(state=ImportState.UNDONE.value)
            needs_no_second(pen, run.countersign_id)
            pen.answer = {"households": touched}
    run.refresh_from_db()
    return touched


def _used(run: ImportRun) -> bool:
    """Whether anything outside this import's own traces points at a household it made: cards, visits, kin, points …"""
    new = ImportLine.objects.filter(run=run, was_new=True).values("household")
    if Care.objects.filter(household__in=new).exclude(state=CareState.PROPOSED.value).exists():
        return True
    for model, field in _pointing_at_households():
        if model not in (Care, Question, ImportLine) and model.objects.filter(**{f"{field}__in": new}).exists():
            return True
    return ImportLine.objects.filter(household__in=new).exclude(run=run).exists()


def _pointing_at_households() -> list[tuple[Any, str]]:
    """(model, field) of every table that points at a household, those without a name for the way back as well."""
    fields: list[Any] = list(Household._meta.get_fields(include_hidden=True))
    back = [one for one in fields if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)]
    return [(one.related_model, one.field.name) for one in back]


def _numbers(run: ImportRun) -> list[tuple[UUID, int, int]]:
    rows = ImportLine.objects.filter(run=run).values_list("household", "before", "household__changed")
    return [(id, json.loads(before)["number"], now) for id, before, now in rows]


def _undo_step(run: ImportRun, village: UUID, lines: Sequence[ImportLine], by: Actor, at: datetime) -> None:
    new = [line.household_id for line in lines if line.was_new]
    old = [line for line in lines if not line.was_new]
    with act("households.undo_step", by=by, at=at, chain=village, subject=run.pk, pulls=True) as pen:
        homes = []
        for line in old:
            before = json.loads(line.before)
            home = line.household
            for name in ("head", "initials", "people", "bay", "door", "phone_key", "phone_index", "last_four_index"):
                setattr(home, name, before[name])
            sealed = before["phone_sealed"]
            home.phone_sealed = bytes.fromhex(sealed) if sealed else None
            home.group_id = UUID(before["group_id"])
            home.changed = pen.number
            homes.append(home)
        fields = ["group", "head", "initials", "people", "bay", "door", "phone_sealed", "phone_key", "phone_index"]
        Household.objects.bulk_update(homes, [*fields, "last_four_index", "changed"], batch_size=200)
        ImportLine.objects.filter(pk__in=[line.pk for line in lines]).delete()
        Care.objects.filter(household__in=new, state=CareState.PROPOSED.value).delete()
        Question.objects.filter(household__in=new).delete()
        Question.objects.filter(other__in=new).delete()
        Household.objects.filter(pk__in=new).delete()
        kinds = (QuestionKind.VANISHED.value, QuestionKind.LIVING.value)
        asked = Question.objects.filter(household__village=village, kind__in=kinds, asked=day_of(run.at))
        asked.filter(state=QuestionState.OPEN.value).delete()
        pen.answer = {"removed": len(new), "restored": len(old)}


def forget_undo(*, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Erase what imports older than a day kept for undoing (names and phones as they stood before)."""
    due = ImportLine.objects.filter(run__at__lt=at - DAY)
    erased = 0
    for run in list(ImportRun.objects.filter(pk__in=due.values("run")).order_by("at")):
        while ids := list(due.filter(run=run).values_list("pk", flat=True)[:STEP]):
            with act("households.forget_undo", by=by, at=at, chain=run.place_id, subject=run.pk) as pen:
                pen.erases("kept_a_day")
                ImportLine.objects.filter(pk__in=ids).delete()
                pen.answer = {"erased": len(ids)}
            erased += len(ids)
    return erased
