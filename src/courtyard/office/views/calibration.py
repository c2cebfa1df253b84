"""Joint grading before a first round: ten drawn yards, one key a mark, and where the evaluators differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.inspections.actions.calibration import as_values, draw_yards, grade_yards
from courtyard.inspections.models import Calibration
from courtyard.inspections.queries import calibration as queries
from courtyard.inspections.queries.groups import members_of
from courtyard.inspections.rules.calibration import Spread, agreement, word_of
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.office import number_form
from courtyard.office.answers import pdf
from courtyard.office.homes import clear_or_masked
from courtyard.office.views.groups import group, group_for
from courtyard.outreach.gathering_calibration import differences_of, joint_sheets_of
from courtyard.outreach.papers import render as press
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.models import Account
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas, may
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import DECLINED, NOT_APPLICABLE, Area
from courtyard.rating.rules.sheet import NOT_APPLICABLE_SIGN, ScoreSheet, sheet


def calibration_for(request: Asked, verb: str, id: UUID) -> Calibration:
    """The joint grading of this group where the person may do this verb, or 404."""
    return get_object_or_404(queries.calibrations(areas(request.actor, verb)), group=id)


@needs("rounds.open")
@deed(group)
def calibration_draw(request: Asked, id: UUID) -> HttpResponse:
    """Draw the yards of the group in office, once."""
    found = group_for(request, "rounds.open", id)
    draw_yards(village=found.village, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("试评的户抽好了。先打印试评表,大家各评各的。"))
    return redirect("office:calibration", id=id)


@needs("rounds.see")
def calibration(request: Asked, id: UUID) -> HttpResponse:
    """The drawn yards, who has handed in, where they differ: everybody's spread, nobody's sheet but the own."""
    found = calibration_for(request, "rounds.see", id)
    actor, village = request.actor, found.group.village.path
    sheets, yards = queries.handed_in(found), queries.yards_of(found)
    heads = clear_or_masked(request, [(yard.household, yard.head) for yard in yards], why="joint grading")
    spread = queries.spread_of(found, actor.id)
    types = may(actor, "marks.enter", village) is None
    facts = {
        "group": found.group,
        "sheets": [(person, name, done, types or person == actor.id) for person, name, done in sheets],
        "done": sum(done for _person, _name, done in sheets),
        "yards": [(yard, heads[yard.household]) for yard in yards],
        "areas": document_of(found.version).sheet.areas,
        "rows": _by_yard(spread, found) if any(done for _person, _name, done in sheets) else [],
        "agreement": agreement(spread),
        "may_print": may(actor, "papers.print", village) is None,
    }
    return render(request, "office/calibration.html", facts)


def _by_yard(spread: list[Spread], found: Calibration) -> list[tuple[int, list[dict[str, Any]]]]:
    asked = sheet(document_of(found.version))
    words = {choice.code: choice.name for choice in asked.choices}
    areas_ = {area.code: area for area in asked.areas}
    rows: dict[int, list[dict[str, Any]]] = {}
    for one in spread:
        area = areas_[one.area]
        counts = [(words.get(what) or word_of(asked, area, what), count) for what, count in one.counts if count]
        own = words.get(one.own) or word_of(asked, area, one.own)
        cell = {"area": area.name, "counts": counts, "apart": one.apart, "own": own}
        rows.setdefault(one.yard, []).append(cell)
    return list(rows.items())


def _member(request: Asked, id: UUID, evaluator: UUID) -> tuple[Calibration, Account]:
    """The joint grading and one of its evaluators, where the person types from paper or is the evaluator; else 404."""
    found = calibration_for(request, "rounds.see", id)
    village = found.group.village.path
    own = evaluator == request.actor.id and may(request.actor, "marks.own", village) is None
    if not own and may(request.actor, "marks.enter", village):
        raise Http404
    return found, get_object_or_404(members_of(found.group_id), account=evaluator).account


@needs("rounds.see")
def calibration_marks_page(request: Asked, id: UUID, evaluator: UUID) -> HttpResponse:
    """One evaluator's joint sheet: one key a mark, the cursor moves by itself."""
    found, account = _member(request, id, evaluator)
    asked, yards = sheet(document_of(found.version)), queries.yards_of(found)
    heads = clear_or_masked(request, [(yard.household, yard.head) for yard in yards], why="joint grading")
    stands = {n: _keys(asked, row) for n, row in queries.sheet_values(found, evaluator).items()}
    rows = [
        (yard, heads[yard.household], [(unit, f"y-{yard.n}-{unit.key}", _typed(request, stands, yard.n, unit.key))
                                       for unit in asked.units])
        for yard in yards
    ]  # fmt: skip
    facts = {"group": found.group, "evaluator": account, "sheet": asked, "rows": rows, "in": bool(stands)}
    return render(request, "office/calibration_marks.html", facts)


