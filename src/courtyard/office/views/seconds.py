"""The second person's desk: imports and households by hand to look at, PIN resets to do."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.households import actions, queries
from courtyard.households.models import Countersign
from courtyard.households.rules.states import CountersignState, PinResetState
from courtyard.office.homes import shown
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.queries import names
from courtyard.people.rules import areas

SHOWN = 20


@needs("households.confirm")
def household_seconds(request: Asked) -> HttpResponse:
    """What others made and a second person has not looked at yet; one's own stands there without buttons."""
    mine = areas(request.actor, "households.confirm")
    waiting = list(queries.countersigns(mine))
    resets = list(queries.resets(mine))
    known = names([*(one.made_by for one in waiting), *(one.asked_by for one in resets)])
    by_hand = queries.made_by_hand(one.pk for one in waiting)
    homes = [*by_hand.values(), *(one.household for one in resets)]
    rows = {row.home.pk: row for row in shown(request, homes, why="second person")}
    facts = {
        "countersigns": [
            (one, known.get(one.made_by, ""), rows[by_hand[one.pk].pk] if one.pk in by_hand else None)
            for one in waiting
        ],
        "resets": [(one, known.get(one.asked_by, ""), rows[one.household_id]) for one in resets],
    }
    return render(request, "office/household_seconds.html", facts)


@needs("households.confirm")
def household_second(request: Asked, id: UUID) -> HttpResponse:
    """What one import made: how many homes a village, and the first of them by name."""
    found = _countersign(request, id)
    homes = list(queries.homes([found.place.path]).filter(countersign=found)[:SHOWN])
    facts = {
        "one": found,
        "who": names([found.made_by]).get(found.made_by, ""),
        "villages": queries.made_in_villages(found.pk),
        "rows": shown(request, homes, why="second person"),
        "own": found.made_by == request.actor.id,
    }
    return render(request, "office/household_second.html", facts)


def _countersign(request: Asked, id: UUID) -> Countersign:
    return get_object_or_404(queries.countersigns(areas(request.actor, "households.confirm")), pk=id)


@needs("households.confirm")
@deed(household_seconds)
def household_second_answer(request: Asked, id: UUID) -> HttpResponse:
    """It is right, or it is not."""
    # Whatever its state: a form sent twice gets the first one's answer, a late one the reason.
    mine = areas(request.actor, "households.confirm")
    found = get_object_or_404(queries.countersigns(mine, CountersignState.codes()), pk=id)
    confirmed = forms.one_of(request, "answer", _("核对的结果"), ("right", "wrong")) == "right"
    actions.answer_countersign(
        countersign=found, confirmed=confirmed, by=request.actor, at=request.at, command=forms.command(request)
    )
    if confirmed:
        messages.success(request, _("已核对,这些户的积分可以用了。"))
    else:
        messages.success(request, _("已记下不对。请经手的人撤回导入,或逐户改好,改好再来核对。"))
    return redirect("office:household_seconds")


@needs("households.confirm")
@deed(household_seconds)
def household_reset_answer(request: Asked, id: UUID) -> HttpResponse:
    """Set the PIN anew, or not."""
    mine = areas(request.actor, "households.confirm")
    reset = get_object_or_404(queries.resets(mine, PinResetState.codes()), pk=id)
    confirmed = forms.one_of(request, "answer", _("办不办"), ("yes", "no")) == "yes"
    actions.answer_pin_reset(
        reset=reset, confirmed=confirmed, by=request.actor, at=request.at, command=forms.command(request)
    )
    if confirmed:
        messages.success(request, _("密码已重设,新密码现在就能用;积分停用一天。"))
    else:
        messages.success(request, _("没有重设,原来的密码照旧。"))
    return redirect("office:household_seconds")
