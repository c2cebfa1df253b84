"""A household's own record, printed for it to keep or hang."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from courtyard.kernel.days import day_of
from courtyard.office.answers import pdf
from courtyard.office.homes import home_for, shown
from courtyard.outreach.gathering_homes import record_of
from courtyard.outreach.papers import render as press
from courtyard.people.asked import Asked
from courtyard.people.needs import needs


@needs("papers.print")
def household_record(request: Asked, id: UUID) -> HttpResponse:
    """成绩单 of one household, its last twelve rounds; refused in words while it has none."""
    home = home_for(request, "papers.print", id)
    shown(request, [home], why="record print")
    printed = press("record", record_of(home, day_of(request.at)))
    return pdf(printed.pdf, _("%(code)s-成绩单.pdf") % {"code": home.code})
