"""Shops: goods, dated prices, stock in, loss, count; the stock report beside the movements."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem
from courtyard.office.counter import shop_for
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas
from courtyard.shop import actions, queries
from courtyard.shop.models import Item, Shop
from courtyard.shop.rules.amounts import whole
from courtyard.shop.rules.basket import MOST_PRICE, MOST_STOCK, cash_of

STOCK = {"in": gettext_lazy("进货"), "loss": gettext_lazy("损耗"), "count": gettext_lazy("盘点,架上实有")}


@needs("shop.stock")
def shops(request: Asked) -> HttpResponse:
    """The shops within the person's areas."""
    facts = {
        "shops": queries.shops(areas(request.actor, "shop.stock")),
        "may_keep": areas(request.actor, "shop.keep"),
    }
    return render(request, "office/shops.html", facts)


@needs("shop.keep")
def shop_new_page(request: Asked) -> HttpResponse:
    """A new shop for a village or the town."""
    facts = {"places": labelled(places_for(request, "shop.keep", "village", "town"))}
    return render(request, "office/shop_new.html", facts)


@needs("shop.keep")
@deed(shop_new_page)
def shop_new(request: Asked) -> HttpResponse:
    """Make the shop and go to its shelf."""
    place = place_for(request, "shop.keep", forms.wanted(request, "place", _("给哪里用")), "village", "town")
    shop = actions.make_shop(
        place=place,
        name=forms.wanted(request, "name", _("超市名称")),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    return redirect("office:shop", shop=shop.pk)


@needs("shop.stock")
def shop_page(request: Asked, shop: UUID) -> HttpResponse:
    """The shelf: prices of the day, pieces, and whether the count agrees with the movements."""
    found = shop_for(request, "shop.stock", shop)
    report = {line.item: line for line in queries.stock_report(found.pk)}
    goods = [(one, report[one.item]) for one in queries.shelf(found.pk, day_of(request.at))]
    facts = {"shop": found, "goods": goods, "may_keep": areas(request.actor, "shop.keep")}
    return render(request, "office/shop.html", facts)


@needs("shop.stock")
@deed(shop_page)
def shop_open(request: Asked, shop: UUID) -> HttpResponse:
    """Open the shop, or close it until further notice."""
    found = shop_for(request, "shop.stock", shop)
    wanted = forms.one_of(request, "is_open", _("开门或关门"), ("yes", "no")) == "yes"
    actions.set_open(shop=found, is_open=wanted, by=request.actor, at=request.at, command=forms.command(request))
    return redirect("office:shop", shop=found.pk)


@needs("shop.keep")
def shop_item_new_page(request: Asked, shop: UUID) -> HttpResponse:
    """A new item with its price from today."""
    return render(request, "office/shop_item_new.html", {"shop": shop_for(request, "shop.keep", shop)})


@needs("shop.keep")
@deed(shop_item_new_page)
def shop_item_new(request: Asked, shop: UUID) -> HttpResponse:
    """Put a new item on the shelf."""
    found = shop_for(request, "shop.keep", shop)
    item = actions.add_item(
        shop=found,
        name=forms.wanted(request, "name", _("名称")),
        unit=forms.wanted(request, "unit", _("单位")),
        barcode=forms.text(request, "barcode"),
        **_price(request),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    return redirect("office:shop_item", shop=found.pk, item=item.pk)


def _item(request: Asked, verb: str, shop: UUID, item: UUID) -> tuple[Shop, Item]:
    found = shop_for(request, verb, shop)
    return found, get_object_or_404(Item.objects.select_related("shop__place"), pk=item, shop=found)


@needs("shop.stock")
def shop_item_page(request: Asked, shop: UUID, item: UUID) -> HttpResponse:
    """One item: what came, what went, what lies there, its prices."""
    found, row = _item(request, "shop.stock", shop, item)
    facts = {
        "shop": found,
        "item": row,
        "line": next(line for line in queries.stock_report(found.pk) if line.item == row.pk),
        "moves": queries.movements(row.pk)[:50],
        "prices": queries.dated_prices(row.pk),
        "kinds": list(STOCK.items()),
        "today": day_of(request.at),
        "may_keep": areas(request.actor, "shop.keep"),
    }
    return render(request, "office/shop_item.html", facts)


@needs("shop.stock")
@deed(shop_item_page)
def shop_stock(request: Asked, shop: UUID, item: UUID) -> HttpResponse:
    """Goods came, were lost, or were counted; a count books only the difference."""
    found, row = _item(request, "shop.stock", shop, item)
    kind = forms.one_of(request, "kind", _("办哪一样"), STOCK)
    shared: dict[str, Any] = {"item": row, "by": request.actor, "at": request.at, "command": forms.command(request)}
    if kind == "count":
        counted = forms.number(request, "pieces", _("件数"), most=MOST_STOCK)
        actions.count_stock(counted=counted, **shared)
    elif kind == "loss":
        actions.record_loss(pieces=_whole(request, "pieces", MOST_STOCK), **shared)
    else:
        actions.receive_stock(pieces=_whole(request, "pieces", MOST_STOCK), **shared)
    messages.success(request, _("已记下。"))
    return redirect("office:shop_item", shop=found.pk, item=row.pk)


@needs("shop.keep")
@deed(shop_item_page)
def shop_price(request: Asked, shop: UUID, item: UUID) -> HttpResponse:
    """A new price from a day on; earlier sales keep theirs."""
    found, row = _item(request, "shop.keep", shop, item)
    actions.set_price(
        item=row,
        **_price(request),
        since=forms.day(request, "since", _("从哪天起")),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("新价已记下。"))
    return redirect("office:shop_item", shop=found.pk, item=row.pk)


def _whole(request: Asked, name: str, most: int) -> int:
    number = whole(request.POST.get(name, ""), most)
    if isinstance(number, Problem):
        number.refuse()
    return number


def _price(request: Asked) -> dict[str, Any]:
    """Points and the cash beside them, as typed; 0 points only where cash is written, for goods that are given away a 0."""
    cash = cash_of(request.POST.get("cash", ""))
    if isinstance(cash, Problem):
        cash.refuse()
    if request.POST.get("points", "").strip() == "0" and forms.text(request, "cash"):
        return {"points": 0, "cash_fen": cash, "free": True}
    return {"points": _whole(request, "points", MOST_PRICE), "cash_fen": cash}
