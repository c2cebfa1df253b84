"""One entry of the black list: where it stands, what was seen, what happened, and the step that comes next."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.honours import actions
from courtyard.honours.actions.slips import TELLING, print_notice
from courtyard.honours.models import Listing
from courtyard.honours.queries.entries import case_within
from courtyard.honours.queries.slips import notice_serial
from courtyard.honours.queries.work import EntryPage, entry_page
from courtyard.honours.rules.persons import Evidence
from courtyard.honours.rules.states import NoticeEvidence, ObjectionChannel, ObjectionState, Verb
from courtyard.honours.rules.steps import OPEN
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.office import answer_form, entry_words, look_form
from courtyard.office.answers import pdf
from courtyard.office.homes import clear_or_masked
from courtyard.outreach.actions import print_and_keep
from courtyard.outreach.gathering_homes import notice_of, slips_of
from courtyard.outreach.papers import render as press
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas
from courtyard.people.said_days import prose
from courtyard.rating.queries import document_of


def _listing(request: Asked, verb: str, listing: UUID) -> Listing:
    return entry_words.black_or_404(lambda: case_within(areas(request.actor, verb), listing)).listing


@needs("lists.see")
def entry(request: Asked, listing: UUID) -> HttpResponse:
    """The entry's page: one primary action, the rest folded."""
    today = day_of(request.at)
    page: EntryPage = entry_words.page_or_404(lambda: entry_page(areas(request.actor, "lists.see"), listing, today))
    row, open_ = page.case.listing, page.state in OPEN
    facts = {
        "page": page,
        "complaint_line": entry_words.complaint(row),
        "row": row,
        "name": clear_or_masked(request, [(row.household.pk, row.household.head)], why=_("黑榜办理"))[row.household.pk],
        "verbs": {verb.value for verb in page.verbs},
        "seen": entry_words.seen(page),
        "next": entry_words.next_step(page),
        "reach": entry_words.reach_if_published(row, today) if Verb.PUBLISH in page.verbs else "",
        "lookers": [(str(person), name) for person, name in page.lookers.items()],
        "evaluators": [(str(person), name) for person, name in page.evaluators.items()],
        "evidences": [(one.value, one.label) for one in NoticeEvidence if one is not NoticeEvidence.READ_ON_PHONE],
        "channels": [(one.value, one.label) for one in ObjectionChannel if one is not ObjectionChannel.PAGE],
        "cells": look_form.cells(page.document, request.POST, page.wanted) if open_ else [],
        "questions": look_form.questions(request.POST),
        "iso_day": today.isoformat(),
        **answer_form.fields(page.document, request.POST),
        "open_objection": next((one for one in page.objections if one.state == ObjectionState.OPEN.value), None),
        "today": today,
        "open": open_,
        "telling": page.state in TELLING,
        "may": entry_words.allowed(request.actor, row.group.path),
    }
    return render(request, "office/list_entry.html", facts)


