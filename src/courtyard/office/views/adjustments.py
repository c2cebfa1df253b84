"""Adjustments of points by hand: proposed here, confirmed by somebody of another level, published without names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.households.queries import homes
from courtyard.kernel.sentences import say
from courtyard.office.homes import clear_or_masked, home_by_number
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.queries import names
from courtyard.people.rules import areas
from courtyard.points.actions import adjustments as actions
from courtyard.points.models import Adjustment
from courtyard.points.queries import adjustments as queries
from courtyard.points.rules.ledger import ADJUSTMENT_LIMIT
from courtyard.points.rules.states import AdjustmentReason

SHOWN = 20


@dataclass(frozen=True)
class Line:
    """An adjustment on the page: whose, who proposed it, why this person cannot be the second ('' where they can)."""

    row: Adjustment
    name: str
    where: str
    who: str
    barred: str


@needs("points.see")
def points_adjustments(request: Asked) -> HttpResponse:
    """What waits for the second person, the form of a new one, what was decided lately."""
    mine = areas(request.actor, "points.see")
    waiting = list(queries.waiting(mine))
    lines = _lines(request, [*waiting, *queries.decided(mine)[:SHOWN]])
    villages = list(places_for(request, "points.propose", "village"))
    facts = {
        "waiting": lines[: len(waiting)],
        "decided": lines[len(waiting) :],
        "may_confirm": areas(request.actor, "points.adjust"),
        "villages": labelled(villages),
        "home": request.GET.get("home", ""),
        "village": request.GET.get("village", ""),
        "ways": _ways(),
        "reasons": [(one.value, one.label) for one in AdjustmentReason],
        "most": ADJUSTMENT_LIMIT,
    }
    return render(request, "office/points_adjustments.html", facts)


def _ways() -> list[tuple[str, str]]:
    return [("add", _("加分")), ("take", _("减分"))]


def _lines(request: Asked, rows: Sequence[Adjustment]) -> list[Line]:
    there = {
        home.pk: home for home in homes(areas(request.actor, "points.see")).filter(pk__in=[r.household for r in rows])
    }
    shown = clear_or_masked(request, [(home.pk, home.head) for home in there.values()], why=_("积分调整"))
    people = names([row.proposed_by for row in rows])
    found = []
    for row in rows:
        home = there.get(row.household)
        where = f"{row.village.name}{home.group.name} · {home.code}" if home else row.village.name
        unfit = actions.unfit_second(row, request.actor)
        who, barred = people.get(row.proposed_by, ""), str(say(unfit)) if unfit else ""
        found.append(Line(row, shown.get(row.household, _("已注销的户")), where, who, barred))
    return found


@needs("points.propose")
@deed(points_adjustments)
def points_adjust(request: Asked) -> HttpResponse:
    """Propose one; nothing is booked until somebody of another level confirms it."""
    village = place_for(request, "points.propose", forms.wanted(request, "village", _("哪个村")), "village")
    home = home_by_number(homes([village.path]), forms.wanted(request, "home", _("户编号或短号")))
    way = forms.one_of(request, "way", _("加还是减"), dict(_ways()))
    points = forms.number(request, "points", _("多少分"))
    actions.propose_adjustment(
        household=home,
        points=points if way == "add" else -points,
        reason=AdjustmentReason(forms.one_of(request, "reason", _("为什么"), AdjustmentReason.codes())),
        evidence=forms.text(request, "evidence"),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("已提出,等另一级的人核对以后入账。现在积分还没有变。"))
    return redirect("office:points_adjustments")


def _adjustment(request: Asked, id: UUID) -> Adjustment:
    return get_object_or_404(queries.adjustments(areas(request.actor, "points.adjust")), pk=id)


@needs("points.adjust")
@deed(points_adjustments)
def points_adjust_confirm(request: Asked, adjustment: UUID) -> HttpResponse:
    """Confirm it as the second person: it is booked now."""
    row = _adjustment(request, adjustment)
    actions.confirm_adjustment(adjustment=row, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已核对,入账 %(n)s 分,写进村里公开的调整名单(不写名字)。") % {"n": f"{row.points:+d}"})
    return redirect("office:points_adjustments")


@needs("points.adjust")
@deed(points_adjustments)
def points_adjust_decline(request: Asked, adjustment: UUID) -> HttpResponse:
    """Declined: no point moves."""
    row = _adjustment(request, adjustment)
    actions.decline_adjustment(adjustment=row, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已记下:没有同意,积分没有变。"))
    return redirect("office:points_adjustments")
