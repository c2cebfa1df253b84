"""成绩单: a household's own record, printed for it to keep or hang; one home's, or a whole group's in walking order."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from courtyard.inspections.queries.record import homes_recorded
from courtyard.kernel.days import day_of
from courtyard.office.answers import pdf
from courtyard.office.homes import clear_or_masked, home_for, shown
from courtyard.office.scope import place_for, places_for
from courtyard.outreach.gathering_records import group_homes, record_of, records_of_homes
from courtyard.outreach.papers import render as press
from courtyard.people.asked import Asked
from courtyard.people.needs import needs


@needs("papers.print")
def household_record(request: Asked, id: UUID) -> HttpResponse:
    """成绩单 of one household, its last twelve rounds; refused in words while it has none."""
    home = home_for(request, "papers.print", id)
    (row,) = shown(request, [home], why="record print")
    printed = press("record", record_of(home, day_of(request.at), head=row.name))
    return pdf(printed.pdf, _("%(code)s-成绩单.pdf") % {"code": home.code})


@needs("papers.print")
def household_records(request: Asked, village: UUID) -> HttpResponse:
    """The groups of a village: how many homes of each have a 成绩单, and its print."""
    found = place_for(request, "papers.print", village, "village")
    groups = places_for(request, "papers.print", "group").filter(parent=found).order_by("order", "path")
    homes = homes_recorded(found.path)
    facts = {"village": found, "rows": [(group, homes.get(group.pk, 0)) for group in groups]}
    return render(request, "office/household_records.html", facts)


@needs("papers.print")
def household_records_print(request: Asked, group: UUID) -> HttpResponse:
    """成绩单 of every home of a group that has one, a page each, in walking order; refused in words while none has."""
    found = place_for(request, "papers.print", group, "group")
    homes = group_homes(found)
    names = clear_or_masked(request, [(home.pk, home.head) for home in homes], why="record print")
    printed = press("record", records_of_homes(homes, found, day_of(request.at), names))
    return pdf(printed.pdf, _("%(group)s-成绩单.pdf") % {"group": found.name})
