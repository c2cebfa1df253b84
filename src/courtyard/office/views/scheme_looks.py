"""Looking at a scheme before anybody votes: beside the one in force, on last round's visits, in its simulated year; the word
of another level on it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.office.draft_check import checked, compared
from courtyard.office.drafts import LEVELS, data_of, draft_for
from courtyard.office.scheme_preview import preview
from courtyard.office.scheme_year import plots, year_at
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.places.models import Place
from courtyard.rating import actions, queries
from courtyard.rating.rules.documents import SchemeDocument


@dataclass(frozen=True)
class Looked:
    """A scheme that is looked at, for a place: a version, or one that is being written (`back` leads to it)."""

    title: str
    document: SchemeDocument
    place: Place
    back: str


def _of_version(request: Asked, version: UUID) -> Looked:
    found = queries.version(version)
    mine = places_for(request, "schemes.see", *LEVELS)
    wanted = request.GET.get("place", "")
    place = place_for(request, "schemes.see", wanted, *LEVELS) if wanted else mine.order_by("-kind", "path").first()
    if place is None:
        refuse("people.not_chosen", field=_("哪里"))
    back = reverse("office:scheme", kwargs={"version": found.pk})
    return Looked(f"{found.title} {found.number}", queries.document_of(found), place, back)


def _of_draft(request: Asked, id: UUID) -> Looked:
    draft = draft_for(request, id)
    check = checked(data_of(draft), draft.place).check
    if check.document is None:
        check.problems[0].refuse()
    return Looked(draft.title, check.document, draft.place, reverse("office:scheme_written", kwargs={"id": draft.pk}))


def _compare(request: Asked, looked: Looked, *, choose: bool) -> HttpResponse:
    villages = places_for(request, "households.see", "village").filter(path__startswith=looked.place.path)
    wanted = request.GET.get("village", "")
    village = place_for(request, "households.see", wanted, "village") if wanted else villages.first()
    facts = {
        "looked": looked,
        "compared": compared(looked.document, looked.place, day_of(request.at)),
        "preview": preview(request, looked.document, village) if village else None,
        "village": village,
        "villages": labelled(villages),
        "places": labelled(places_for(request, "schemes.see", *LEVELS)) if choose else [],
    }
    return render(request, "office/scheme_compare.html", facts)


def _year(request: Asked, looked: Looked, *, choose: bool) -> HttpResponse:
    year = year_at(looked.document, looked.place, day_of(request.at))
    facts = {
        "looked": looked,
        "year": year,
        "plots": plots(year),
        "places": labelled(places_for(request, "schemes.see", *LEVELS)) if choose else [],
    }
    return render(request, "office/_scheme_year.html" if request.htmx else "office/scheme_year.html", facts)


@needs("schemes.see")
def scheme_compare(request: Asked, version: UUID) -> HttpResponse:
    """A version beside the one in force at a place, and on its last round's visits."""
    return _compare(request, _of_version(request, version), choose=True)


@needs("schemes.propose")
def scheme_written_compare(request: Asked, id: UUID) -> HttpResponse:
    """The same for a scheme that is being written, at the place it is written for."""
    return _compare(request, _of_draft(request, id), choose=False)


@needs("schemes.see")
def scheme_year(request: Asked, version: UUID) -> HttpResponse:
    """A version's simulated year at a place, with its plots."""
    return _year(request, _of_version(request, version), choose=True)


@needs("schemes.propose")
def scheme_written_year(request: Asked, id: UUID) -> HttpResponse:
    """The same for a scheme that is being written."""
    return _year(request, _of_draft(request, id), choose=False)


@needs("schemes.adopt")
def scheme_review_page(request: Asked, version: UUID) -> HttpResponse:
    """What another level says of a version, before the assembly votes."""
    found = queries.version(version)
    facts = {
        "version": found,
        "reviews": queries.reviews(found),
        "places": labelled(places_for(request, "schemes.adopt", *LEVELS)),
        "words": [("yes", _("可以交会议通过")), ("no", _("还要改"))],
    }
    return render(request, "office/scheme_review.html", facts)


@needs("schemes.adopt")
@deed(scheme_review_page)
def scheme_review(request: Asked, version: UUID) -> HttpResponse:
    """Keep the word of another level."""
    found = queries.version(version)
    said = forms.one_of(request, "agrees", _("核对下来"), ("yes", "no"))
    actions.review_scheme(
        version=found,
        place=place_for(request, "schemes.adopt", forms.wanted(request, "place", _("给哪里用")), *LEVELS),
        agrees=said == "yes",
        words=request.POST.get("words", ""),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("核对的话记下了。"))
    return redirect("office:scheme", version=found.pk)
