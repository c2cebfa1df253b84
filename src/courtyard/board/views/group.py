"""A group's public board: how the group stands, never a table of homes; a kept body under a key (D17)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courtyard.board.kept import Kept
from courtyard.honours.queries.boards import board, board_key
from courtyard.honours.queries.kept import standing
from courtyard.kernel.days import day_of
from courtyard.people.asked import Asked
from courtyard.people.needs import public
from courtyard.places.models import Place
from courtyard.places.queries import complaint_line, full_name

MESSAGES = CookieStorage.cookie_name
BODIES, PAGES = Kept(most=512), Kept(most=512)
# Text sizes beside the normal one (the frame's): each is a kept page of its own, and nobody else's cookie makes more.
LARGER = ("large", "largest")
# Stands in a kept page where each viewer's own form token is put.
TOKEN = "this-viewers-own-form-token"  # noqa: S105  # the place of one, not one


@public
def group(request: Asked, path: str) -> HttpResponse:
    """The board of a group, or of a village: as of today, gone from it the moment an entry is gone.

    Whoever brings no session gets the kept page with a form token of their own (one query); everybody else a page of
    their own around the kept body.
    """
    if _is_like_any_other(request):
        return HttpResponse(_kept(request, path).replace(TOKEN, get_token(request)))
    return HttpResponse(_page(request, path))


def _is_like_any_other(request: Asked) -> bool:
    """Whether nothing on the page but the form token is this viewer's: a stranger's plain look."""
    own = settings.SESSION_COOKIE_NAME in request.COOKIES or MESSAGES in request.COOKIES
    return request.method == "GET" and not own and not request.META.get("QUERY_STRING")


def _kept(request: Asked, path: str) -> str:
    # The key is read before the facts: a page can only be newer than its key, never older.
    found = standing(path)
    if found is None:
        raise Http404
    size = request.COOKIES.get("size", "")
    key = (path, found, day_of(request.at), get_language(), size if size in LARGER else "", request.is_secure())
    return PAGES.get(key, lambda: _page(request, path, csrf_token=TOKEN))


def _page(request: Asked, path: str, **more: str) -> str:
    rows = Place.objects.select_related("town", "village")
    place = get_object_or_404(rows, path=path, kind__in=("group", "village"))
    facts = {
        "place": place,
        "village": place.village or place,
        "title": full_name(place),
        "body": _body(request, place),
        "complaint_line": complaint_line(path),
        **more,
    }
    return render_to_string("board/group.html", facts, request)


def _body(request: Asked, place: Place) -> SafeString:
    day = day_of(request.at)
    village = place.village_id or place.pk
    # The number is read before the facts: a body can only be newer than its key, never older.
    key = (place.pk, board_key(village), day, get_language())
    return mark_safe(  # noqa: S308  # rendered here by a template
        BODIES.get(key, lambda: render_to_string("board/_group.html", {"board": board(place, day), "place": place}))
    )
