"""Rounds: opened for a village or the town, panels, score sheets, how far each is, the close."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.inspections.actions import draw as drawing
from courtyard.inspections.actions import rounds as opening
from courtyard.inspections.actions import seats as seating
from courtyard.inspections.models import Round
from courtyard.inspections.queries import rounds as queries
from courtyard.inspections.queries.calibration import groups_today
from courtyard.inspections.queries.desk import round_desk
from courtyard.inspections.queries.groups import seatable
from courtyard.inspections.queries.including import late_homes
from courtyard.inspections.queries.results import results_of_round
from courtyard.inspections.rules.membership import SeatWalk
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.kernel.weeks import name_of
from courtyard.office.answers import pdf
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.office.views.spots import revisit_round
from courtyard.outreach.gathering import score_sheets_of
from courtyard.outreach.papers import render as press
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas, may
from courtyard.places.models import Place
from courtyard.rating.queries import document_of, in_force_of


def grades_of(closed: Round) -> list[tuple[str, str, int]]:
    """(code, word, homes) of a closed round's grades, the best first, then the homes not rated."""
    counts = Counter(row.grade for row in results_of_round(closed.pk))
    bands = [(band.code, band.name, counts.get(band.code, 0)) for band in document_of(closed.version).bands]
    return [*bands, ("none", _("没有评"), counts.get(None, 0))]


def round_for(request: Asked, verb: str, id: UUID, *, revisits: bool = False) -> Round:
    """The month's round of this id (or, if told, one of re-visits) where the person may do this verb, or 404."""
    rows = queries.rounds if revisits else queries.months_rounds
    return get_object_or_404(rows(areas(request.actor, verb)), pk=id)


@needs("rounds.see")
def rounds(request: Asked) -> HttpResponse:
    """Every round within the person's areas: which village is how far."""
    facts = {
        "rows": queries.overview(areas(request.actor, "rounds.see"))[:120],
        "may_open": areas(request.actor, "rounds.open"),
        "may_close": areas(request.actor, "rounds.close"),
        "may_review": areas(request.actor, "marks.review"),
        "may_years": areas(request.actor, "points.see"),
        "may_kin": areas(request.actor, "marks.own"),
    }
    return render(request, "office/rounds.html", facts)


@needs("rounds.open")
def round_open_page(request: Asked) -> HttpResponse:
    """Where and for which month a round is opened."""
    today = day_of(request.at)
    villages = in_force_of(places_for(request, "rounds.open", "village"), today).values()
    facts = {
        "places": labelled(places_for(request, "rounds.open", "town", "village")),
        "month": f"{today:%Y-%m}",
        "by_week": any(one.document.scope.period == "week" for one in villages),
        "to_grade": _to_grade(request),
    }
    return render(request, "office/round_open.html", facts)


def _to_grade(request: Asked) -> list[str]:
    """Villages whose group has not graded yards together before its first round: said, never a bar (two queries)."""
    villages = {place.pk: place.name for place in places_for(request, "rounds.open", "village")}
    found = groups_today(villages, day_of(request.at))
    return [villages[pk] for pk, row in found.items() if row.to_grade]


@needs("rounds.open")
@deed(round_open_page)
def round_open(request: Asked) -> HttpResponse:
    """Open it: one village's round, or every village's of the town, each by itself."""
    place = place_for(request, "rounds.open", forms.wanted(request, "place", _("哪里")), "town", "village")
    by_week = bool(forms.text(request, "week"))
    month = forms.period(request, "week", _("哪一周")) if by_week else forms.period(request, "month", _("哪个月"))
    skips = bool(forms.text(request, "skips"))
    if place.kind == "town":
        return _open_town(request, place, month, skips)
    opened = opening.open_round(
        village=place, month=month, by=request.actor, at=request.at, command=forms.command(request), skips=skips
    )
    messages.success(request, _("已开 %(village)s 的一轮。") % {"village": place.name})
    return redirect("office:round", id=opened.pk)


def _open_town(request: Asked, town: Place, month: date, skips: bool) -> HttpResponse:
    done = opening.open_rounds(place=town, month=month, by=request.actor, at=request.at, skips=skips)
    stuck = [(village, say(what)) for village, what in done if isinstance(what, Problem)]
    facts = {"place": town, "month": month, "opened": len(done) - len(stuck), "stuck": stuck}
    return render(request, "office/rounds_opened.html", facts)


