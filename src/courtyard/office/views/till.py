"""The till, phone-wide: whose card, what goods, PIN, receipt. With the card read the balance is said, else 够 / 不够."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.households.actions import check_pin
from courtyard.households.queries import by_short, by_token
from courtyard.inspections.queries.evenings import fallen_of
from courtyard.kernel.days import day_of
from courtyard.kernel.money import yuan
from courtyard.kernel.problems import refuse
from courtyard.office import counter
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas
from courtyard.points.queries.purse import purse
from courtyard.shop import actions
from courtyard.shop.queries.receipts import days_receipts, of_command, receipt, sums
from courtyard.shop.queries.shelf import shelf, shops
from courtyard.shop.rules.basket import WITHOUT_PIN_A_DAY


@needs("shop.sell")
def till(request: Asked) -> HttpResponse:
    """The shops this person sells in; with one, straight to its till."""
    mine = list(shops(areas(request.actor, "shop.sell")))
    if len(mine) == 1:
        return redirect("office:till_whose", shop=mine[0].pk)
    return render(request, "office/till.html", {"shops": mine})


@needs("shop.sell")
def till_whose_page(request: Asked, shop: UUID) -> HttpResponse:
    """Whose points: a photo of the card's code, or the short number typed."""
    found = counter.shop_for(request, "shop.sell", shop)
    day = days_receipts(found.pk, day_of(request.at))
    facts = {"shop": found, "day": day, "sums": sums(day)}
    return render(request, "office/till_whose.html", facts)


@needs("shop.sell")
@deed(till_whose_page)
def till_whose(request: Asked, shop: UUID) -> HttpResponse:
    """Keep whose till it is, and whether the card itself was read, with this log-in; never in the address."""
    found = counter.shop_for(request, "shop.sell", shop)
    photo = request.FILES.get("photo")
    if photo is not None:
        card = by_token(counter.token_in(photo.read()))
        if card is None:
            refuse("households.card_dead")
        counter.keep(request, found, card.household, card.pk)
    else:
        short = forms.wanted(request, "short", _("短号")).replace(" ", "")
        household = by_short([found.place.path], short)
        if household is None:
            refuse("households.short_unknown")
        counter.keep(request, found, household, None)
    return redirect("office:till_sale", shop=found.pk)


@needs("shop.sell")
def till_sale_page(request: Asked, shop: UUID) -> HttpResponse:
    """The goods with the day's prices; the balance only where the card was read."""
    found = counter.shop_for(request, "shop.sell", shop)
    customer = counter.kept(request, found)
    if customer is None:
        # After a refusal the sentence stands above the question whose turn it is; else there is nothing to say.
        return till_whose_page(request, shop) if request.method == "POST" else redirect("office:till_whose", shop=shop)
    goods = shelf(found.pk, day_of(request.at))
    home = customer.household
    free = max(0, purse(home.pk).free - fallen_of(home.village, home.pk, day_of(request.at)))
    facts: dict[str, Any] = {
        "shop": found,
        "customer": customer,
        "free": free if customer.card else None,
        "goods": [
            (one, counter.typed(request, one.item), one.points is not None and one.points <= free) for one in goods
        ],
        "without_pin": WITHOUT_PIN_A_DAY,
    }
    return render(request, "office/till_sale.html", facts)


@needs("shop.sell")
@deed(till_sale_page)
def till_sale(request: Asked, shop: UUID) -> HttpResponse:
    """Goods against points: prices, stock and points are looked at by the server, all or nothing."""
    found = counter.shop_for(request, "shop.sell", shop)
    customer = counter.kept(request, found)
    wanted = counter.basket_of(request, found, day_of(request.at))
    if customer is None:
        # The same form again after its sale: the answer was lost on the way, the receipt is still there.
        pieces = {one.item: one.pieces for one in wanted}
        done = of_command(found.pk, forms.command(request), pieces) or refuse("shop.nobody_at_the_till")
        return redirect("office:till_receipt", redemption=done)
    pin = forms.text(request, "pin").replace(" ", "")
    if pin:
        device = f"shop:{found.pk.hex}"
        home = customer.household
        check_pin(pin=pin, device=device, short=home.short, town=home.town_id, by=request.actor, at=request.at)
    sold = actions.redeem(
        shop=found,
        household=customer.household,
        lines=wanted,
        pin_ok=bool(pin),
        scanned=customer.card,
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    counter.forget(request)
    return redirect("office:till_receipt", redemption=sold.redemption)


@needs("shop.sell")
def till_receipt_page(request: Asked, redemption: UUID) -> HttpResponse:
    """The receipt, to show and to print."""
    row = counter.redemption_for(request, "shop.sell", redemption)
    return render(request, "office/till_receipt.html", {"receipt": receipt(row.pk), "shop": row.shop})


@needs("shop.sell")
@deed(till_receipt_page)
def till_return(request: Asked, redemption: UUID) -> HttpResponse:
    """Undo a redemption on its day, by a second person."""
    row = counter.redemption_for(request, "shop.sell", redemption)
    points = actions.reverse_redemption(redemption=row, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已退:东西放回货架,%(n)s 分退回农户。") % {"n": points})
    done = receipt(row.pk)
    if done is not None and done.cash_fen:
        messages.success(request, _("收的 %(yuan)s 元现金请当面退还。") % {"yuan": yuan(done.cash_fen)})
    return redirect("office:till_receipt", redemption=row.pk)
