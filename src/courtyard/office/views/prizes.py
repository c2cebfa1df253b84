"""Prizes: what waits, handed out against a signature; the ranks that waited for a town or for checks; the list to sign."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.honours import actions
from courtyard.honours.models import Prize
from courtyard.honours.queries import prizes as queries
from courtyard.honours.rules.prizes import PrizeState, Taker
from courtyard.inspections.queries.rounds import months_rounds
from courtyard.kernel.days import day_of
from courtyard.office.answers import pdf
from courtyard.office.homes import clear_or_masked
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.outreach.gathering_prizes import prize_list_of
from courtyard.outreach.papers import render as press
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas

VERB = "lists.publish"
A_PAGE = 50


def _within(request: Asked) -> Any:
    return queries.prizes_within(areas(request.actor, VERB))


@needs(VERB)
def prizes(request: Asked) -> HttpResponse:
    """Every prize of the person's villages: those that wait first, then what was handed out; withdrawn ones last."""
    rows = queries.by_state(_within(request))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    lines = queries.lines(page.object_list)
    shown = [(line.prize.household_id, line.prize.household.head) for line in lines]
    names = clear_or_masked(request, shown, why=_("发奖"))
    places = list(places_for(request, VERB, "town", "village"))
    facts = {
        "lines": [(line, names[line.prize.household_id]) for line in lines],
        "pages": page,
        "takers": [(one.value, one.label) for one in Taker],
        "rounds": queries.rounds_with_prizes(_within(request)),
        "count": queries.count_by_state(_within(request)),
        "today": day_of(request.at),
        "waiting": queries.waiting_months(
            months_rounds(areas(request.actor, VERB)), town=any(place.kind == "town" for place in places)
        ),
        "places": labelled(places),
    }
    return render(request, "office/list_prizes.html", facts)


def _prize(request: Asked, id: UUID) -> Prize:
    found: Prize = get_object_or_404(_within(request), pk=id)
    return found


@needs(VERB)
@deed(prizes)
def prize_given(request: Asked, prize: UUID) -> HttpResponse:
    """A home took its prize and signed."""
    row = _prize(request, prize)
    taker = forms.text(request, "taker")
    actions.hand_out_prize(prize=row, taker=taker, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("记下了:已领。记错了,今天可以改回来。"))
    return redirect("office:list_prizes")


@needs(VERB)
@deed(prizes)
def prize_not_given(request: Asked, prize: UUID) -> HttpResponse:
    """It was written down by mistake today."""
    row = _prize(request, prize)
    actions.prize_not_handed_out(prize=row, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("改回来了:还是待发放。"))
    return redirect("office:list_prizes")


@needs(VERB)
@deed(prizes)
def prizes_settle(request: Asked) -> HttpResponse:
    """Tell the prizes of a month that waited for other villages or for checks."""
    place = place_for(request, VERB, forms.wanted(request, "place", _("哪里")), "town", "village")
    month = forms.day(request, "month", _("哪一期"))
    done = actions.settle_prizes(
        place=place, month=month, by=request.actor, at=request.at, command=forms.command(request)
    )
    told = {"won": done.won, "gone": done.withdrawn}
    messages.success(request, _("定下来了:新得奖 %(won)s 份,更正后没有了 %(gone)s 份。") % told)
    return redirect("office:list_prizes")


@needs(VERB)
def prizes_print(request: Asked, round: UUID) -> HttpResponse:
    """The list of a round's prizes to sign, by group and code."""
    rows = list(_within(request).filter(round=round).exclude(state=PrizeState.WITHDRAWN.value))
    if not rows:
        raise Http404
    clear_or_masked(request, [(row.household_id, row.household.head) for row in rows], why=_("发奖签收表"))
    printed = press("prize_list", prize_list_of(rows[0].round, queries.lines(rows), day_of(request.at)))
    return pdf(printed.pdf, f"{rows[0].village.name}-发奖签收表.pdf")
