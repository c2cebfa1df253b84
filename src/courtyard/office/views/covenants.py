"""The covenant of a village or town: its versions, a new one put in, the leaflet."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.households import actions, queries
from courtyard.kernel.days import day_of
from courtyard.office.answers import pdf
from courtyard.office.scan_form import held, scan
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.outreach.gathering_cards import covenant_leaflet_of
from courtyard.outreach.papers import render as press
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas
from courtyard.records.scans import attached


@needs("households.keep")
def household_covenants_page(request: Asked) -> HttpResponse:
    """Every version there is, and the form for the next one."""
    rows = list(queries.covenants(areas(request.actor, "households.keep")))
    known = attached([one.pk for one in rows])
    facts = {
        "rows": [(one, known.get(one.pk)) for one in rows],
        "held": held(request),
        "places": labelled(places_for(request, "households.keep", "village", "town")),
        "today": day_of(request.at).isoformat(),
    }
    return render(request, "office/household_covenants.html", facts)


@needs("households.keep")
@deed(household_covenants_page)
def household_covenants(request: Asked) -> HttpResponse:
    """Put the next version in; what households said of the one before stands with its number."""
    place = place_for(request, "households.keep", forms.wanted(request, "place", _("哪里的")), "village", "town")
    paper = scan(request)
    made = actions.set_covenant(
        place=place,
        title=forms.wanted(request, "title", _("名称")),
        text=request.POST.get("text", ""),
        passed=forms.day(request, "passed", _("哪天通过")),
        document=forms.wanted(request, "document", _("决议文号")),
        attendance=forms.number(request, "attendance", _("到会户数")),
        households=forms.number(request, "households", _("应到户数")),
        scan=paper,
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("%(place)s:第 %(n)s 版已放进去。") % {"place": place.name, "n": made.version})
    return redirect("office:household_covenants")


@needs("households.keep")
def household_covenant_print(request: Asked, id: UUID) -> HttpResponse:
    """The leaflet of one version."""
    found = get_object_or_404(queries.covenants(areas(request.actor, "households.keep")), pk=id)
    printed = press("covenant", covenant_leaflet_of(found, day_of(request.at)))
    return pdf(printed.pdf, f"{found.title}-第{found.version}版.pdf")