def _typed(request: Asked, stands: dict[int, dict[str, str]], n: int, key: str) -> str:
    return str(request.POST.get(f"y-{n}-{key}", stands.get(n, {}).get(key, "")))


def _keys(asked: ScoreSheet, row: Mapping[str, str]) -> dict[str, str]:
    """A sheet's values as they are typed, cell by cell."""
    keys = {choice.code: choice.key for choice in asked.choices} | {NOT_APPLICABLE: NOT_APPLICABLE_SIGN}
    found: dict[str, str] = {}
    for area in asked.areas:
        units = asked.of(area)
        parts = row.get(area.code, "").split("+")
        parts = parts * len(units) if parts == [DECLINED] else parts
        found |= {unit.key: keys.get(part, part) for unit, part in zip(units, parts, strict=False)}
    return found


@needs("rounds.see")
@deed(calibration_marks_page)
def calibration_marks(request: Asked, id: UUID, evaluator: UUID) -> HttpResponse:
    """Take the sheet in, whole; again puts it right."""
    found, account = _member(request, id, evaluator)
    asked = sheet(document_of(found.version))
    typed = {
        (yard.n, area.code): _label(request, yard, area, asked)
        for yard in queries.yards_of(found)
        for area in asked.areas
    }
    values = as_values({key: label for key, label in typed.items() if label})
    grade_yards(
        calibration=found, evaluator=evaluator, values=values, by=request.actor, at=request.at,
        command=forms.command(request),
    )  # fmt: skip
    messages.success(request, _("%(name)s的试评表录好了。") % {"name": account.name})
    return redirect("office:calibration", id=id)


def _label(request: Asked, yard: queries.Yard, area: Area, asked: ScoreSheet) -> str:
    """What was pressed as the label it stands for, '' where nothing was. Refuses office.unknown_key, .item_missing."""
    if not asked.words_only:
        return number_form.joint_value(asked, area, f"y-{yard.n}-", request.POST, yard.code)
    key = str(request.POST.get(f"y-{yard.n}-{area.code}", "")).strip()
    taken = (choice for choice in asked.choices if area.consent or not choice.consent_only)
    label = next((choice.code for choice in taken if choice.key == key), None)
    if key and label is None:
        refuse("office.unknown_key", household=yard.code, area=area.name, key=key)
    return label or ""


@needs("papers.print")
def calibration_sheets(request: Asked, id: UUID) -> HttpResponse:
    """The joint sheets, one a member: the drawn yards on the front, the drawn examples on the back."""
    found = calibration_for(request, "papers.print", id)
    made = joint_sheets_of(found, day_of(request.at))
    return pdf(press("score_sheets", made).pdf, f"{found.group.village.name}-试评表.pdf")


@needs("papers.print")
def calibration_print(request: Asked, id: UUID) -> HttpResponse:
    """Where they differ, to be talked over at the table."""
    found = calibration_for(request, "papers.print", id)
    return pdf(
        press("calibration", differences_of(found, day_of(request.at))).pdf, f"{found.group.village.name}-试评对照.pdf"
    )