def _back(request: Asked, listing: Listing, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("office:list_entry", listing=listing.pk)


def _looked(request: Asked, row: Listing) -> dict[str, Any]:
    """Who went, what they saw, what the household answered, as the form says it."""
    return {
        "looker": forms.as_id(forms.wanted(request, "looker", _("谁去看的")), _("谁去看的")),
        "seen": look_form.given(document_of(row.round.version), request.POST, row.household.code),
        "replied": look_form.replied(request.POST),
        "day": look_form.day(request),
        "by": request.actor,
        "at": request.at,
        "command": forms.command(request),
    }


@needs("lists.see")
@deed(entry)
def entry_look(request: Asked, listing: UUID) -> HttpResponse:
    """What one of the two people of another group saw."""
    row = _listing(request, "lists.see", listing)
    done = actions.look_again(listing=row, **_looked(request, row))
    return _back(request, row, look_form.told(done))


@needs("lists.see")
@deed(entry)
def entry_drop(request: Asked, listing: UUID) -> HttpResponse:
    """Not taken further, with the reason."""
    row = _listing(request, "lists.see", listing)
    reasons = forms.wanted(request, "reasons", _("为什么不列入"))
    actions.drop(listing=row, reasons=reasons, by=request.actor, at=request.at, command=forms.command(request))
    return _back(request, row, _("不列入,已记下。"))


@needs("lists.notify")
@deed(entry)
def entry_notice(request: Asked, listing: UUID) -> HttpResponse:
    """How the notice reached the household."""
    row = _listing(request, "lists.notify", listing)
    kind = NoticeEvidence(forms.one_of(request, "kind", _("怎么送到的"), NoticeEvidence.codes()))
    visits = kind is NoticeEvidence.TWO_VISITS
    people = [forms.as_id(text, _("哪两个人")) for n in (1, 2) if (text := forms.text(request, f"person_{n}"))]
    evidence = Evidence(
        kind,
        forms.day(request, "day", _("哪天")),
        serial=forms.text(request, "serial"),
        first_day=forms.day(request, "first_day", _("第一次上门是哪天")) if visits else None,
        people=tuple(people) if visits else (),
        phoned=request.POST.get("phoned") == "yes",
    )
    told = actions.notify(
        listing=row, evidence=evidence, by=request.actor, at=request.at, command=forms.command(request)
    )
    return _back(request, row, _("告知已记下,最早 %(day)s 可以公示。") % {"day": prose(told.publish_from)})


@needs("lists.object")
@deed(entry)
def entry_not_received(request: Asked, listing: UUID) -> HttpResponse:
    """The household says it never got the notice: covered, and the clock starts again."""
    row = _listing(request, "lists.object", listing)
    actions.withdraw_notice(listing=row, by=request.actor, at=request.at, command=forms.command(request))
    return _back(request, row, _("已先撤下,重新告知以后才往下办。"))


@needs("lists.object")
@deed(entry)
def entry_objection(request: Asked, listing: UUID) -> HttpResponse:
    """An objection by any way, written down by whoever heard it; the entry is frozen at once."""
    row = _listing(request, "lists.object", listing)
    raised = actions.object_to(
        listing=row,
        channel=ObjectionChannel(forms.one_of(request, "channel", _("怎么提的"), ObjectionChannel.codes())),
        words=forms.wanted(request, "words", _("怎么说的")),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    return _back(request, row, _("已经停下来,最晚 %(day)s 答复。") % {"day": prose(raised.answer_by)})


@needs("lists.decide")
@deed(entry)
def entry_decide(request: Asked, listing: UUID) -> HttpResponse:
    """The answer to the objection, with reasons; upheld with what the areas really were, or not rated at all."""
    row = _listing(request, "lists.decide", listing)
    last = row.objections.order_by("-raised_on", "-pk")
    # Without an open one the last: the same answer sent again is the same, another one is refused by the action.
    found = last.filter(state=ObjectionState.OPEN.value).first() or last.first() or refuse("honours.already_decided")
    given = answer_form.given(request, document_of(row.round.version))
    actions.decide_objection(objection=found, **given, by=request.actor, at=request.at, command=forms.command(request))
    words = _("异议成立:结果、积分和榜都改过来了。") if given["upheld"] else _("异议不成立,已记下理由。")
    return _back(request, row, words)


@needs("lists.publish")
@deed(entry)
def entry_publish(request: Asked, listing: UUID) -> HttpResponse:
    """Publish, as the second person, when the days are over."""
    row = _listing(request, "lists.publish", listing)
    done = actions.publish(listing=row, by=request.actor, at=request.at, command=forms.command(request))
    return _back(request, row, _("公示了,最晚到 %(day)s 自动下榜。") % {"day": prose(done.expires_on)})


@needs("lists.rectify")
@deed(entry)
def entry_mended(request: Asked, listing: UUID) -> HttpResponse:
    """The household says it is put right; somebody writes it down."""
    row = _listing(request, "lists.rectify", listing)
    actions.report_mended(listing=row, by=request.actor, at=request.at, command=forms.command(request))
    return _back(request, row, _("已记下,请安排人再去看一次。"))


@needs("lists.see")
@deed(entry)
def entry_revisit(request: Asked, listing: UUID) -> HttpResponse:
    """What the re-visit saw: no area poor, and it is off the list the same day."""
    row = _listing(request, "lists.see", listing)
    done = actions.revisit(listing=row, **_looked(request, row))
    return _back(request, row, look_form.told(done))


@needs("papers.print")
@deed(entry)
def entry_notice_slip(request: Asked, listing: UUID) -> HttpResponse:
    """Give the notice its serial (one that still waits for its counterfoil is kept), keep what it says, and show it."""
    row, command = _listing(request, "papers.print", listing), forms.command(request)
    serial = print_notice(listing=row, by=request.actor, at=request.at, command=command)
    print_and_keep(
        paper="notice",
        thing=notice_of(row, day_of(request.at), serial=serial),
        place=row.group,
        subject=row.pk,
        by=request.actor,
        at=request.at,
        command=uuid5(command, "notice"),
    )
    return redirect("office:list_notice_print", listing=listing)


@needs("papers.print")
def entry_notice_print(request: Asked, listing: UUID) -> HttpResponse:
    """The notice letter under its serial, to hand over against the counterfoil."""
    row = _listing(request, "papers.print", listing)
    serial = notice_serial(row.pk) or refuse("outreach.notice_without_serial")
    facts = notice_of(row, day_of(request.at), serial=serial)
    return pdf(press("notice", facts).pdf, f"告知书-{row.household.code}.pdf")


@needs("papers.print")
def entry_slip_print(request: Asked, listing: UUID) -> HttpResponse:
    """The household's slip of that round."""
    row = _listing(request, "papers.print", listing)
    facts = slips_of(row.round, day_of(request.at), household=row.household_id)
    return pdf(press("slip", facts).pdf, f"整改单-{row.household.code}.pdf")
