"""Courtyard's own addresses, and beside them a page that does the least: the same middleware, one indexed query."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import include, path

from courtyard.households.models import Household
from courtyard.people.asked import Asked
from courtyard.people.needs import household_only, public
from courtyard.places.models import Place
from courtyard.project.urls import handler400, handler403, handler404, handler500  # noqa: F401


@household_only
def one_home(request: Asked) -> HttpResponse:
    """Behind the same card and PIN: the home by its key."""
    return HttpResponse(Household.objects.get(pk=request.actor.id).code)


@public
def one_place(request: Asked) -> HttpResponse:
    """For everyone: a place by its path."""
    return HttpResponse(Place.objects.get(path=request.GET["path"]).name)


urlpatterns = [
    path("bench/home", one_home),
    path("bench/place", one_place),
    path("", include("courtyard.project.urls")),
]
