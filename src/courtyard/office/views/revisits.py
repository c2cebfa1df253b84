"""Re-visits: whom to go and see, one home a screen; walks planned and ended; nothing of earlier grades is shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.honours import actions as honours
from courtyard.honours.queries.looks import ToSee, mine_to_see, to_see, wanted_areas
from courtyard.honours.rules.states import LookKind
from courtyard.inspections.actions import spot
from courtyard.inspections.actions.marks import HomeMarks
from courtyard.inspections.models import Visit
from courtyard.inspections.queries import revisits as queries
from courtyard.inspections.queries.record import seen_at
from courtyard.inspections.queries.rounds import rounds, seats
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.kernel.days import day_of
from courtyard.office import look_form
from courtyard.office.homes import clear_or_masked
from courtyard.office.scope import place_for
from courtyard.outreach.gathering_homes import said
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.queries import names as people_names
from courtyard.people.rules import areas, may
from courtyard.places.models import Place
from courtyard.rating.queries import document_of


@needs("rounds.see")
def revisits(request: Asked) -> HttpResponse:
    """Whom to go and see: an evaluator's own, and for a desk every home that waits, with the walks that are open."""
    today, me = day_of(request.at), request.actor
    looks, notify = areas(me, "lists.look"), areas(me, "lists.notify")
    mine = mine_to_see(looks, me.id, today) if looks else []
    spots = queries.own_spots(areas(me, "marks.own"), me.id)
    waiting = to_see(notify, today) if notify else []
    homes = {one.case.listing.household_id: one.case.listing.household.head for one in [*mine, *waiting]}
    homes |= {visit.household_id: visit.household.head for visit in spots}
    names = clear_or_masked(request, list(homes.items()), why="whom to re-visit")
    plans: dict[tuple[Place, LookKind], list[ToSee]] = {}
    for one in waiting:
        plans.setdefault((one.case.listing.village, one.kind), []).append(one)
    walks = rounds(areas(me, "rounds.see")).filter(kind__in=queries.REVISITS, state=RoundState.OPEN.value)
    facts = {
        "mine": [(one, names[one.case.listing.household_id]) for one in mine],
        "spots": [(visit, names[visit.household_id]) for visit in spots],
        "plans": [
            (village, kind, [(one, names[one.case.listing.household_id]) for one in found])
            for (village, kind), found in plans.items()
        ],
        "walks": list(walks) if notify or areas(me, "rounds.spot") else [],
        "may_spot": areas(me, "rounds.spot"),
        "may_answer": areas(me, "concerns.answer"),
        "desk": bool(notify),
        "goes": bool(looks),
        "own": queries.own_agreement(me.id) if looks else (),
    }
    return render(request, "office/revisits.html", facts)


def _mine(request: Asked, listing: UUID) -> ToSee:
    """The entry this evaluator may go and see, or 404."""
    found = mine_to_see(areas(request.actor, "lists.look"), request.actor.id, day_of(request.at))
    return next((one for one in found if one.case.listing.pk == listing), None) or _nothing()


def _nothing() -> Any:
    raise Http404


@needs("lists.look")
def revisit_entry_page(request: Asked, listing: UUID) -> HttpResponse:
    """One home: a second look is blind and asks for every area; a re-visit says what was to be put right."""
    one = _mine(request, listing)
    row = one.case.listing
    document = document_of(row.round.version)
    again = one.kind is LookKind.REVISIT
    found = seen_at([row.visit_id]).get(row.visit_id, ()) if again else ()
    facts = {
        "name": clear_or_masked(request, [(row.household_id, row.household.head)], why="re-visit")[row.household_id],
        "home": row.household,
        "place": f"{row.village.name}{row.group.name}",
        "kind": one.kind,
        "cells": look_form.cells(document, request.POST, wanted_areas(row) if again else None),
        "questions": look_form.questions(request.POST),
        "to_mend": [said(document, thing) for thing in found if not thing.mended],
        "iso_day": day_of(request.at).isoformat(),
    }
    return render(request, "office/revisit.html", facts)


