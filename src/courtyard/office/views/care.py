"""The care list to confirm, and the questions that imports must not decide."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.honours.actions import leave_lists
from courtyard.households import actions, queries
from courtyard.households.rules.answers import FITTING, Answer
from courtyard.households.rules.states import CareState, QuestionKind
from courtyard.office.homes import shown
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas

A_PAGE = 30


@needs("households.keep")
def care(request: Asked) -> HttpResponse:
    """Who is proposed for the care list: each line is confirmed or declined by a person, never by a rule."""
    lines = queries.care_lines(areas(request.actor, "households.keep"), CareState.PROPOSED)
    pages = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    rows = shown(request, [line.household for line in pages], why="care list")
    return render(request, "office/care.html", {"rows": list(zip(pages, rows, strict=True)), "pages": pages})


@needs("households.keep")
@deed(care)
def care_decide(request: Asked, id: UUID) -> HttpResponse:
    """Confirm or decline one line."""
    line = get_object_or_404(queries.care_lines(areas(request.actor, "households.keep")), pk=id)
    confirmed = forms.one_of(request, "decision", _("列不列入"), ("yes", "no")) == "yes"
    actions.confirm_care(
        care=line, confirmed=confirmed, by=request.actor, at=request.at, command=forms.command(request)
    )
    leave_lists(household=line.household, by=request.actor, at=request.at)
    messages.success(request, _("已列入照顾名单。") if confirmed else _("已记下:不列入。"))
    return redirect(forms.back(request, "office:care"))


@needs("households.keep")
def questions(request: Asked) -> HttpResponse:
    """What imports ask: a household no longer in the roster, one that may have moved, one said to be empty."""
    asked = queries.open_questions(areas(request.actor, "households.keep"))
    pages = Paginator(asked, A_PAGE).get_page(request.GET.get("page"))
    rows = shown(request, [question.household for question in pages], why="questions")
    answers = [FITTING[QuestionKind(question.kind)] for question in pages]
    return render(
        request, "office/questions.html", {"rows": list(zip(pages, rows, answers, strict=True)), "pages": pages}
    )


@needs("households.keep")
@deed(questions)
def question_answer(request: Asked, id: UUID) -> HttpResponse:
    """Answer one of them."""
    question = get_object_or_404(queries.open_questions(areas(request.actor, "households.keep")), pk=id)
    answer = Answer(forms.one_of(request, "answer", _("答复"), Answer.codes()))
    actions.answer_question(
        question=question, answer=answer, by=request.actor, at=request.at, command=forms.command(request)
    )
    leave_lists(household=question.household, by=request.actor, at=request.at)
    messages.success(request, _("已记下:%(answer)s。") % {"answer": _(answer.label)})
    return redirect(forms.back(request, "office:questions"))
