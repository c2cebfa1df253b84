"""A household's past years on its own page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from courtyard.board import own
from courtyard.board.years import own_years
from courtyard.kernel.days import day_of
from courtyard.people.asked import Asked
from courtyard.people.needs import household_only


@household_only
def years(request: Asked) -> HttpResponse:
    """Every year that is over, the latest first: grades month by month, points in, out and left; nobody else's."""
    home = own.home_of(request)
    facts = {**own.page_facts(home), "years": own_years(home.pk, day_of(request.at).year)}
    return render(request, "board/me_years.html", facts)
