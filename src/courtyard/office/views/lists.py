"""The lists' desk: what waits for whom, the red list's second person, posters for the board, the paste tasks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtyard.honours import actions
from courtyard.honours.models import PasteTask
from courtyard.honours.queries.entries import Case
from courtyard.honours.queries.grade_objections import waiting_answers
from courtyard.honours.queries.named import named_list
from courtyard.honours.queries.work import lists_page, red_list
from courtyard.honours.rules.states import ListingState
from courtyard.inspections.queries.rounds import rounds
from courtyard.kernel.days import day_of
from courtyard.office.answers import pdf, png
from courtyard.office.homes import clear_or_masked
from courtyard.office.scope import place_for, places_for
from courtyard.outreach import gathering_lists as gathering
from courtyard.outreach.papers import render as press
from courtyard.outreach.papers import render_png
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas, may
from courtyard.places.queries import full_name, within

# Paper → what gathers its facts, its name, whether it may be a picture for a group chat.
PAPERS: dict[str, tuple[Callable[..., Any], Any, bool]] = {
    "red_poster": (gathering.red_poster_of, gettext_lazy("红榜"), True),
    "black_poster": (gathering.black_poster_of, gettext_lazy("待整改"), False),
    "group_board": (gathering.group_board_of, gettext_lazy("公示栏"), True),
}


def _names(request: Asked, cases: Sequence[Case], why: str) -> dict[UUID, str]:
    homes = [one.listing.household for one in cases]
    return clear_or_masked(request, [(home.pk, home.head) for home in homes], why=why)


@needs("lists.see")
def lists(request: Asked) -> HttpResponse:
    """What the lists ask for today, most urgent first; an honest empty page where nothing does."""
    mine, today = areas(request.actor, "lists.see"), day_of(request.at)
    items, red = lists_page(mine, today)
    names = _names(request, [item.case for item in items], _("红黑榜办理"))
    facts = {
        "rows": [(item, names[item.case.listing.household_id]) for item in items],
        "red": red,
        "boards": places_for(request, "lists.see", "group", "village"),
        "may_publish": areas(request.actor, "lists.publish"),
        "objections": len(waiting_answers(areas(request.actor, "marks.review"), today)),
    }
    return render(request, "office/lists.html", facts)


@needs("lists.publish")
def list_red_page(request: Asked, round: UUID) -> HttpResponse:
    """A round's red candidates before the second person confirms them."""
    found = get_object_or_404(rounds(areas(request.actor, "lists.publish")), pk=round)
    cases = red_list(found.pk, day_of(request.at))
    names = _names(request, cases, _("红榜确认"))
    facts = {
        "round": found,
        "rows": [(one, names[one.listing.household_id]) for one in cases],
        "waiting": any(one.listing.state == ListingState.CANDIDATE.value for one in cases),
    }
    return render(request, "office/list_red.html", facts)


@needs("lists.publish")
@deed(list_red_page)
def list_red(request: Asked, round: UUID) -> HttpResponse:
    """Publish the red list, all but those left out."""
    found = get_object_or_404(rounds(areas(request.actor, "lists.publish")), pk=round)
    left_out = [forms.as_id(text, _("不上榜的户")) for text in request.POST.getlist("leave_out")]
    count = actions.enter_red(
        closed=found, leave_out=left_out, by=request.actor, at=request.at, command=forms.command(request)
    )
    messages.success(request, _("红榜公示了,共 %(n)s 户。") % {"n": count})
    return redirect("office:lists")


@needs("lists.see")
def list_board(request: Asked, place: UUID) -> HttpResponse:
    """One board: what can be printed for it, and its page."""
    found = place_for(request, "lists.see", place, "group", "village")
    prints = may(request.actor, "papers.print", found.path) is None
    papers = [(name, words, picture) for name, (_gather, words, picture) in PAPERS.items()] if prints else []
    return render(request, "office/list_board.html", {"place": found, "title": full_name(found), "papers": papers})


@needs("papers.print")
def list_print(request: Asked, place: UUID, paper: str, kind: str) -> HttpResponse:
    """A poster as PDF, or as a picture where that may leave the board."""
    found = place_for(request, "papers.print", place, "group", "village")
    if paper not in PAPERS or kind not in ("pdf", "png"):
        raise Http404
    gather, words, picture = PAPERS[paper]
    name = f"{full_name(found)}{words}"
    if kind == "pdf":
        if paper == "black_poster" and (named := named_list(found, day_of(request.at))):
            clear_or_masked(request, [(home.household, home.head) for home in named.homes], why=_("印本组黑榜"))
        return pdf(press(paper, gather(found, day_of(request.at))).pdf, f"{name}.pdf")
    if not picture:
        raise Http404
    facts = gathering.red_poster_of(found, day_of(request.at), wide=True) if paper == "red_poster" else None
    return png(render_png(paper, facts or gather(found, day_of(request.at))), f"{name}.png")


@needs("lists.publish")
def list_paste_page(request: Asked, task: UUID) -> HttpResponse:
    """The task stands on the work list."""
    return lists(request)


@needs("lists.publish")
@deed(list_paste_page)
def list_paste(request: Asked, task: UUID) -> HttpResponse:
    """Somebody pasted 已整改 over the entry."""
    rows = PasteTask.objects.filter(within(areas(request.actor, "lists.publish"), "listing__group__path"))
    found = get_object_or_404(rows.select_related("listing__group"), pk=task)
    actions.paste_done(task=found, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已记下,贴好了。"))
    return redirect("office:lists")