@needs("lists.look")
@deed(revisit_entry_page)
def revisit_entry(request: Asked, listing: UUID) -> HttpResponse:
    """Take it down as the one who went."""
    one = _mine(request, listing)
    act = honours.revisit if one.kind is LookKind.REVISIT else honours.look_again
    done = act(
        listing=one.case.listing,
        looker=request.actor.id,
        **_said(request, one.case.listing.round.version, one.case.listing.household.code),
    )
    messages.success(request, look_form.told(done))
    return redirect("office:revisits")


def _said(request: Asked, version: Any, code: str) -> dict[str, Any]:
    return {
        "seen": look_form.given(document_of(version), request.POST, code),
        "replied": look_form.replied(request.POST),
        "day": look_form.day(request),
        "by": request.actor,
        "at": request.at,
        "command": forms.command(request),
    }


def _spot_visit(request: Asked, visit: UUID) -> tuple[Visit, UUID]:
    """A drawn home and whose marks are taken in: those of the evaluator who opens it, or for whoever keeps spot checks
    those of the first of its people who is still missing; else 404."""
    rows = Visit.objects.select_related("round__village", "round__version", "household", "group")
    found = get_object_or_404(
        rows, pk=visit, round__in=rounds(areas(request.actor, "rounds.see")), round__kind=RoundKind.SPOT.value
    )
    people = [seat.evaluator_id for seat in seats(found.round_id, found.group_id)]
    if request.actor.id in people and may(request.actor, "marks.own", found.round.village.path) is None:
        return found, request.actor.id
    if not people or may(request.actor, "rounds.spot", found.round.village.path):
        raise Http404
    given = set(found.marks.values_list("evaluator_id", flat=True))
    wanted = forms.text(request, "evaluator")
    named = next((person for person in people if person.hex == wanted), None)
    return found, named or next((person for person in people if person not in given), people[0])


@needs("rounds.see")
def revisit_spot_page(request: Asked, visit: UUID) -> HttpResponse:
    """One drawn home, blind: every area, nothing of what was given before."""
    found, evaluator = _spot_visit(request, visit)
    document = document_of(found.round.version)
    name = clear_or_masked(request, [(found.household_id, found.household.head)], why="spot check")
    facts = {
        "name": name[found.household_id],
        "home": found.household,
        "place": f"{found.round.village.name}{found.group.name}",
        "kind": RoundKind.SPOT,
        "cells": look_form.cells(document, request.POST),
        "questions": look_form.questions(request.POST),
        "evaluator": evaluator.hex,
        "looker": "" if evaluator == request.actor.id else people_names([evaluator])[evaluator],
        "to_mend": [],
        "iso_day": day_of(request.at).isoformat(),
    }
    return render(request, "office/revisit.html", facts)


@needs("rounds.see")
@deed(revisit_spot_page)
def revisit_spot(request: Asked, visit: UUID) -> HttpResponse:
    """Take the drawn home's marks in."""
    found, evaluator = _spot_visit(request, visit)
    said_ = _said(request, found.round.version, found.household.code)
    seen = HomeMarks(found.household_id, said_.pop("seen"), said_.pop("day"))
    gave = spot.enter_spot(visit=found, evaluator=evaluator, seen=seen, **said_)
    told = _("这一次以前已经记过,没有重复记。") if gave.same else _("已记下。")
    if gave.review:
        told = _("和这位以前记的不一样,两次都先不算,要别人核对后才算。")
    messages.success(request, told)
    return redirect(
        "office:revisits" if evaluator == request.actor.id else "office:round", *_of(found, evaluator, request)
    )


def _of(found: Visit, evaluator: UUID, request: Asked) -> list[UUID]:
    return [] if evaluator == request.actor.id else [found.round_id]


@needs("lists.notify")
@deed(revisits)
def revisits_plan(request: Asked, village: UUID, kind: str) -> HttpResponse:
    """Put every home that waits on a walk of today, so that sheets can be printed."""
    place = place_for(request, "lists.notify", village, "village")
    if kind not in LookKind.codes():
        raise Http404
    opened = honours.plan_revisits(
        village=place, kind=LookKind(kind), by=request.actor, at=request.at, command=forms.command(request)
    )
    messages.success(request, _("排好了,可以打印带去填的表。"))
    return redirect("office:round", id=opened[0].pk)
