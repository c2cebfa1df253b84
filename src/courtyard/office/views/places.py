"""Holidays of each year and the complaint line of each place: what every deadline and every print stands on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.households.actions.lines import keep_complaint_line
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem
from courtyard.office.scope import place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.places import actions
from courtyard.places.queries import complaint_line, complaint_lines, full_name, holiday_table, holiday_years
from courtyard.places.rules.holidays import days_of_year, lines_of, periods_from

YEARS = range(2000, 2101)
LEVELS = ("county", "town", "village")


@needs("places.keep")
def places(request: Asked) -> HttpResponse:
    """Which years have their holidays, which places their own complaint line."""
    known, year = holiday_years(), day_of(request.at).year
    rows = list(places_for(request, "places.keep", *LEVELS))
    shown = sorted({*known, year, year + 1}, reverse=True)
    facts = {
        "years": [(one, one in known) for one in shown],
        "rows": [(row, *found) for row, found in zip(rows, complaint_lines(rows), strict=True)],
    }
    return render(request, "office/places.html", facts)


@needs("places.keep")
def places_holidays_page(request: Asked, year: int) -> HttpResponse:
    """One year's table as its lines; a year without one counts the fixed statutory days and says 暂定."""
    if year not in YEARS:
        raise Http404
    known = year in holiday_years()
    facts = {"year": year, "known": known, "lines": lines_of(holiday_table(year))}
    return render(request, "office/places_holidays.html", facts)


@needs("places.keep")
@deed(places_holidays_page)
def places_holidays(request: Asked, year: int) -> HttpResponse:
    """Keep a year's table, whole or not at all; what was typed stays on the screen."""
    if year not in YEARS:
        raise Http404
    periods = periods_from(str(request.POST.get("lines", "")), year)
    days = periods if isinstance(periods, Problem) else days_of_year(periods, year)
    if isinstance(days, Problem):
        days.refuse()
    actions.keep_holidays(year=year, days=days, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("%(year)s 年的节假日表存好了,共 %(n)s 天。") % {"year": year, "n": len(days)})
    return redirect("office:places")


@needs("places.keep")
def places_line_page(request: Asked, place: UUID) -> HttpResponse:
    """One place's complaint line."""
    found = place_for(request, "places.keep", place, *LEVELS)
    facts = {
        "place": found,
        "title": full_name(found),
        "above": complaint_line(found.parent.path) if found.parent else "",
    }
    return render(request, "office/places_line.html", facts)


@needs("places.keep")
@deed(places_line_page)
def places_line(request: Asked, place: UUID) -> HttpResponse:
    """Set it; never a telephone of somebody with a duty in that village."""
    found = place_for(request, "places.keep", place, *LEVELS)
    keep_complaint_line(
        place=found,
        line=forms.text(request, "line"),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("存好了,以后的页面和打印件都用这个电话。墙上贴着旧电话的,请换下来。"))
    return redirect("office:places")
