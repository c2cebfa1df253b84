"""Cards: issued for a village or group, printed, handed over with a PIN, lost and made anew, declined."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.honours.actions import leave_lists
from courtyard.households import actions, queries
from courtyard.households.rules.states import MessageConsent, RedNameConsent
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.office.answers import pdf
from courtyard.office.homes import home_for, shown
from courtyard.office.scope import place_for, places_for
from courtyard.office.views.households import household
from courtyard.outreach.gathering import cards_of
from courtyard.outreach.papers import render as press
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas


@needs("cards.issue")
def cards(request: Asked) -> HttpResponse:
    """How many homes of each village and group have a card, and which cards are still in the drawer."""
    rows = list(places_for(request, "cards.issue", "village", "group"))
    counts = queries.card_counts(areas(request.actor, "cards.issue"))
    return render(request, "office/cards.html", {"rows": [(row, counts.get(row.pk)) for row in rows]})


@needs("cards.issue")
@deed(cards)
def cards_issue(request: Asked) -> HttpResponse:
    """Issue a card to every home of a village or group that takes part and has none."""
    place = place_for(request, "cards.issue", forms.wanted(request, "place", _("哪里的")), "village", "group")
    made = actions.issue_cards(place=place, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("%(place)s:新发 %(n)s 张卡。") % {"place": place.name, "n": made})
    return redirect("office:cards")


@needs("cards.issue")
def cards_print(request: Asked, place: UUID) -> HttpResponse:
    """The cards of a village or group as A4 sheets with cut marks; `part` is the file of at most 2,000."""
    found = place_for(request, "cards.issue", place, "village", "group")
    part = request.GET.get("part", "1")
    files = list(cards_of(found, day_of(request.at)))
    if not (part.isascii() and part.isdigit() and 1 <= int(part) <= len(files)):
        refuse("outreach.no_cards")
    printed = press("cards", files[int(part) - 1])
    return pdf(printed.pdf, f"{found.name}-卡-{part}.pdf")


@needs("cards.issue")
def card_print(request: Asked, id: UUID) -> HttpResponse:
    """One household's card on its own sheet."""
    home = home_for(request, "cards.issue", id)
    files = list(cards_of(home.group, day_of(request.at), household=home.pk))
    if not files:
        refuse("outreach.no_cards")
    return pdf(press("cards", files[0]).pdf, f"{home.code}-卡.pdf")


@needs("cards.issue")
def card_hand_over_page(request: Asked, id: UUID) -> HttpResponse:
    """The card goes over against a signature: the household types a PIN twice itself and says what it chooses; the same
    page sets the PIN of a household whose signed sheet was typed before."""
    home = home_for(request, "cards.issue", id)
    card = queries.live_card(home.pk)
    over = card is not None and card.handed_over is not None
    facts = {
        "home": home,
        "row": shown(request, [home], why="card hand-over")[0],
        "card": card,
        "pin_stands": queries.has_pin(home.pk),
        # Nothing is chosen beforehand; where the sheet was typed already, what it says stands.
        "chosen": home if over else None,
        "consents": RedNameConsent.choices(),
        "message_consents": MessageConsent.choices(),
        "covenant": queries.covenant_of(home.group),
    }
    return render(request, "office/card_hand_over.html", facts)


@needs("cards.issue")
@deed(card_hand_over_page)
def card_hand_over(request: Asked, id: UUID) -> HttpResponse:
    """Set the PIN and the consent, and note the day."""
    home = home_for(request, "cards.issue", id)
    pin = request.POST.get("pin", "")
    if pin != request.POST.get("pin_again", ""):
        refuse("people.pins_differ")
    if not pin and not queries.has_pin(home.pk):
        refuse("households.pin_shape")
    told = request.POST.get("covenant") == "yes"
    actions.hand_over_card(
        household=home,
        pin=pin,
        red_name=RedNameConsent(forms.one_of(request, "red_name", _("红榜名字"), RedNameConsent.codes())),
        messages=MessageConsent(forms.one_of(request, "messages", _("消息"), MessageConsent.codes())),
        covenant=queries.covenant_of(home.group) if told else None,
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("卡已交到手,密码已设好。") if pin else _("卡已交到手。"))
    return redirect("office:household", id=id)


@needs("cards.issue")
@deed(household)
def card_reissue(request: Asked, id: UUID) -> HttpResponse:
    """Lost: the old card is dead at once, a new one is made."""
    home = home_for(request, "cards.issue", id)
    actions.reissue_card(household=home, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("旧卡已挂失,马上不能用了。新卡请打印出来交到手;设过密码的,密码要两个人重设。"))
    return redirect("office:household", id=id)


@needs("cards.issue")
@deed(household)
def card_decline(request: Asked, id: UUID) -> HttpResponse:
    """The household does not take part; it is never poor for that."""
    home = home_for(request, "cards.issue", id)
    actions.decline_card(household=home, by=request.actor, at=request.at, command=forms.command(request))
    leave_lists(household=home, by=request.actor, at=request.at)
    messages.success(request, _("已记下:这一户不参加。不参加不算差。"))
    return redirect("office:household", id=id)


@needs("cards.issue")
@deed(household)
def card_take_part(request: Asked, id: UUID) -> HttpResponse:
    """A household that had declined takes part again."""
    home = home_for(request, "cards.issue", id)
    actions.take_part(household=home, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已记下:这一户重新参加。请给它发卡。"))
    return redirect("office:household", id=id)
