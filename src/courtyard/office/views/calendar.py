"""下一轮: what the calendar proposes and the one confirmation that opens it, for a village or all of a town's."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.inspections.actions import open_next, open_round
from courtyard.inspections.queries.calendar import following
from courtyard.inspections.rules.calendar import unfit_next
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem, refuse_if
from courtyard.kernel.sentences import say
from courtyard.office.calendar import cards, without
from courtyard.office.scope import place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.places.models import Place


@needs("rounds.open")
def round_next_page(request: Asked) -> HttpResponse:
    """The next round of every village this person keeps, with how many homes it visits; which ones nobody knows yet."""
    villages = list(places_for(request, "rounds.open", "village"))
    towns = places_for(request, "rounds.open", "town") if len(villages) > 1 else []
    today = day_of(request.at)
    found = cards(villages, today, {town.pk: town for town in towns})
    first = next((n for n, card in enumerate(found, start=1) if card.able), 0)
    facts = {"cards": found, "without": without(villages, found), "first": first}
    return render(request, "office/round_next.html", facts)


@needs("rounds.open")
@deed(round_next_page)
def round_next(request: Asked) -> HttpResponse:
    """Open it: the month that was confirmed, a village's or, one by one, that of every village of the town."""
    place = place_for(request, "rounds.open", forms.wanted(request, "place", _("哪里")), "town", "village")
    month = forms.period(request, "month", _("哪个月"))
    if place.kind == "town":
        return _town(request, place, month)
    proposed = following([place], day_of(request.at)).get(place.pk)
    if proposed is not None and proposed.month == month:
        refuse_if(unfit_next(proposed, day_of(request.at)))
    opened = open_round(village=place, month=month, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已开 %(village)s 的一轮。") % {"village": place.name})
    return redirect("office:round", id=opened.pk)


def _town(request: Asked, town: Place, month: date) -> HttpResponse:
    done = open_next(place=town, month=month, by=request.actor, at=request.at)
    stuck = [(village, say(what)) for village, what in done if isinstance(what, Problem)]
    facts = {"place": town, "month": month, "opened": len(done) - len(stuck), "stuck": stuck, "none": not done}
    return render(request, "office/rounds_opened.html", facts)
