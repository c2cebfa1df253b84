"""The second person of a form, who confirms it with an own log-in on the same screen."""

from __future__ import annotations

from django.contrib.auth import authenticate

from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.people.asked import Asked
from courtyard.people.devices import marked
from courtyard.people.queries import actor_of


def second_person(request: Asked) -> Actor:
    """Who confirmed by name and password (`second`, `second_password`). Refuses people.wrong_second."""
    name = request.POST.get("second", "").strip().lower()
    account = authenticate(marked(request, name), username=name, password=request.POST.get("second_password", ""))
    if account is None:
        refuse("people.wrong_second")
    return actor_of(account, day_of(request.at))
