"""Homes that came after a round was opened: who they are, taken in one by one; who was taken in, when and by whom."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.households.queries import homes
from courtyard.inspections.actions import include_home
from courtyard.inspections.queries import including as queries
from courtyard.inspections.rules.states import RoundState
from courtyard.office.homes import clear_or_masked
from courtyard.office.views.rounds import round_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs


@needs("rounds.include")
def round_include_page(request: Asked, id: UUID) -> HttpResponse:
    """The homes this round would visit and does not, each with its button; those taken in, the latest first."""
    opened = round_for(request, "rounds.include", id)
    late, done = queries.late_homes(opened), queries.included(opened)
    listed = [*late, *(one.household for one in done)]
    names = clear_or_masked(request, [(home.pk, home.head) for home in listed], why="late homes")
    facts = {
        "round": opened,
        "open": opened.state == RoundState.OPEN.value,
        "late": [(home, names[home.pk]) for home in late],
        "done": [(one, names[one.household.pk]) for one in done],
    }
    return render(request, "office/round_include.html", facts)


@needs("rounds.include")
@deed(round_include_page)
def round_include(request: Asked, id: UUID) -> HttpResponse:
    """Take one of them in; the paper sheets that are printed already do not have it."""
    opened = round_for(request, "rounds.include", id)
    # Of another village or ended: the same as a home that does not exist.
    home = get_object_or_404(
        homes([opened.village.path]), pk=forms.as_id(forms.wanted(request, "home", _("哪一户")), "home")
    )
    include_home(opened=opened, household=home, by=request.actor, at=request.at, command=forms.command(request))
    said = _("%(code)s 加进这一轮了,排在%(group)s的最后。已经打印的评分表上没有这一户,请把这个组的再打印一次。")
    messages.success(request, said % {"code": home.code, "group": home.group.name})
    return redirect("office:round_include", id=id)
