"""Deeds outside a round: recorded here, confirmed by somebody of another level."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.households.queries import homes
from courtyard.inspections.actions import deeds as actions
from courtyard.inspections.models import Deed
from courtyard.inspections.queries import deeds as queries
from courtyard.inspections.rules.deeds import DeedState
from courtyard.kernel.days import day_of
from courtyard.office.homes import clear_or_masked, home_by_number
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed as deed_of
from courtyard.people.needs import needs
from courtyard.people.queries import names
from courtyard.people.rules import areas
from courtyard.places.models import Place
from courtyard.rating.queries import in_force_of

SHOWN = 20


@needs("points.see")
def deeds(request: Asked) -> HttpResponse:
    """What waits for the second person, what was decided lately, and the form of a new one."""
    mine = areas(request.actor, "points.see")
    waiting = list(queries.deeds(mine, DeedState.PROPOSED))
    decided = list(queries.deeds(mine).exclude(state=DeedState.PROPOSED.value).order_by("-decided", "pk")[:SHOWN])
    rows = [*waiting, *decided]
    shown = clear_or_masked(request, [(row.household_id, row.household.head) for row in rows], why=_("事项"))
    people = names([row.proposed_by for row in rows])
    lines = [
        (row, shown[row.household_id], queries.name_of(row), people.get(row.proposed_by, ""), _evidence(row))
        for row in rows
    ]
    villages = list(places_for(request, "points.propose", "village"))
    facts = {
        "waiting": lines[: len(waiting)],
        "decided": lines[len(waiting) :],
        "villages": labelled(villages),
        "items": _items(request, villages),
        "may_confirm": areas(request.actor, "points.adjust"),
        "today": day_of(request.at),
    }
    return render(request, "office/deeds.html", facts)


def _evidence(row: Deed) -> str:
    if row.help:
        return _("帮扶已记下")
    return row.words.text if hasattr(row, "words") else ""


def _items(request: Asked, villages: list[Place]) -> list[tuple[str, str]]:
    """The deeds that schemes in force today know, each once."""
    found: dict[str, str] = {}
    for one in in_force_of(villages, day_of(request.at)).values():
        found |= {
            deed.code: _("%(name)s(%(n)s 分)") % {"name": deed.name, "n": deed.points} for deed in one.document.deeds
        }
    return list(found.items())


@needs("points.propose")
@deed_of(deeds)
def deed_record(request: Asked) -> HttpResponse:
    """Write a deed down; it earns nothing until somebody of another level confirms it."""
    village = place_for(request, "points.propose", forms.wanted(request, "village", _("哪个村")), "village")
    home = home_by_number(homes([village.path]), forms.wanted(request, "home", _("户编号或短号")))
    actions.record_deed(
        village=village,
        household=home,
        item=forms.wanted(request, "item", _("哪一项")),
        day=forms.day(request, "day", _("哪天")),
        evidence=forms.text(request, "evidence"),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("已记下,等镇里或监督员确认以后记分。"))
    return redirect("office:deeds")


def _deed(request: Asked, id: UUID) -> Deed:
    return get_object_or_404(queries.deeds(areas(request.actor, "points.adjust")), pk=id)


@needs("points.adjust")
@deed_of(deeds)
def deed_confirm(request: Asked, deed: UUID) -> HttpResponse:
    """Confirm it as the second person."""
    row = _deed(request, deed)
    got = actions.confirm_deed(deed=row, by=request.actor, at=request.at, command=forms.command(request))
    words = _("已确认,记 %(n)s 分。") % {"n": got.points}
    if got.cut:
        words += _("今年这一项或一共的分快满了,少记 %(n)s 分。") % {"n": got.cut}
    messages.success(request, words)
    return redirect("office:deeds")


@needs("points.adjust")
@deed_of(deeds)
def deed_decline(request: Asked, deed: UUID) -> HttpResponse:
    """Not confirmed: it earns nothing."""
    actions.decline_deed(deed=_deed(request, deed), by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已记下:没有确认,不记分。"))
    return redirect("office:deeds")
