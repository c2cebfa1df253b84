"""People with a duty: who does what where, given and ended by whoever keeps it; passwords are set, never shown."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.kernel.actors import DutyKind
from courtyard.kernel.days import day_of
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.people import actions, forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.queries import duties_within
from courtyard.people.rules import areas

GIVEN = [kind for kind in DutyKind if kind not in (DutyKind.OPERATOR, DutyKind.HOUSEHOLDER)]


@needs("people.keep")
def people(request: Asked) -> HttpResponse:
    """Every duty in force within the person's areas, in order of places."""
    rows = duties_within(areas(request.actor, "people.keep"), day_of(request.at))
    return render(request, "office/people.html", {"rows": [(duty, DutyKind(duty.kind).label) for duty in rows]})


@needs("people.keep")
def person_new_page(request: Asked) -> HttpResponse:
    """A new account and its first duty."""
    facts = {
        "places": labelled(places_for(request, "people.keep", "county", "town", "village")),
        "kinds": [(kind.value, kind.label) for kind in GIVEN],
    }
    return render(request, "office/person_new.html", facts)


@needs("people.keep")
@deed(person_new_page)
def person_new(request: Asked) -> HttpResponse:
    """Make the account and give the duty; a log-in name that stands already is refused."""
    place = place_for(request, "people.keep", forms.wanted(request, "place", _("哪里")), "county", "town", "village")
    kind = DutyKind(forms.one_of(request, "kind", _("职责"), [one.value for one in GIVEN]))
    name = forms.wanted(request, "name", _("姓名"))
    account = actions.make_account(
        username=forms.wanted(request, "username", _("登录名")),
        name=name,
        password=request.POST.get("password", ""),
        place=place,
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    actions.give_duty(account=account, kind=kind, place=place, by=request.actor, at=request.at)
    messages.success(request, _("%(name)s 的账号建好了。请当面把登录名和密码交给本人。") % {"name": name})
    return redirect("office:people")


@needs("people.keep")
@deed(people)
def duty_end(request: Asked, id: UUID) -> HttpResponse:
    """End a duty today; the next click of that person is without it."""
    mine = duties_within(areas(request.actor, "people.keep"), day_of(request.at))
    duty = get_object_or_404(mine, pk=id)
    actions.end_duty(duty=duty, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已结束 %(name)s 的这项职责。") % {"name": duty.account.name})
    return redirect("office:people")
