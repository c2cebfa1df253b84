"""A group's public board: how the group stands, never a table of homes; a kept body under a key (D17)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courtyard.board.kept import Kept
from courtyard.honours.queries.boards import board, board_key
from courtyard.kernel.days import day_of
from courtyard.people.asked import Asked
from courtyard.people.needs import public
from courtyard.places.models import Place
from courtyard.places.queries import complaint_line, full_name

BODIES = Kept(most=512)


@public
def group(request: Asked, path: str) -> HttpResponse:
    """The board of a group, or of a village: as of today, gone from it the moment an entry is gone."""
    rows = Place.objects.select_related("town", "village")
    place = get_object_or_404(rows, path=path, kind__in=("group", "village"))
    facts = {
        "place": place,
        "village": place.village or place,
        "title": full_name(place),
        "body": _body(request, place),
        "complaint_line": complaint_line(path),
    }
    return render(request, "board/group.html", facts)


def _body(request: Asked, place: Place) -> SafeString:
    day = day_of(request.at)
    village = place.village_id or place.pk
    # The number is read before the facts: a body can only be newer than its key, never older.
    key = (place.pk, board_key(village), day, get_language())
    return mark_safe(  # noqa: S308  # rendered here by a template
        BODIES.get(key, lambda: render_to_string("board/_group.html", {"board": board(place, day), "place": place}))
    )
