"""A shop's day: what went over the counter, the points and the cash it must have in its box when it closes."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from courtyard.kernel.days import day_of
from courtyard.office.counter import shop_for
from courtyard.people.asked import Asked
from courtyard.people.needs import needs
from courtyard.shop.queries import days_receipts, sums


@needs("shop.stock")
def shop_day(request: Asked, shop: UUID) -> HttpResponse:
    """The receipts of a day (today unless told otherwise) and their sums; what was brought back counts in neither."""
    found, today = shop_for(request, "shop.stock", shop), day_of(request.at)
    day = _day(request, today)
    listed = days_receipts(found.pk, day)
    facts = {
        "shop": found,
        "day": day,
        "today": today,
        "receipts": listed,
        "sums": sums(listed),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today else None,
    }
    return render(request, "office/shop_day.html", facts)


def _day(request: Asked, today: date) -> date:
    text = request.GET.get("day", "")
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        raise Http404 from None
    if not 2000 <= day.year <= today.year:
        raise Http404
    return day
