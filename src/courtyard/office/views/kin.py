"""An evaluator's own declarations: which homes are the own, or kin's; there somebody else rates."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.households import actions, queries
from courtyard.households.rules.states import KinKind
from courtyard.office.homes import clear_or_masked
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.models import Account
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas


@needs("marks.own")
def round_kin_page(request: Asked) -> HttpResponse:
    """What the person has declared; only a cadre takes a wrong one back."""
    rows = list(queries.kin_lines(request.actor.id))
    names = clear_or_masked(request, [(row.household_id, row.household.head) for row in rows], why="own kin")
    facts = {"rows": [(row, names[row.household_id]) for row in rows], "kinds": KinKind.choices()}
    return render(request, "office/round_kin.html", facts)


@needs("marks.own")
@deed(round_kin_page)
def round_kin(request: Asked) -> HttpResponse:
    """Declare one home of the own places, found by its number; from now on the person steps aside there."""
    home = queries.home_numbered(areas(request.actor, "marks.own"), forms.wanted(request, "number", _("户编号或短号")))
    kind = KinKind(forms.one_of(request, "kin", _("什么关系"), KinKind.codes()))
    account = get_object_or_404(Account, pk=request.actor.id)
    actions.declare_kin(
        account=account, household=home, kind=kind, by=request.actor, at=request.at, command=forms.command(request)
    )
    messages.success(request, _("已登记,评这一户时您回避。"))
    return redirect("office:round_kin")