@needs("rounds.see")
def round_page(request: Asked, id: UUID) -> HttpResponse:
    """One round: per group who rates and how many homes are in; an evaluator sees the own seats only."""
    opened = round_for(request, "rounds.see", id, revisits=True)
    if opened.kind not in queries.REGULAR:
        return revisit_round(request, opened)
    village = opened.village.path
    dropped = opened.state == RoundState.DROPPED.value
    runs_it = may(request.actor, "marks.enter", village) is None or may(request.actor, "schemes.see", village) is None
    seats = [seat for seat in queries.progress(opened.pk) if runs_it or seat.evaluator == request.actor.id]
    groups: dict[Place, list[queries.SeatProgress]] = (
        {group: [] for group in queries.groups(opened.pk)} if runs_it else {}
    )
    for seat in seats:
        groups.setdefault(seat.group, []).append(seat)
    desk = round_desk(opened, day_of(request.at))
    may_include = may(request.actor, "rounds.include", village) is None
    facts = {
        "round": opened,
        "may_include": may_include,
        "late": len(late_homes(opened)) if may_include else 0,
        "open": opened.state == RoundState.OPEN.value,
        "document": document_of(opened.version),
        "groups": () if dropped else groups.items(),
        "typed": sum(seat.typed for seat in seats),
        "to_type": 0 if dropped else sum(seat.homes for seat in seats),
        "drawn": desk.drawn,
        "term_over": desk.term_over if runs_it else None,
        "without_panel": sum(not seats for seats in groups.values()),
        "reviews": desk.reviews if runs_it else 0,
        "grades": grades_of(opened) if opened.state == RoundState.CLOSED.value and runs_it else [],
        "may_open": may(request.actor, "rounds.open", village) is None,
        "may_enter": may(request.actor, "marks.enter", village) is None,
        "may_print": may(request.actor, "papers.print", village) is None,
        "may_see_scheme": may(request.actor, "schemes.see", village) is None,
        "may_close": may(request.actor, "rounds.close", village) is None,
        "may_review": may(request.actor, "marks.review", village) is None,
    }
    return render(request, "office/round.html", facts)


@needs("rounds.open")
@deed(round_page)
def round_draw(request: Asked, id: UUID) -> HttpResponse:
    """Draw a panel for every group that has none."""
    opened = round_for(request, "rounds.open", id)
    drawn = drawing.draw_panels(opened=opened, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("%(n)s 个组抽好了评比员。") % {"n": drawn})
    return redirect("office:round", id=id)


@needs("rounds.open")
def round_panel_page(request: Asked, id: UUID, group: UUID) -> HttpResponse:
    """Who rates this group: at least as many as the scheme wants, none of them living there."""
    opened = round_for(request, "rounds.open", id)
    found = get_object_or_404(queries.groups(opened.pk), pk=group)
    people = seatable(opened.village, day_of(request.at))
    able = people.able
    near = queries.live_in(able)
    seats = queries.seats(opened.pk, group).filter(walk=SeatWalk.WHOLE.value)
    seated = [seat.evaluator_id for seat in seats]
    chosen = request.POST.getlist("evaluator") or [str(one) for one in seated]
    facts = {
        "round": opened,
        "group": found,
        "least": document_of(opened.version).aggregate.raters_least,
        "term_over": people.over,
        "people": [(id_, name, group in near.get(id_, ()), str(id_) in chosen) for id_, name in able.items()],
    }
    return render(request, "office/round_panel.html", facts)


@needs("rounds.open")
@deed(round_panel_page)
def round_panel(request: Asked, id: UUID, group: UUID) -> HttpResponse:
    """Seat them."""
    opened = round_for(request, "rounds.open", id)
    found = get_object_or_404(queries.groups(opened.pk), pk=group)
    seating.set_panel(
        opened=opened,
        group=found,
        evaluators=[forms.as_id(one, _("评比员")) for one in request.POST.getlist("evaluator")],
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("%(group)s的评比员已定好。") % {"group": found.name})
    return redirect("office:round", id=id)


@needs("papers.print")
def round_sheets(request: Asked, id: UUID) -> HttpResponse:
    """Score sheets, one a rater and group, in walking order; `group` narrows to one."""
    opened = round_for(request, "papers.print", id, revisits=True)
    if opened.kind == RoundKind.SPOT.value and may(request.actor, "rounds.spot", opened.village.path):
        raise Http404
    group = request.GET.get("group", "")
    sheets = score_sheets_of(opened, day_of(request.at), group=forms.as_id(group, "group") if group else None)
    return pdf(press("score_sheets", sheets).pdf, f"{opened.village.name}-{name_of(opened.month)}-评分表.pdf")
