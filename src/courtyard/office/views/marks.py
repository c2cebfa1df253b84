"""One rater's sheet typed from paper: one key a mark, the cursor moves by itself; never another's marks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.honours.actions import decide_late_marks, decide_look
from courtyard.inspections.actions.marks import decide_review, enter_marks, refuse_stray
from courtyard.inspections.models import Round, Visit
from courtyard.inspections.queries import rounds as queries
from courtyard.inspections.queries.marks import MarksRow
from courtyard.inspections.queries.sheets import OpenReview, open_reviews, sheet_rows
from courtyard.inspections.rules.membership import SeatWalk
from courtyard.inspections.rules.states import ReviewReason, RoundKind, RoundState
from courtyard.kernel.days import day_of
from courtyard.office import marks_form
from courtyard.office.homes import clear_or_masked
from courtyard.office.views.rounds import round_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas, may
from courtyard.places.queries import within
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import LOOKED, Area
from courtyard.rating.rules.sheet import sheet


def seat_for(request: Asked, id: UUID, group: UUID, evaluator: UUID) -> tuple[Round, Any]:
    """The round and the evaluator's seat, where the person types from paper or is the evaluator; else 404."""
    opened = round_for(request, "rounds.see", id)
    own = evaluator == request.actor.id and may(request.actor, "marks.own", opened.village.path) is None
    if not own and may(request.actor, "marks.enter", opened.village.path):
        raise Http404
    return opened, get_object_or_404(queries.seats(opened.pk, group), evaluator=evaluator)


@needs("rounds.see")
def marks_page(request: Asked, id: UUID, group: UUID, evaluator: UUID) -> HttpResponse:
    """The sheet in walking order with empty cells; homes that are in are shown in words."""
    opened, seat = seat_for(request, id, group, evaluator)
    asked = sheet(document_of(opened.version))
    rows = sheet_rows(opened.pk, group, evaluator)
    names = clear_or_masked(request, [(row.household, row.head) for row in rows], why="typing marks")
    again = frozenset(request.GET.getlist("again")) | frozenset(request.POST.getlist("again"))
    shown = marks_form.typing_rows(rows, asked, names, request.POST, again)
    facts = {
        "round": opened,
        "seat": seat,
        "sheet": asked,
        "rows": shown,
        "again": again,
        "homes": len(rows),
        "done": sum(row.marks is not None for row in rows),
        "open_rows": sum(row.open for row in shown),
        "day": forms.text(request, "day") or day_of(request.at).isoformat(),
    }
    return render(request, "office/marks.html", facts)


@needs("rounds.see")
@deed(marks_page)
def marks(request: Asked, id: UUID, group: UUID, evaluator: UUID) -> HttpResponse:
    """Take the typed homes in, all or none, and go on to the next rater's sheet of the group."""
    opened, seat = seat_for(request, id, group, evaluator)
    rows = sheet_rows(opened.pk, group, evaluator)
    asked = sheet(document_of(opened.version))
    for stray in marks_form.strays(rows, request.POST):
        refuse_stray(opened, stray)
    typed = marks_form.read(rows, asked, request.POST, forms.day(request, "day", _("评比日期")))
    entered = enter_marks(
        opened=opened,
        evaluator=evaluator,
        sheet=typed,
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    n = len(typed) - sum(row.kin for row in rows) - entered.review
    said = _("%(name)s:录入 %(n)s 户。") % {"name": seat.evaluator.name, "n": n}
    messages.success(request, said + review_said(opened, entered.review))
    return redirect(*_next(opened, group, evaluator, request))


def review_said(opened: Round, waiting: int) -> str:
    """Why some of the marks just taken in do not count yet; empty where all do."""
    if not waiting:
        return ""
    if opened.state == RoundState.CLOSED.value:
        said = _("这一轮已经关账,有 %(n)s 户作为迟到的评分收下,要别人核对后才算。")
    else:
        said = _("有 %(n)s 户和以前录的不一样,两次都收着,要别人核对后才算。")
    return str(said % {"n": waiting})


def _next(opened: Round, group: UUID, evaluator: UUID, request: Asked) -> tuple[Any, ...]:
    """What comes next on the desk of whoever types from paper, else the round: the next rater's sheet of this group;
    where a rater's homes of several groups stand on one sheet (those that lead), the same rater's in the next group."""
    if may(request.actor, "marks.enter", opened.village.path) is None:
        seats = queries.progress(opened.pk)
        now = (group, evaluator)
        walk = next(seat.walk for seat in seats if (seat.group.pk, seat.evaluator) == now)
        for seat in seats:
            here = seat.group.pk == group if walk is SeatWalk.WHOLE else seat.evaluator == evaluator
            if here and seat.walk is walk and seat.typed < seat.homes and (seat.group.pk, seat.evaluator) != now:
                return ("office:marks", opened.pk, seat.group.pk, seat.evaluator)
    return ("office:round", opened.pk)


@needs("marks.review")
def reviews(request: Asked) -> HttpResponse:
    """Marks that do not count until somebody who neither gave nor typed them decides."""
    found = open_reviews(areas(request.actor, "marks.review"))
    names = clear_or_masked(request, [(one.household, one.head) for one in found], why="reviews")
    rows = [(one, names[one.household], ReviewReason(one.reason).label, _choices(one)) for one in found]
    facts = {"rows": rows}
    return render(request, "office/reviews.html", facts)


def _choices(one: OpenReview) -> list[tuple[UUID, str]]:
    document = document_of(one.round.version)
    asked = sheet(document)
    words = {choice.code: choice.name for choice in asked.choices}
    areas_ = {area.code: area for area in document.sheet.areas}
    found = []
    for row in one.choices:
        said = "、".join(
            f"{areas_[area].name} {words.get(value) or asked.said(areas_[area], value)}{_places(areas_[area], value, row)}"
            for area, value in row.given.values
        )
        found.append((row.id, said or row.given.presence.label))
    return found


def _places(area: Area, value: str, row: MarksRow) -> str:
    """What was found and in how many places, where that is what the area is scored by."""
    if value != LOOKED:
        return ""
    names = {picture.code: picture.name for picture in area.pictures}
    seen = [(one, _("当场改好") if one.mended else _("%(n)s 处") % {"n": one.places}) for one in row.given.found]
    told = "、".join(f"{names[one.code]} {said}" for one, said in seen if one.area == area.code)
    return f"({told or _('没有看到要改的')})"


@needs("marks.review")
@deed(reviews)
def review_decide(request: Asked, visit: UUID, evaluator: UUID) -> HttpResponse:
    """Keep one of them, or none."""
    # Decided already or not: a form sent twice gets the first one's answer, a late one the reason.
    found = get_object_or_404(
        Visit.objects.select_related("round").filter(
            within(areas(request.actor, "marks.review"), "round__village__path")
        ),
        pk=visit,
    )
    keep = forms.wanted(request, "keep", _("采用哪一次"))
    # After the close the result, the points and the lists follow the decision.
    decide = decide_late_marks if found.round.state == RoundState.CLOSED.value else decide_review
    if found.round.kind in (RoundKind.RECHECK.value, RoundKind.RECTIFY.value):
        decide = decide_look  # the entry takes the step they ask for
    decide(
        visit=visit,
        evaluator=evaluator,
        keep=None if keep == "none" else forms.as_id(keep, _("采用哪一次")),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("已定下来。"))
    return redirect("office:reviews")
