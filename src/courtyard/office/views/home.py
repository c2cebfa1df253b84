"""Today: what needs this person, and nothing else."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from courtyard.kernel.days import day_of
from courtyard.office.tasks import tasks
from courtyard.people.asked import Asked
from courtyard.people.needs import needs
from courtyard.people.rules import areas


@needs("places.see")
def home(request: Asked) -> HttpResponse:
    """What needs this person today, by duty; honest where nothing does."""
    facts = {"tasks": tasks(request), "today": day_of(request.at), "hears": areas(request.actor, "lists.object")}
    return render(request, "office/home.html", facts)
