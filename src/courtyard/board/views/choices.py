"""What a household chooses on its own page: messages, the covenant it knows, and that it never asked for a new PIN."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.board import own
from courtyard.board.views.home import points_page, rights_page
from courtyard.households import actions, queries
from courtyard.households.rules.states import MessageConsent
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, household_only, public
from courtyard.places.models import Place
from courtyard.places.queries import complaint_line


@public
def covenant(request: Asked, path: str) -> HttpResponse:
    """The covenant a place goes by, as its assembly passed it."""
    place = get_object_or_404(Place.objects.select_related("town", "village"), path=path, kind__in=("town", "village"))
    found = queries.covenant_of(place)
    if found is None:
        raise Http404
    facts = {
        "place": place,
        "covenant": found,
        "lines": found.text.split("\n"),
        "complaint_line": complaint_line(path),
    }
    return render(request, "board/covenant.html", facts)


@household_only
@deed(rights_page)
def me_messages(request: Asked) -> HttpResponse:
    """The household says whether it wants messages."""
    chosen = MessageConsent(forms.one_of(request, "messages", _("消息"), MessageConsent.codes()))
    actions.consent_messages(
        household=own.home_of(request), messages=chosen, by=request.actor, at=request.at,
        command=forms.command(request),
    )  # fmt: skip
    messages.success(request, _("已经记下。"))
    return redirect("board:rights")


@household_only
@deed(rights_page)
def me_covenant(request: Asked) -> HttpResponse:
    """The household says that it knows the version in force; nothing depends on it."""
    home = own.home_of(request)
    found = queries.covenant_of(home.village)
    if found is None:
        raise Http404
    actions.know_covenant(
        household=home, covenant=found, by=request.actor, at=request.at, command=forms.command(request)
    )
    messages.success(request, _("已经记下:知晓第 %(n)s 版。") % {"n": found.version})
    return redirect("board:rights")


@household_only
@deed(points_page)
def me_no_reset(request: Asked, id: UUID) -> HttpResponse:
    """The household never asked for a new PIN: the old one stands."""
    home = own.home_of(request)
    reset = get_object_or_404(
        queries.resets_of(home.pk).select_related("household__group", "place"), pk=id, household=home
    )
    actions.answer_pin_reset(
        reset=reset, confirmed=False, by=request.actor, at=request.at, command=forms.command(request)
    )
    messages.success(request, _("已经记下,没有重设,原来的密码照旧。"))
    return redirect("board:points")
