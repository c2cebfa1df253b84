"""A household's own deeds: what was recorded of it, what each counts and why; and that it does not agree."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.board import own
from courtyard.inspections.actions.deed_changes import say_of_deed
from courtyard.inspections.models import Deed
from courtyard.inspections.queries.deed_pages import deed_told
from courtyard.inspections.queries.deeds import own_deeds
from courtyard.inspections.rules.deeds import ChangeKind
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, household_only
from courtyard.places.queries import holidays


@household_only
def own_deeds_page(request: Asked) -> HttpResponse:
    """What was recorded of the home outside the rounds, the latest first."""
    home, free = own.home_of(request), holidays()
    rows = [deed_told(row, free) for row in own_deeds(home.pk)]
    return render(request, "board/me_deeds.html", {**own.page_facts(home), "rows": rows})


deeds = own_deeds_page


@household_only
@deed(own_deeds_page)
def deed_object(request: Asked, deed: UUID) -> HttpResponse:
    """The household does not agree with what was taken off."""
    home = own.home_of(request)
    rows = Deed.objects.select_related("village", "household__group")
    say_of_deed(
        deed=get_object_or_404(rows, pk=deed, household=home.pk),
        kind=ChangeKind.OBJECTION,
        words=forms.wanted(request, "words", _("您的意见")),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("收到了。由没有经手的人来看,按时答复您,答复里写清理由。"))
    return redirect("board:own_deeds")
