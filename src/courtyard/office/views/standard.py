"""标准图: the standard in pictures as a print, of a scheme's version and of the scheme an evaluation group works by."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse

from courtyard.kernel.days import day_of
from courtyard.office.answers import pdf
from courtyard.office.scope import places_for
from courtyard.office.views.groups import group_for
from courtyard.outreach.gathering_standard import standard_of
from courtyard.outreach.papers import render as press
from courtyard.outreach.papers.group_board import SIZES
from courtyard.people.asked import Asked
from courtyard.people.needs import needs
from courtyard.places.models import Place
from courtyard.rating import queries
from courtyard.rating.rules.documents import SchemeDocument


@needs("schemes.see")
def scheme_standard(request: Asked, version: UUID) -> HttpResponse:
    """A version's standard, drafts too: a meeting looks at the pictures before it votes. A3, or A4 by `size`.

    It names the topmost place of the person who prints it, whose wall it is for.
    """
    found = queries.version(version)
    place = places_for(request, "schemes.see").first()
    if place is None:
        raise Http404
    return _print(request, queries.document_of(found), place)


@needs("rounds.see")
def group_standard(request: Asked, id: UUID) -> HttpResponse:
    """The standard a group's village is rated by today, for the meeting before a first round. Refuses rating.no_scheme."""
    village = group_for(request, "rounds.see", id).village
    force = queries.must_be_in_force(village, day_of(request.at))
    return _print(request, force.document, village)


def _print(request: Asked, document: SchemeDocument, place: Place) -> HttpResponse:
    made = standard_of(document, place, day_of(request.at), request.GET.get("size", SIZES[0]))
    return pdf(press("standard_pictures", made).pdf, f"{place.name}-标准图.pdf")
