"""Schemes: what is in force where, the plain-language page, drafting, adopting with a second person."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.office.drafts import LEVELS
from courtyard.office.resolutions import Typed, rows_of, table, told
from courtyard.office.scan_form import held, scan
from courtyard.office.scheme_year import shown_then, year_at
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.office.second import second_person
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas
from courtyard.people.said_days import prose
from courtyard.places.models import Place
from courtyard.rating import actions, queries
from courtyard.rating.rules.parsing import check_toml
from courtyard.rating.rules.plain import plain_language
from courtyard.records.scans import attached


@needs("schemes.see")
def schemes(request: Asked) -> HttpResponse:
    """Which scheme is in force in which village today, every adoption, and the drafts that wait for an assembly."""
    villages = list(places_for(request, "schemes.see", "village"))
    in_force = queries.in_force_of(villages, day_of(request.at))
    adoptions = list(queries.adoptions_within(areas(request.actor, "schemes.see")))
    known = attached([one.pk for one in adoptions])
    facts = {
        "villages": [(village, in_force.get(village.pk)) for village in villages],
        "adoptions": [(one, shown_then(one), known.get(one.pk)) for one in adoptions],
        "drafts": queries.drafts(),
        "written": queries.written(areas(request.actor, "schemes.propose")),
        "may_propose": areas(request.actor, "schemes.propose"),
    }
    return render(request, "office/schemes.html", facts)


@needs("schemes.see")
def scheme(request: Asked, version: UUID) -> HttpResponse:
    """One version in plain language, clause by clause."""
    found = queries.version(version)
    facts = {
        "version": found,
        "page": plain_language(queries.document_of(found)),
        "reviews": queries.reviews(found),
        "may_propose": areas(request.actor, "schemes.propose"),
        "may_review": areas(request.actor, "schemes.adopt"),
        "leaflets": places_for(request, "schemes.see", *LEVELS).filter(path__in=areas(request.actor, "schemes.see")),
    }
    return render(request, "office/scheme.html", facts)


@needs("schemes.propose")
def scheme_draft_page(request: Asked) -> HttpResponse:
    """A new version: one of the shipped documents, or the town's own as TOML."""
    checks = {name: check_toml(text).document for name, text in queries.shipped().items()}
    shipped = [(name, document.name) for name, document in checks.items() if document is not None]
    facts = {"places": labelled(places_for(request, "schemes.propose", *LEVELS)), "shipped": shipped}
    return render(request, "office/scheme_draft.html", facts)


@needs("schemes.propose")
@deed(scheme_draft_page)
def scheme_draft(request: Asked) -> HttpResponse:
    """Keep the document as a version and show it in plain language before anybody adopts it."""
    place = place_for(request, "schemes.propose", forms.wanted(request, "place", _("给哪里用")), *LEVELS)
    version = actions.draft_scheme(
        text_toml=_document(request), place=place, by=request.actor, at=request.at, command=forms.command(request)
    )
    return redirect("office:scheme", version=version.pk)


def _document(request: Asked) -> str:
    shipped = forms.text(request, "shipped")
    if shipped:
        return queries.shipped().get(shipped) or refuse("people.not_chosen", field=_("现成的办法"))
    given = request.FILES.get("file")
    if given is None:
        refuse("people.empty_field", field=_("办法文件"))
    return given.read().decode("utf-8", errors="replace")


@needs("schemes.propose")
def scheme_adopt_page(request: Asked, version: UUID) -> HttpResponse:
    """The assembly's resolution, and the second person who confirms it with an own log-in."""
    found = queries.version(version)
    facts = {
        "version": found,
        "places": labelled(places_for(request, "schemes.propose", *LEVELS)),
        "held": held(request),
    }
    return render(request, "office/scheme_adopt.html", facts)


@needs("schemes.propose")
@deed(scheme_adopt_page)
def scheme_adopt(request: Asked, version: UUID) -> HttpResponse:
    """Record the adoption: from the first of a month on, never backwards."""
    found = queries.version(version)
    paper = scan(request)
    place = place_for(request, "schemes.propose", forms.wanted(request, "place", _("给哪里用")), *LEVELS)
    households = forms.number(request, "households", _("应到户数"))
    budget = forms.number(request, "budget", _("全年预算(元)"), most=10**9)
    year = year_at(queries.document_of(found), place, day_of(request.at), otherwise=households)
    adoption = actions.adopt_scheme(
        place=place,
        version=found,
        starts=forms.month(request, "starts", _("从哪个月起")),
        assembly=forms.day(request, "assembly", _("开会日期")),
        attendance=forms.number(request, "attendance", _("到会户数")),
        households=households,
        document=forms.wanted(request, "document", _("决议文号")),
        seconded_by=second_person(request),
        year=year.against(budget * 100),
        scan=paper,
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(
        request, _("已记下:%(title)s,从 %(day)s 起执行。") % {"title": found.title, "day": prose(adoption.starts)}
    )
    return redirect("office:schemes")


@needs("schemes.propose")
def scheme_adopt_many_page(request: Asked, version: UUID) -> HttpResponse:
    """The resolutions of all villages in one table; after sending, what landed and what is refused, with why."""
    return _many(request, version, table(request, _villages(request)))


@needs("schemes.propose")
@deed(scheme_adopt_many_page)
def scheme_adopt_many(request: Asked, version: UUID) -> HttpResponse:
    """Record each village's resolution by itself."""
    found = queries.version(version)
    typed = table(request, _villages(request))
    rows = rows_of(typed, queries.document_of(found), day_of(request.at), scan(request))
    if not rows:
        refuse("people.empty_field", field=_("会议决议"))
    done = actions.adopt_in_many(
        version=found,
        starts=forms.month(request, "starts", _("从哪个月起")),
        rows=rows,
        seconded_by=second_person(request),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    return _many(request, version, told(typed, done))


def _villages(request: Asked) -> list[Place]:
    return list(places_for(request, "schemes.propose", "village"))


def _many(request: Asked, version: UUID, rows: list[Typed]) -> HttpResponse:
    found = queries.version(version)
    landed = sum(row.done is not None for row in rows)
    facts = {"version": found, "rows": rows, "landed": landed, "left": sum(bool(row.why) for row in rows)}
    facts |= {"held": held(request)}
    return render(request, "office/scheme_adopt_many.html", facts)
