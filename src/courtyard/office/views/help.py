"""Help: which homes are owed it, who goes, done; and writing down that a home cannot do it alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.honours import actions
from courtyard.honours.models import OWED_STATES, HelpTask
from courtyard.honours.queries import help as queries
from courtyard.honours.rules.help import Helper, HelpState, HelpWhy
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.households.queries import homes
from courtyard.inspections.queries.record import seen_at
from courtyard.kernel.actors import DutyKind
from courtyard.kernel.days import day_of
from courtyard.office.homes import clear_or_masked, home_by_number
from courtyard.outreach.gathering_homes import said
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.queries import with_duties
from courtyard.people.rules import areas
from courtyard.rating.queries import document_of

DONE_SHOWN = 10
KINDS = (DutyKind.VILLAGE_CADRE, DutyKind.EVALUATOR)


def _tasks(request: Asked) -> Any:
    return queries.within_areas(areas(request.actor, "lists.notify"))


def _task(request: Asked, id: UUID) -> HelpTask:
    found: HelpTask = get_object_or_404(_tasks(request).select_related("visit__round__version"), pk=id)
    return found


@needs("lists.notify")
def help_board(request: Asked) -> HttpResponse:
    """Which homes are owed help, the earliest day first; late is the village's delay. Below, what was done lately."""
    today, rows = day_of(request.at), _tasks(request)
    owed = queries.lines(rows.filter(state__in=OWED_STATES), today)
    done = queries.lines(rows.filter(state=HelpState.DONE.value).order_by("-done_on", "pk")[:DONE_SHOWN], today)
    shown = [(line.task.household_id, line.task.household.head) for line in (*owed, *done)]
    names = clear_or_masked(request, shown, why=_("帮扶"))
    facts = {
        "owed": [(line, names[line.task.household_id]) for line in owed],
        "done": [(line, names[line.task.household_id]) for line in done],
    }
    return render(request, "office/help.html", facts)


@needs("lists.notify")
def help_task(request: Asked, task: UUID) -> HttpResponse:
    """One home's help: what there is to do, who goes, until when."""
    row = _task(request, task)
    [line] = queries.lines([row], day_of(request.at))
    names = clear_or_masked(request, [(row.household_id, row.household.head)], why=_("帮扶"))
    staff = {duty.account_id: duty.account.name for duty in with_duties([row.village.path], KINDS, day_of(request.at))}
    facts = {
        "line": line,
        "task": row,
        "name": names[row.household_id],
        "seen": _seen(row),
        "staff": [(str(person), name) for person, name in staff.items()],
        "owed": row.state in OWED_STATES,
        "care": line.why is HelpWhy.CARE,
        "today": day_of(request.at),
    }
    return render(request, "office/help_task.html", facts)


def _seen(task: HelpTask) -> list[tuple[str, str, str]]:
    """(area, what was seen, how it is put right) of what is still to do where help was asked for."""
    if task.visit is None or task.visit_id is None:
        return []
    document = document_of(task.visit.round.version)
    return [said(document, one) for one in seen_at([task.visit_id]).get(task.visit_id, ()) if not one.mended]


def _helper(request: Asked, task: HelpTask) -> Helper | None:
    """Who helps, as the form names them: a neighbour's number, a person chosen, or words; None where all are empty."""
    number = forms.text(request, "neighbour").replace(" ", "")
    person, words = forms.text(request, "person"), forms.text(request, "words")
    if not (number or person or words):
        return None
    home = home_by_number(homes([task.village.path]), number) if number else None
    return Helper(home.pk if home else None, forms.as_id(person, _("干部或评比员")) if person else None, words)


@needs("lists.notify")
@deed(help_task)
def help_take(request: Asked, task: UUID) -> HttpResponse:
    """Who sets out to help."""
    row = _task(request, task)
    helper = _helper(request, row) or Helper()
    actions.take_help(task=row, helper=helper, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已记下谁去帮。帮好了再来点「帮好了」。"))
    return redirect("office:help_task", task=row.pk)


@needs("lists.notify")
@deed(help_task)
def help_done(request: Asked, task: UUID) -> HttpResponse:
    """Help was given: the home's own improvement; a neighbour is thanked."""
    row = _task(request, task)
    made = actions.finish_help(
        task=row,
        day=forms.day(request, "day", _("哪天帮的")),
        helper=_helper(request, row),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    words = _("帮好了,算这一户自己改好的。")
    messages.success(request, words + (_("去帮的邻居记了一件事项,等镇里或监督员确认。") if made else ""))
    return redirect("office:help")


@needs("lists.notify")
@deed(help_task)
def help_end(request: Asked, task: UUID) -> HttpResponse:
    """A home on the care list says help is not needed."""
    row = _task(request, task)
    actions.end_help(task=row, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已记下:本户说不用帮了。"))
    return redirect("office:help")


@needs("lists.object")
def help_alone_page(request: Asked) -> HttpResponse:
    """Whoever has a duty writes down that a home cannot do it alone."""
    if request.actor.kind == "household":  # a household says it on its own page
        raise Http404
    channels = [(one.value, one.label) for one in ObjectionChannel if one is not ObjectionChannel.PAGE]
    number = request.GET.get("home", "")[:32]
    desk = bool(areas(request.actor, "lists.notify"))
    return render(request, "office/help_alone.html", {"channels": channels, "number": number, "desk": desk})


@needs("lists.object")
@deed(help_alone_page)
def help_alone(request: Asked) -> HttpResponse:
    """The home's number, and how it was said; from now on nothing about it is published until help was given."""
    if request.actor.kind == "household":
        raise Http404
    home = home_by_number(homes(areas(request.actor, "lists.object")), forms.wanted(request, "home", _("户编号或短号")))
    channel = ObjectionChannel(forms.one_of(request, "channel", _("怎么说的"), ObjectionChannel.codes()))
    asked = actions.say_cannot_alone(
        household=home, channel=channel, by=request.actor, at=request.at, command=forms.command(request)
    )
    if asked.new:
        messages.success(request, _("编号 %(code)s 已记下,村里安排人帮。帮好以前什么也不公示。") % {"code": home.code})
    else:
        messages.success(request, _("编号 %(code)s 早已记下,正等人帮,不用再记。") % {"code": home.code})
    return redirect("office:help_alone")
