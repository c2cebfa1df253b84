"""A household says that it cannot do it alone, or that help is not needed any more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from courtyard.board import own
from courtyard.board.views.home import me_page
from courtyard.honours import actions
from courtyard.honours.models import HelpTask
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, household_only


@household_only
@deed(me_page)
def alone(request: Asked) -> HttpResponse:
    """我一个人弄不动: help is owed, and nothing is published until it was given."""
    asked = actions.say_cannot_alone(
        household=own.home_of(request), by=request.actor, at=request.at, command=forms.command(request)
    )
    words = _("记下了,村里安排人来帮。帮好以前什么也不公示。")
    messages.success(request, words if asked.new else _("早就记下了,正在等人来帮。"))
    return redirect("board:me")


@household_only
@deed(me_page)
def no_help(request: Asked, task: UUID) -> HttpResponse:
    """The household says help is not needed any more."""
    actor: Any = request.actor
    rows = HelpTask.objects.select_related("group", "household")
    found = get_object_or_404(rows, pk=task, household=actor.id)
    actions.end_help(task=found, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("记下了:不用帮了。"))
    return redirect("board:me")
