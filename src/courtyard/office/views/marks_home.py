"""One home a screen, for a phone at the door: large buttons, 保存并下一户; one evaluator's own marks and no others'."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.inspections.actions.marks import enter_marks, refuse_stray
from courtyard.inspections.models import Round
from courtyard.inspections.queries.handing import next_rater
from courtyard.inspections.queries.rounds import progress
from courtyard.inspections.queries.sheets import SheetRow, sheet_rows
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.office import marks_form
from courtyard.office.homes import clear_or_masked
from courtyard.office.views.marks import review_said, seat_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import may
from courtyard.rating.queries import document_of
from courtyard.rating.rules.sheet import ScoreSheet, sheet


def _wanted(request: Asked, rows: list[SheetRow]) -> SheetRow | None:
    """The home the address names, else the first in walking order whose marks are not in."""
    named = request.POST.get("home") or request.GET.get("home")
    waiting = [row for row in rows if not row.kin and row.marks is None]
    return next((row for row in rows if not row.kin and row.household.hex == named), waiting[0] if waiting else None)


@needs("rounds.see")
def marks_home_page(request: Asked, id: UUID, group: UUID, evaluator: UUID) -> HttpResponse:
    """The next home of the walk with empty buttons: nothing is preset, nothing of anybody else is shown."""
    opened, seat = seat_for(request, id, group, evaluator)
    asked, rows = sheet(document_of(opened.version)), sheet_rows(opened.pk, group, evaluator)
    row = _wanted(request, rows)
    shown = None
    if row is not None:
        names = clear_or_masked(request, [(row.household, row.head)], why="marking at the door")
        (shown,) = marks_form.typing_rows([row], asked, names, request.POST, frozenset({row.household.hex}))
    facts = {
        "round": opened,
        "seat": seat,
        "sheet": asked,
        "shown": shown,
        "areas": [(cell, _buttons(cell, asked)) for cell in shown.cells] if shown else [],
        "labels": sum(not one.consent_only for one in asked.choices),
        "homes": sum(not one.kin for one in rows),
        "done": sum(one.marks is not None and not one.kin for one in rows),
        "own": evaluator == request.actor.id,
        "day": forms.text(request, "day") or day_of(request.at).isoformat(),
    }
    return render(request, "office/marks_home.html", facts)


def _buttons(cell: marks_form.Cell, asked: ScoreSheet) -> list[tuple[str, str, bool]]:
    """(key, word, whether it stands below the scheme's own words) of what an area takes."""
    taken = (one for one in asked.choices if cell.area.consent or not one.consent_only)
    return [(one.key, one.name, one.consent_only) for one in taken]


def _refuse_other(request: Asked, opened: Round, rows: list[SheetRow]) -> None:
    """A screen stands for the home it names and never for the next one: another's home, or one of kin, is refused."""
    named = request.POST.get("home", "")
    kin = next((row for row in rows if row.kin and row.household.hex == named), None)
    if kin is not None:
        refuse("inspections.kin_steps_aside", household=kin.code)
    strays = marks_form.strays(rows, request.POST)
    if named and all(row.household.hex != named for row in rows):
        strays.insert(0, forms.as_id(named, _("农户")))
    for stray in strays:
        refuse_stray(opened, stray)


@needs("rounds.see")
@deed(marks_home_page)
def marks_home(request: Asked, id: UUID, group: UUID, evaluator: UUID) -> HttpResponse:
    """Take this home's marks in and go on: to the next of the trio on a shared phone, else to the next home."""
    opened, seat = seat_for(request, id, group, evaluator)
    rows, asked = sheet_rows(opened.pk, group, evaluator), sheet(document_of(opened.version))
    _refuse_other(request, opened, rows)
    row = _wanted(request, rows)
    here = [one for one in rows if one is row or one.kin]
    entered = enter_marks(
        opened=opened,
        evaluator=evaluator,
        sheet=marks_form.read(here, asked, _typed(request, here, asked), forms.day(request, "day", _("评比日期"))),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    said = _("%(name)s:记下了。") % {"name": seat.evaluator.name}
    messages.success(request, said + review_said(opened, entered.review))
    shared = row is not None and may(request.actor, "marks.enter", opened.village.path) is None
    other = next_rater(opened.pk, group, row.visit, row.household) if shared and row else None
    if other is not None and row is not None:
        address = redirect("office:marks_home", id, group, other)
        address["Location"] += f"?home={row.household.hex}"
        return address
    first = _first_waiting(opened.pk, group, evaluator) if shared else evaluator
    return redirect("office:marks_home", id, group, first)


def _typed(request: Asked, rows: list[SheetRow], asked: ScoreSheet) -> Any:
    """What was pressed; one press for the whole home (nobody in, kin) stands for every area."""
    whole = request.POST.get("whole")
    if not whole:
        return request.POST
    post = request.POST.copy()
    for row in rows:
        for unit in asked.units if not row.kin else ():
            post[marks_form.field(row, unit.key)] = whole
    return post


def _first_waiting(round_id: UUID, group: UUID, evaluator: UUID) -> UUID:
    """Whose turn it is at the trio's next home: the first of the panel with a home left, else this one's own end."""
    left = [seat.evaluator for seat in progress(round_id) if seat.group.pk == group and seat.typed < seat.homes]
    return left[0] if left else evaluator
