"""The household's own record as a sheet, printed where the family is."""

from __future__ import annotations

from django.http import HttpResponse

from courtyard.board import own
from courtyard.kernel.days import day_of
from courtyard.outreach.gathering_records import record_of
from courtyard.outreach.papers import render as press
from courtyard.people.asked import Asked
from courtyard.people.needs import household_only


@household_only
def record(request: Asked) -> HttpResponse:
    """成绩单 of the home whose card and PIN were accepted; refused in words while it has none."""
    printed = press("record", record_of(own.home_of(request), day_of(request.at)))
    answer = HttpResponse(printed.pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="record.pdf"'
    return answer
