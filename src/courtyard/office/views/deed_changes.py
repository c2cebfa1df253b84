"""One deed: what it counts and why; what is said of it afterwards, and the answer of another level."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.inspections.actions.deed_changes import answer_deed, say_of_deed
from courtyard.inspections.models import Deed
from courtyard.inspections.queries import deeds as queries
from courtyard.inspections.queries.deed_pages import deed_told
from courtyard.inspections.rules.deeds import ChangeKind, ChangeState
from courtyard.kernel.days import day_of
from courtyard.office.homes import clear_or_masked
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed as deed_of
from courtyard.people.needs import needs
from courtyard.people.queries import names
from courtyard.people.rules import areas
from courtyard.places.queries import holidays

SAYING = {
    ChangeKind.MENDED: "points.propose",
    ChangeKind.MISTAKEN: "points.propose",
    ChangeKind.OBJECTION: "lists.object",
}


def _row(request: Asked, verb: str, id: UUID) -> Deed:
    return get_object_or_404(queries.deeds(areas(request.actor, verb)), pk=id)


@needs("points.see")
def deed(request: Asked, deed: UUID) -> HttpResponse:
    """What a deed was and counts, what was said of it, and what can be said of it now."""
    row = _row(request, "points.see", deed)
    told = deed_told(row, holidays())
    shown = clear_or_masked(request, [(row.household_id, row.household.head)], why=_("事项"))
    who = names([one for one in (row.proposed_by, row.decided_by) if one])
    facts = {
        "row": row,
        "told": told,
        "name": shown[row.household_id],
        "proposed_by": who.get(row.proposed_by, ""),
        "decided_by": who.get(row.decided_by, "") if row.decided_by else "",
        "kinds": [(kind.value, kind.label) for kind in told.kinds if _may(request, row, SAYING[kind])],
        "waiting": [one for one in told.changes if one.state is ChangeState.ASKED],
        "may_answer": _may(request, row, "points.adjust"),
        "answers": [("yes", _("按说的办")), ("no", _("维持原样"))],
        "today": day_of(request.at),
    }
    return render(request, "office/deed.html", facts)


def _may(request: Asked, row: Deed, verb: str) -> bool:
    return queries.deeds(areas(request.actor, verb)).filter(pk=row.pk).exists()


def _say(request: Asked, id: UUID, kind: ChangeKind) -> HttpResponse:
    row = _row(request, "points.see", id)
    say_of_deed(
        deed=row,
        kind=kind,
        words=forms.text(request, "words"),
        day=forms.day(request, "day", _("哪天改好的")) if kind is ChangeKind.MENDED else None,
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("已记下,等另一级的同志答复。"))
    return redirect("office:deed", deed=row.pk)


@needs("points.propose")
@deed_of(deed)
def deed_say(request: Asked, deed: UUID) -> HttpResponse:
    """It was put right, or written down wrongly."""
    asked = (ChangeKind.MENDED.value, ChangeKind.MISTAKEN.value)
    return _say(request, deed, ChangeKind(forms.one_of(request, "kind", _("说的是什么"), asked)))


@needs("points.propose")
@deed_of(deed)
def deed_object(request: Asked, deed: UUID) -> HttpResponse:
    """The household told somebody with a duty that it does not agree."""
    return _say(request, deed, ChangeKind.OBJECTION)


@needs("points.adjust")
@deed_of(deed)
def deed_answer(request: Asked, deed: UUID) -> HttpResponse:
    """Answer what was said of it."""
    row = _row(request, "points.adjust", deed)
    change = get_object_or_404(
        queries.changes(areas(request.actor, "points.adjust")),
        deed=row.pk,
        pk=forms.as_id(forms.text(request, "change"), "change"),
    )
    answer_deed(
        change=change,
        granted=forms.one_of(request, "answer", _("怎么办"), ("yes", "no")) == "yes",
        words=forms.text(request, "words"),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("已答复,农户在自己的页面上看得到。"))
    return redirect("office:deed", deed=row.pk)
