"""Titles: which homes hold one, whose plaque is to be brought or taken down, when each is looked at again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.honours import actions
from courtyard.honours.models import TitleHeld
from courtyard.honours.queries import titles as queries
from courtyard.kernel.days import day_of
from courtyard.office.homes import clear_or_masked
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas

VERB = "lists.publish"
A_PAGE = 50


def _within(request: Asked) -> Any:
    return queries.shelf(areas(request.actor, VERB))


@needs(VERB)
def titles(request: Asked) -> HttpResponse:
    """Every title held in the person's villages, in order of places; a lost one stays until its plaque is down."""
    page = Paginator(_within(request), A_PAGE).get_page(request.GET.get("page"))
    lines = [queries.line(row) for row in page.object_list]
    shown = [(one.row.household_id, one.row.household.head) for one in lines]
    names = clear_or_masked(request, shown, why=_("称号"))
    facts = {
        "lines": [(one, names[one.row.household_id]) for one in lines],
        "pages": page,
        "today": day_of(request.at),
    }
    return render(request, "office/list_titles.html", facts)


def _title(request: Asked, id: UUID) -> TitleHeld:
    found: TitleHeld = get_object_or_404(queries.titles_within(areas(request.actor, VERB)), pk=id)
    return found


@needs(VERB)
@deed(titles)
def title_hung(request: Asked, title: UUID) -> HttpResponse:
    """The plaque was brought to the home."""
    row = _title(request, title)
    actions.hang_plaque(held=row, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("记下了:牌送到了。"))
    return redirect("office:list_titles")


@needs(VERB)
@deed(titles)
def title_removed(request: Asked, title: UUID) -> HttpResponse:
    """The plaque of a title that is held no more was taken down."""
    row = _title(request, title)
    actions.take_plaque_down(held=row, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("记下了:牌取下了。"))
    return redirect("office:list_titles")
