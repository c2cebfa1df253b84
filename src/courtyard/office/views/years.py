"""往年: what a village's year came to, or has come to so far; counts, in order of places, no home by name."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from courtyard.honours.queries.years import year_of, years_of
from courtyard.kernel.days import day_of
from courtyard.office.scope import place_for, places_for
from courtyard.people.asked import Asked
from courtyard.people.needs import needs


@needs("points.see")
def years(request: Asked) -> HttpResponse:
    """The villages of this person in order of places, each with the years in which it closed a round."""
    villages = list(places_for(request, "points.see", "village"))
    found = years_of([village.pk for village in villages])
    rows = [(village, found[village.pk]) for village in villages if village.pk in found]
    return render(request, "office/years.html", {"rows": rows, "running": day_of(request.at).year})


@needs("points.see")
def year(request: Asked, id: UUID, year: int) -> HttpResponse:
    """One village's year; one without a closed round is not there."""
    village = place_for(request, "points.see", id, "village")
    known = years_of([village.pk]).get(village.pk, ())
    if year not in known:
        raise Http404
    facts = {"village": village, "book": year_of(village.pk, year), "others": [one for one in known if one != year]}
    return render(request, "office/year.html", facts | {"running": year >= day_of(request.at).year})
