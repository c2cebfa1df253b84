"""Evaluation groups: who they are, their term and meeting; a village's next group; the record of a draw."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.inspections.actions.groups import make_group
from courtyard.inspections.models import EvaluationGroup
from courtyard.inspections.queries import groups as queries
from courtyard.inspections.queries.rounds import able_evaluators
from courtyard.inspections.rules.draw import Drawn
from courtyard.inspections.rules.membership import RESERVE, MeetingKind, Member, Standing
from courtyard.kernel.days import day_of
from courtyard.office import group_form
from courtyard.office.scope import place_for, places_for
from courtyard.office.views.rounds import round_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.queries import names
from courtyard.people.rules import areas, may
from courtyard.places.models import Place


def group_for(request: Asked, verb: str, id: UUID) -> EvaluationGroup:
    """The evaluation group of this id where the person may do this verb, or 404."""
    return get_object_or_404(queries.groups_within(areas(request.actor, verb)), pk=id)


@needs("rounds.see")
def groups(request: Asked) -> HttpResponse:
    """Every village within the person's areas with its group: in office, its term over, or none yet."""
    today = day_of(request.at)
    latest: dict[UUID, EvaluationGroup] = {}
    for row in queries.groups_within(areas(request.actor, "rounds.see")):
        latest.setdefault(row.village_id, row)
    villages = places_for(request, "rounds.see", "village")
    own_groups = places_for(request, "rounds.open", "village")
    facts = {
        "rows": [(village, latest.get(village.pk)) for village in villages],
        "may_make": set(own_groups.values_list("pk", flat=True)),
        "today": today,
    }
    return render(request, "office/groups.html", facts)


@needs("rounds.see")
def group(request: Asked, id: UUID) -> HttpResponse:
    """One group: trio by trio who is in it and for whom, its term, the meeting that chose it."""
    found = group_for(request, "rounds.see", id)
    trios: dict[int, list[Any]] = {}
    for member in queries.members_of(found.pk):
        trios.setdefault(member.trio, []).append(member)
    today = day_of(request.at)
    facts = {
        "group": found,
        "trios": trios.items(),
        "reserve": RESERVE,
        "over": found.last < today,
        "in_office": queries.group_on(found.village_id, today) == found,
        "graded": hasattr(found, "calibration"),
        "may_open": may(request.actor, "rounds.open", found.village.path) is None,
    }
    return render(request, "office/group.html", facts)


@needs("rounds.open")
def group_new_page(request: Asked, village: UUID) -> HttpResponse:
    """The village's next group; the one before is filled in, to be changed as the meeting chose."""
    place = place_for(request, "rounds.open", village, "village")
    today = day_of(request.at)
    able = able_evaluators(place, today)
    facts = {
        "village": place,
        "rows": group_form.rows(able, _before(place), request.POST),
        "places": group_form.places(len(able)),
        "standings": Standing.choices(),
        "kinds": MeetingKind.choices(),
        "least": RESERVE,
        "today": today.isoformat(),
    }
    return render(request, "office/group_new.html", facts)


def _before(village: Place) -> dict[UUID, Member]:
    latest = EvaluationGroup.objects.filter(village=village).order_by("-since").first()
    rows = queries.members_of(latest.pk) if latest else ()
    return {row.account_id: Member(row.account_id, Standing(row.standing), row.trio, row.n) for row in rows}


@needs("rounds.open")
@deed(group_new_page)
def group_new(request: Asked, village: UUID) -> HttpResponse:
    """Make it."""
    place = place_for(request, "rounds.open", village, "village")
    made = make_group(
        village=place,
        term=group_form.term(request),
        meeting_kind=MeetingKind(forms.one_of(request, "kind", _("什么会"), MeetingKind.codes())),
        members=group_form.members(able_evaluators(place, day_of(request.at)), request.POST),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("%(village)s的评比小组登记好了。") % {"village": place.name})
    return redirect("office:group", id=made.pk)


@needs("rounds.see")
def round_draws(request: Asked, id: UUID) -> HttpResponse:
    """The record of a round's draw: seed, digests, what came out; drawn again on the spot. Evaluators see it as well."""
    opened = round_for(request, "rounds.see", id)
    records = queries.draws_of(opened.pk)
    people = names({person for record in records for one in record.drawn for person in _seated(one)})
    groups_ = {place.pk: place.name for place in Place.objects.filter(parent=opened.village_id)}
    facts = {
        "may_prove": may(request.actor, "records.verify", opened.village.path) is None,
        "round": opened,
        "records": [
            (record, queries.proof_of(record.row), [_row(one, groups_, people) for one in record.drawn])
            for record in records
        ],
    }
    return render(request, "office/round_draws.html", facts)


@needs("records.verify")
def round_draws_facts(request: Asked, id: UUID) -> HttpResponse:
    """What each draw of a round was drawn from and what came out, for whoever proves it elsewhere: ids, no names."""
    opened = round_for(request, "records.verify", id)
    kept = [
        {"seed": record.row.seed, "facts": json.loads(record.row.facts), "outcome": json.loads(record.row.outcome)}
        for record in queries.draws_of(opened.pk)
    ]
    return JsonResponse({"round": opened.pk.hex, "draws": kept}, json_dumps_params={"indent": 1})


def _seated(one: Drawn) -> tuple[UUID, ...]:
    return (*one.panel, *one.front, *one.stand_ins)


def _row(one: Drawn, groups_: dict[UUID, str], people: dict[object, str]) -> dict[str, Any]:
    said = {
        part: "、".join(people[person] for person in who)
        for part, who in (("panel", one.panel), ("front", one.front), ("stand_ins", one.stand_ins))
    }
    return {"group": groups_[one.group], "trio": one.trio, **said}
