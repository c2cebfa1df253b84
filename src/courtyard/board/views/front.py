"""The front page, the rules in plain language, what happens with personal data."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from courtyard.households.queries import covenant_of
from courtyard.inspections.queries.revisits import reply_shares, spot_results
from courtyard.kernel.days import day_of
from courtyard.outreach.gathering_schemes import printed_scheme
from courtyard.people.asked import Asked
from courtyard.people.needs import public
from courtyard.places.models import Place
from courtyard.places.queries import complaint_line, places
from courtyard.points.queries.adjustments import adjusted
from courtyard.points.queries.village import published_months
from courtyard.rating.queries import in_force
from courtyard.rating.rules.plain import plain_language


@public
def front(request: Asked) -> HttpResponse:
    """Two ways in, household and staff, and the villages whose boards hang here."""
    return render(request, "board/front.html", {"villages": places([""], "village").select_related("town")})


@public
def village(request: Asked, path: str) -> HttpResponse:
    """A village's groups, how far spot checks agree and what re-visits heard, its points, its rules; no names."""
    found = get_object_or_404(Place.objects.select_related("town"), path=path, kind="village")
    facts: dict[str, Any] = {
        "village": found,
        "groups": places([path], "group"),
        "complaint_line": complaint_line(path),
    }
    facts["covenant"] = covenant_of(found)
    facts["spot"] = next(iter(spot_results([path], most=1)), None)
    facts["shares"] = reply_shares(found.pk, day_of(request.at))
    facts["last"], facts["month"] = published_months(found.pk, day_of(request.at))
    facts["adjusted"] = adjusted(found.pk, facts["last"].since)
    return render(request, "board/village.html", facts)


@public
def rules(request: Asked, path: str) -> HttpResponse:
    """The scheme in force at a place, in plain language, clause by clause."""
    place = get_object_or_404(Place.objects.select_related("town", "village"), path=path, kind__in=("town", "village"))
    found = in_force(place, day_of(request.at))
    if found is None:
        raise Http404
    facts = {
        "place": place,
        "adoption": found.adoption,
        "version": found.version,
        "page": plain_language(found.document),
        "complaint_line": complaint_line(path),
    }
    return render(request, "board/rules.html", facts)


@public
def leaflet(request: Asked, path: str) -> HttpResponse:
    """The same as a leaflet to print and hang up."""
    place = get_object_or_404(Place.objects.select_related("town", "village"), path=path, kind__in=("town", "village"))
    day = day_of(request.at)
    found = in_force(place, day)
    if found is None:
        raise Http404
    answer = HttpResponse(printed_scheme(place, found.adoption, day), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="leaflet.pdf"'
    return answer


@public
def privacy(request: Asked) -> HttpResponse:
    """What is kept about a household, why, how long, and who may see it."""
    return render(request, "board/privacy.html")
