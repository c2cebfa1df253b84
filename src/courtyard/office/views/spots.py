"""Spot checks for clerk and supervisor: drawn, ended, how far they agree; the concerns a re-visit opened."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.honours import actions as honours
from courtyard.honours.queries.titles import due_within
from courtyard.inspections.actions import spot
from courtyard.inspections.actions.concerns import answer_concern
from courtyard.inspections.models import Round
from courtyard.inspections.queries import revisits as queries
from courtyard.inspections.queries.rounds import rounds
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.office.homes import clear_or_masked
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas, may
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind
from courtyard.rating.queries import document_of
from courtyard.rating.rules.checks import matters


@needs("rounds.spot")
def spots_page(request: Asked) -> HttpResponse:
    """Where a spot check can be drawn, which are under way, and how far the closed ones agree."""
    mine = areas(request.actor, "rounds.spot")
    under_way = rounds(mine).filter(kind=RoundKind.SPOT.value, state=RoundState.OPEN.value)
    facts = {
        "places": labelled(places_for(request, "rounds.spot", "town", "village")),
        "under_way": list(under_way),
        "results": queries.spot_results(mine),
        "due": len(due_within(mine, day_of(request.at))),
    }
    return render(request, "office/spots.html", facts)


@needs("rounds.spot")
@deed(spots_page)
def spots(request: Asked) -> HttpResponse:
    """Draw one of the village's latest closed round, or one for each village of the town."""
    village = place_for(request, "rounds.spot", forms.wanted(request, "place", _("哪里")), "town", "village")
    if village.kind == PlaceKind.TOWN.value:
        return _draw_town(request, village)
    opened = honours.open_check(village=village, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("抽好了。抽到的户和去看的人都在下面,去以前不要说出去。"))
    return redirect("office:round", id=opened.pk)


def _draw_town(request: Asked, town: Place) -> HttpResponse:
    done = honours.open_checks(place=town, by=request.actor, at=request.at)
    stuck = [(village, say(what)) for village, what in done if isinstance(what, Problem)]
    if len(done) > len(stuck):
        messages.success(
            request, _("%(n)s 个村抽好了。抽到的户和去看的人在各村那一页。") % {"n": len(done) - len(stuck)}
        )
    for village, why in stuck:
        messages.warning(request, f"{village.name}:{why}")
    return redirect("office:spots")


def revisit_round(request: Asked, opened: Round) -> HttpResponse:
    """A round of re-visits: its homes and who goes; a closed spot check with its agreement.

    The homes of a spot check are shown to whoever keeps it and to whoever goes: the village does not know beforehand.
    """
    village = opened.village.path
    is_spot = opened.kind == RoundKind.SPOT.value
    desk = may(request.actor, "rounds.spot" if is_spot else "rounds.close", village) is None
    sees_all = desk if is_spot else may(request.actor, "marks.enter", village) is None
    homes = queries.walk_homes(opened.pk)
    if not sees_all:
        homes = [one for one in homes if request.actor.id in one.people]
    names = clear_or_masked(request, [(one.visit.household_id, one.visit.household.head) for one in homes], why="walk")
    results = queries.spot_results([village]) if is_spot and desk else []
    facts = {
        "round": opened,
        "document": document_of(opened.version),
        "spot": is_spot,
        "changes": is_spot and matters(document_of(opened.version)),
        "open": opened.state == RoundState.OPEN.value,
        "homes": [(one, names[one.visit.household_id]) for one in homes],
        "done": sum(one.done for one in homes),
        "may_end": desk,
        "may_enter": sees_all,
        "may_print": sees_all and may(request.actor, "papers.print", village) is None,
        "result": next((one for one in results if one.round.pk == opened.pk), None),
    }
    return render(request, "office/revisit_round.html", facts)


@needs("rounds.see")
def round_end_page(request: Asked, id: UUID) -> HttpResponse:
    """The round itself; it is ended from there."""
    return revisit_round(request, _revisits(request, id))


def _revisits(request: Asked, id: UUID) -> Round:
    return get_object_or_404(rounds(areas(request.actor, "rounds.see")), pk=id, kind__in=queries.REVISITS)


@needs("rounds.see")
@deed(round_end_page)
def round_end(request: Asked, id: UUID) -> HttpResponse:
    """End a walk, or a spot check: then it is compared."""
    opened = _revisits(request, id)
    verb = "rounds.spot" if opened.kind == RoundKind.SPOT.value else "rounds.close"
    if may(request.actor, verb, opened.village.path):
        raise Http404
    end = honours.close_spot if opened.kind == RoundKind.SPOT.value else spot.end_revisits
    end(closing=opened, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已结束。"))
    return redirect("office:round", id=id)


@needs("concerns.answer")
def concerns(request: Asked) -> HttpResponse:
    """What households said no to: open ones first, oldest first; never shown to a duty in the village itself."""
    rows = list(queries.concerns(areas(request.actor, "concerns.answer"))[:120])
    names = clear_or_masked(request, [(row.household_id, row.household.head) for row in rows], why="concerns")
    words = queries.words_of(rows)
    facts = {"rows": [(row, names[row.household_id], words.get(row.pk, ""), f"words-{row.pk.hex}") for row in rows]}
    return render(request, "office/concerns.html", facts)


@needs("concerns.answer")
@deed(concerns)
def concern_answer(request: Asked, id: UUID) -> HttpResponse:
    """Answer one with words."""
    concern = get_object_or_404(queries.concerns(areas(request.actor, "concerns.answer")), pk=id)
    answer_concern(
        concern=concern,
        words=forms.wanted(request, f"words-{concern.pk.hex}", _("查到了什么、怎么办的")),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("已答复。"))
    return redirect("office:concerns")
