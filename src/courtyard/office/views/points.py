"""A village's points as a liability: its budget, what waits, raising it, paying what waits."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.kernel.days import day_of
from courtyard.office.scope import place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import may
from courtyard.points import actions
from courtyard.points.queries import village_statement
from courtyard.points.queries.village import budgets


@needs("points.see")
def points(request: Asked) -> HttpResponse:
    """Each village's budget: put in, issued, left, and what waits (待发)."""
    villages = list(places_for(request, "points.see", "village"))
    standing = budgets([village.pk for village in villages])
    return render(request, "office/points.html", {"rows": [(village, standing[village.pk]) for village in villages]})


@needs("points.see")
def village_points(request: Asked, id: UUID) -> HttpResponse:
    """One village's month, as it is published, and its budget."""
    village = place_for(request, "points.see", id, "village")
    today = day_of(request.at)
    facts = {
        "village": village,
        "month": village_statement(village.pk, today.replace(day=1), today),
        "may_budget": may(request.actor, "points.budget", village.path) is None,
    }
    return render(request, "office/village_points.html", facts)


@needs("points.budget")
@deed(village_points)
def points_fund(request: Asked, id: UUID) -> HttpResponse:
    """Raise the budget by a numbered document."""
    village = place_for(request, "points.budget", id, "village")
    given = forms.number(request, "points", _("多少分"))
    actions.fund_budget(
        village=village,
        points=given,
        document=forms.wanted(request, "document", _("文件号")),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("预算已加 %(n)s 分。") % {"n": given})
    return redirect("office:village_points", id=id)


@needs("points.budget")
@deed(village_points)
def points_pay(request: Asked, id: UUID) -> HttpResponse:
    """Pay everything that waits, or say how much is short."""
    village = place_for(request, "points.budget", id, "village")
    paid = actions.pay_village(village=village, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("待发的 %(n)s 分已全部到账。") % {"n": paid.points})
    return redirect("office:village_points", id=id)
