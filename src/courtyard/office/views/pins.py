"""A household's PIN set anew: the household is there and keys it in itself; somebody else does it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.households import actions, queries
from courtyard.kernel.problems import refuse
from courtyard.office.homes import home_for, shown
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs


@needs("cards.issue")
def card_pin_reset_page(request: Asked, id: UUID) -> HttpResponse:
    """The household keys in its new PIN twice; until a second person has done it, the old one stands."""
    home = home_for(request, "cards.issue", id)
    asked = queries.resets_of(home.pk).filter(state="asked").first()
    facts = {"home": home, "row": shown(request, [home], why="PIN reset")[0], "asked": asked}
    return render(request, "office/card_pin_reset.html", facts)


@needs("cards.issue")
@deed(card_pin_reset_page)
def card_pin_reset(request: Asked, id: UUID) -> HttpResponse:
    """Ask for it; the second person finds it on the own desk."""
    home = home_for(request, "cards.issue", id)
    pin = request.POST.get("pin", "")
    if pin != request.POST.get("pin_again", ""):
        refuse("people.pins_differ")
    actions.ask_pin_reset(
        household=home,
        pin=pin,
        present=request.POST.get("present") == "yes",
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("已记下,等第二个人办:镇里或监督员。办好以前,原来的密码照旧。"))
    return redirect("office:household", id=id)
