"""The leaflet of any version of a scheme: what is read out at the assembly, and hung up once it has passed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from courtyard.kernel.days import day_of
from courtyard.office.answers import pdf
from courtyard.office.scope import places_for
from courtyard.outreach.gathering_schemes import scheme_leaflet_of
from courtyard.outreach.papers import render as press
from courtyard.people.asked import Asked
from courtyard.people.needs import needs
from courtyard.rating import queries

LEVELS = ("town", "village")


@needs("schemes.see")
def scheme_leaflet(request: Asked, version: UUID, path: str) -> HttpResponse:
    """A version for a place: with its resolution where the place runs under it, else as a draft."""
    found = queries.version(version)
    place = get_object_or_404(places_for(request, "schemes.see", *LEVELS), path=path)
    day = day_of(request.at)
    standing = queries.adoptions(place).filter(version=found).first()
    printed = press("scheme_leaflet", scheme_leaflet_of(place, found, standing, day))
    return pdf(printed.pdf, f"{found.title}-第{found.number}版.pdf")
