"""有人不同意: anyone with a duty takes down what a household says; and the answers to objections where no entry is open."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.honours import actions
from courtyard.honours.models import GradeObjection
from courtyard.honours.queries.grade_objections import GradeCase, grade_case_within, waiting_answers
from courtyard.honours.queries.slips import slips_with
from courtyard.honours.rules.slips import tidy
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.households.models import Household
from courtyard.households.queries import homes
from courtyard.households.rules.masks import masked_name
from courtyard.kernel.days import day_of
from courtyard.office import answer_form, entry_words
from courtyard.office.homes import clear_or_masked, home_by_number
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas, may
from courtyard.people.said_days import prose
from courtyard.places.queries import complaint_line
from courtyard.rating.queries import document_of

HEARD = [one for one in ObjectionChannel if one is not ObjectionChannel.PAGE]
SAID = ("objects", "not_received")


@needs("lists.object")
def disagree_page(request: Asked) -> HttpResponse:
    """Whose home, what was said, how: four taps on a phone; nothing of the home is shown."""
    if request.actor.kind == "household":
        raise Http404
    facts = {
        "channels": [(one.value, one.label) for one in HEARD],
        "said": [("objects", _("不同意评的或者写的")), ("not_received", _("没有收到告知"))],
    }
    return render(request, "office/disagree.html", facts)


@needs("lists.object")
@deed(disagree_page)
def disagree(request: Asked) -> HttpResponse:
    """Freeze what can be frozen at once; the answer says what happens next and not what there was."""
    if request.actor.kind == "household":
        raise Http404
    home = _home(request)
    whose = f"{home.village.name}{home.group.name} {masked_name(home.head)}"
    if forms.one_of(request, "said", _("怎么说的"), SAID) == "not_received":
        actions.say_not_received(household=home, by=request.actor, at=request.at, command=forms.command(request))
        messages.success(
            request, _("%(whose)s:记下了。有告知的,重新送、重新计日子,在那以前不公示。") % {"whose": whose}
        )
        return redirect("office:disagree")
    raised = actions.raise_objection(
        household=home,
        channel=ObjectionChannel(forms.one_of(request, "channel", _("怎么提的"), ObjectionChannel.codes())),
        words=forms.wanted(request, "words", _("照原话记几句")),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    if raised.answer_by is None:
        words = _("%(whose)s:记下了。关账以后由没有评过的人答复,答复以前先停下来、不公示。") % {"whose": whose}
    else:
        told = {"whose": whose, "day": prose(raised.answer_by)}
        words = _("%(whose)s:记下了,先停下来、不公示。最晚 %(day)s 由没有评过的人答复。") % told
    messages.success(request, words)
    return redirect("office:disagree")


def _home(request: Asked) -> Household:
    """The home of a number (短号, 户编号, 单子编号) within what this person's duty covers."""
    mine, number = areas(request.actor, "lists.object"), tidy(forms.wanted(request, "number", _("户的号")))
    slip = slips_with(mine, [number]).get(number)
    rows = homes(mine)
    return rows.get(pk=slip.household_id) if slip and slip.household_id else home_by_number(rows, number)


@needs("marks.review")
def list_objections(request: Asked) -> HttpResponse:
    """Objections that wait for an answer, those due first."""
    today = day_of(request.at)
    found = waiting_answers(areas(request.actor, "marks.review"), today)
    heads = [(one.row.household_id, one.row.household.head) for one in found]
    names = clear_or_masked(request, heads, why=_("答复意见"))
    rows = [(one, names[one.row.household_id]) for one in found]
    return render(request, "office/list_objections.html", {"rows": rows})


def _case(request: Asked, objection: UUID) -> GradeCase:
    mine, today = areas(request.actor, "marks.review"), day_of(request.at)
    return entry_words.found_or_404(lambda: grade_case_within(mine, objection, today), "honours.objection_unknown")


@needs("marks.review")
def list_grade_objection_page(request: Asked, objection: UUID) -> HttpResponse:
    """One objection: what was said, what the round found, the form of the answer."""
    found = _case(request, objection)
    home = found.row.household
    facts = {
        "found": found,
        "row": found.row,
        "name": clear_or_masked(request, [(home.pk, home.head)], why=_("答复意见"))[home.pk],
        **answer_form.fields(document_of(found.row.visit.round.version), request.POST),
        "closed": found.row.visit.round.closed is not None,
        "may_now": found.level.value == "village" or may(request.actor, "lists.decide", found.row.village.path) is None,
        "complaint_line": complaint_line(found.row.village.path),
    }
    return render(request, "office/list_grade_objection.html", facts)


@needs("marks.review")
@deed(list_grade_objection_page)
def list_grade_objection(request: Asked, objection: UUID) -> HttpResponse:
    """The answer with reasons; upheld with what the areas really were, or not rated at all."""
    row: GradeObjection = _case(request, objection).row
    given = answer_form.given(request, document_of(row.visit.round.version))
    actions.answer_grade_objection(
        objection=row, **given, by=request.actor, at=request.at, command=forms.command(request)
    )
    words = _("成立:结果、积分和榜都改过来了。") if given["upheld"] else _("不成立,理由已记下,农户看得到。")
    messages.success(request, words)
    return redirect("office:list_grade_objection", objection=row.pk)
