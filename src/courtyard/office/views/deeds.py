"""Deeds outside a round: recorded here (once, or by weight and price), confirmed by somebody of another level."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.households.queries import homes
from courtyard.inspections.actions import deeds as actions
from courtyard.inspections.models import Deed
from courtyard.inspections.queries import deeds as queries
from courtyard.inspections.queries.deed_pages import deed_told
from courtyard.inspections.rules.amounts import asks_amount, read_amount, things_of
from courtyard.inspections.rules.deed_lines import worth_line
from courtyard.inspections.rules.deeds import DeedState, takes
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem
from courtyard.office.homes import clear_or_masked, home_by_number
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed as deed_of
from courtyard.people.needs import needs
from courtyard.people.queries import names
from courtyard.people.rules import areas
from courtyard.places.models import Place
from courtyard.places.queries import holidays
from courtyard.rating.queries import in_force, in_force_of

SHOWN, MANY = 20, 6


@needs("points.see")
def deeds(request: Asked) -> HttpResponse:
    """What waits for the second person, what was said of deeds and waits for an answer, what was decided lately, and the
    form of a new one."""
    mine, today = areas(request.actor, "points.see"), day_of(request.at)
    waiting = list(queries.deeds(mine, DeedState.PROPOSED))
    decided = list(queries.deeds(mine).exclude(state=DeedState.PROPOSED.value).order_by("-decided", "pk")[:SHOWN])
    said = list(queries.changes(mine))
    rows = [*waiting, *decided]
    heads = [(row.household_id, row.household.head) for row in (*rows, *(one.deed for one in said))]
    shown, free = clear_or_masked(request, heads, why=_("事项")), holidays()
    people = names([row.proposed_by for row in rows])
    lines = [
        (row, shown[row.household_id], deed_told(row, free), people.get(row.proposed_by, ""), _evidence(row))
        for row in rows
    ]
    villages = list(places_for(request, "points.propose", "village"))
    facts = {
        "waiting": lines[: len(waiting)],
        "decided": lines[len(waiting) :],
        "said": [(one, shown[one.deed.household_id], queries.name_of(one.deed)) for one in said],
        "villages": labelled(villages),
        **_form(villages, today),
        "may_confirm": areas(request.actor, "points.adjust"),
        "today": today,
    }
    return render(request, "office/deeds.html", facts)


def _evidence(row: Deed) -> str:
    if row.help:
        return _("帮扶已记下")
    return row.words.text if hasattr(row, "words") else ""


def _form(villages: list[Place], today: date) -> dict[str, Any]:
    """The deeds that schemes in force today know, each once (one line a thing that has a price), and what else is asked."""
    items: dict[str, str] = {}
    amounts = events = taking = False
    for one in in_force_of(villages, today).values():
        for rule in one.document.deeds:
            things = things_of(rule, today)
            for price in things:
                items[f"{rule.code}/{price.kind}"] = f"{rule.name}:{price.name}({worth_line(rule, price)})"
            if not rule.prices:
                items[rule.code] = f"{rule.name}({worth_line(rule)})"
            amounts, taking = amounts or asks_amount(rule), taking or takes(rule)
        events = events or any(row.within == "event" for row in one.document.dedupes)
    return {
        "items": list(items.items()),
        "amounts": amounts,
        "events": events,
        "taking": taking,
        "many": len(items) > MANY,
    }


@needs("points.propose")
@deed_of(deeds)
def deed_record(request: Asked) -> HttpResponse:
    """Write a deed down; it earns nothing until somebody of another level confirms it."""
    village = place_for(request, "points.propose", forms.wanted(request, "village", _("哪个村")), "village")
    home = home_by_number(homes([village.path]), forms.wanted(request, "home", _("户编号或短号")))
    item, _slash, thing = forms.wanted(request, "item", _("哪一项")).partition("/")
    day = forms.day(request, "day", _("哪天"))
    actions.record_deed(
        village=village,
        household=home,
        item=item,
        day=day,
        evidence=forms.text(request, "evidence"),
        amount_milli=_amount(request, village, item, day),
        thing=thing,
        event=forms.text(request, "event"),
        told=forms.day(request, "told", _("哪天告诉农户的")) if forms.text(request, "told") else None,
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("已记下,等镇里或监督员确认以后记分。"))
    return redirect("office:deeds")


def _amount(request: Asked, village: Place, item: str, day: date) -> int | None:
    """The amount as it was typed, exactly; None where nothing was typed."""
    typed = str(request.POST.get("amount", "")).strip(" ")
    if not typed:
        return None
    scheme = in_force(village, min(day, day_of(request.at)))
    rule = scheme.document.deed(item) if scheme else None
    found = read_amount(typed, rule.unit if rule else "")
    if isinstance(found, Problem):
        found.refuse()
    return found


def _deed(request: Asked, id: UUID) -> Deed:
    return get_object_or_404(queries.deeds(areas(request.actor, "points.adjust")), pk=id)


@needs("points.adjust")
@deed_of(deeds)
def deed_confirm(request: Asked, deed: UUID) -> HttpResponse:
    """Confirm it as the second person."""
    row = _deed(request, deed)
    got = actions.confirm_deed(deed=row, by=request.actor, at=request.at, command=forms.command(request))
    lines = deed_told(queries.deeds([row.village.path]).get(pk=row.pk), holidays()).lines
    if row.told is not None or len(lines) > 1 or not got.points:
        messages.success(request, _("已确认:%(lines)s。") % {"lines": ";".join(lines)})
        return redirect("office:deeds")
    words = _("已确认,记 %(n)s 分。") % {"n": got.points}
    if got.cut:
        words += _("到了封顶或同一回事已经记过,少记 %(n)s 分。") % {"n": got.cut}
    messages.success(request, words)
    return redirect("office:deeds")


@needs("points.adjust")
@deed_of(deeds)
def deed_decline(request: Asked, deed: UUID) -> HttpResponse:
    """Not confirmed: it earns nothing."""
    actions.decline_deed(deed=_deed(request, deed), by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已记下:没有确认,不记分。"))
    return redirect("office:deeds")
