"""The card's page before the PIN, the short number, coming in and going out."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render

from courtyard.board.door import DEVICE, card_words, device_of
from courtyard.households.actions import check_pin
from courtyard.households.actions.pins import Opened
from courtyard.households.queries import by_token
from courtyard.kernel.ids import token as new_token
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, public


def _with_device(request: Asked, response: HttpResponse) -> HttpResponse:
    """Mark the phone, so that its tries are its own and a neighbour's are not counted on it."""
    if not device_of(request):
        response.set_cookie(
            DEVICE, new_token(), timedelta(days=365), samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response


@public
def card_page(request: Asked, token: str) -> HttpResponse:
    """Before the PIN: card name, disclaimer, complaint line and the PIN field, nothing else; a dead card says so."""
    card = by_token(token)
    if card is None:
        return render(request, "board/card_dead.html", status=404)
    facts = {"token": token, "bare": True, **card_words(card.household, request.at)}
    return _with_device(request, render(request, "board/card.html", facts))


@public
@deed(card_page)
def card(request: Asked, token: str) -> HttpResponse:
    """Open the household's page by its card and PIN."""
    return _come_in(request, check_pin(pin=_pin(request), device=_device(request), token=token, at=request.at))


@public
def number_page(request: Asked) -> HttpResponse:
    """Without scanning: the short number on the card, and the PIN."""
    return _with_device(request, render(request, "board/number.html", {"bare": True}))


@public
@deed(number_page)
def number(request: Asked) -> HttpResponse:
    """Open the household's page by short number and PIN."""
    short = forms.text(request, "short").replace(" ", "")
    return _come_in(request, check_pin(pin=_pin(request), device=_device(request), short=short, at=request.at))


@public
def leave(request: Asked) -> HttpResponse:
    """Close the household's page on this phone."""
    if request.method == "POST":
        logout(request)
    return redirect("board:front")


def _pin(request: Asked) -> str:
    return forms.text(request, "pin").replace(" ", "")


def _device(request: Asked) -> str:
    # A phone that keeps no cookie shares one count with all such phones of that household.
    return device_of(request) or "no-cookie"


def _come_in(request: Asked, opened: Opened) -> HttpResponse:
    logout(request)
    request.session["household"] = str(opened.household.pk)
    request.session["card"] = str(opened.card)
    request.session.set_expiry(30 * 60)
    return redirect("board:me")
