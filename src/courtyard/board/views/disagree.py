"""A household does not agree: with what was seen or how it was graded; the answers it got, with their reasons."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.board import own
from courtyard.honours.actions import name_correction, raise_objection
from courtyard.honours.queries.grade_objections import correction_standing, of_home
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.kernel.days import day_of
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, household_only
from courtyard.people.said_days import prose


@household_only
def disagree_page(request: Asked) -> HttpResponse:
    """The form, and what became of earlier objections."""
    home = own.home_of(request)
    facts = {
        **own.page_facts(home),
        "rows": of_home(home.pk),
        "correction": correction_standing(home.pk, day_of(request.at)),
    }
    return render(request, "board/me_disagree.html", facts)


@household_only
@deed(disagree_page)
def disagree(request: Asked) -> HttpResponse:
    """Said on the household's own page: an open entry is frozen at once, else the last visit gets an objection."""
    raised = raise_objection(
        household=own.home_of(request),
        channel=ObjectionChannel.PAGE,
        words=forms.wanted(request, "words", _("您的意见")),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    if raised.answer_by is None:
        messages.success(request, _("收到了。关账以后由没有评过的人答复您,答复里写清理由。"))
    else:
        told = {"day": prose(raised.answer_by)}
        messages.success(request, _("收到了,先停下来。最晚 %(day)s 答复您,答复里写清理由。") % told)
    return redirect("board:disagree")


@household_only
@deed(disagree_page)
def correction(request: Asked) -> HttpResponse:
    """The household says whether the correction on the board names it."""
    actor: Any = request.actor
    found = correction_standing(actor.id, day_of(request.at))
    if found is None:
        raise Http404
    named = forms.one_of(request, "named", _("写不写名字"), ("yes", "no")) == "yes"
    name_correction(correction=found, named=named, by=actor, at=request.at, command=forms.command(request))
    messages.success(request, _("记下了:更正里写您家的名字。") if named else _("记下了:更正里不写您家的名字。"))
    return redirect("board:disagree")
