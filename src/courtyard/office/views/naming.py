"""Names on black lists: which villages have their three documents, filing and ending them, the county's one switch;
corrections of what was published and was wrong.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.honours import actions
from courtyard.honours.models import Correction
from courtyard.honours.queries.naming import forbidden, names_of_village, names_of_villages
from courtyard.honours.rules.naming import ANSWER_LEAST, NamePapers
from courtyard.honours.rules.states import AssessmentQuestion
from courtyard.kernel.days import day_of
from courtyard.office.answers import pdf
from courtyard.office.homes import clear_or_masked
from courtyard.office.scope import place_for
from courtyard.office.views.lists import lists
from courtyard.outreach.gathering_corrections import correction_of
from courtyard.outreach.papers import render as press
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas, may
from courtyard.people.said_days import prose
from courtyard.places.queries import within


@needs("lists.see")
def list_names(request: Asked) -> HttpResponse:
    """Where names may stand: the county's switch, and each village's documents."""
    facts = {
        "rows": names_of_villages(areas(request.actor, "lists.see"), day_of(request.at)),
        "forbidden": forbidden(),
        "may_switch": may(request.actor, "places.keep", "") is None,
    }
    return render(request, "office/list_names.html", facts)


@needs("places.keep")
@deed(list_names)
def list_names_forbid(request: Asked) -> HttpResponse:
    """The county forbids names: none stands anywhere from this moment."""
    actions.forbid_names(by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("关掉了:全县的黑榜现在都只写事、不写人。贴着名字的,请通知各村今天拿下来。"))
    return redirect("office:list_names")


@needs("places.keep")
@deed(list_names)
def list_names_allow(request: Asked) -> HttpResponse:
    """The county allows names where the documents stand."""
    actions.allow_names(by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("打开了:存齐三份材料的村,按办法可以写名字。"))
    return redirect("office:list_names")


@needs("lists.see")
def list_names_village_page(request: Asked, place: UUID) -> HttpResponse:
    """One village's three documents, or the form that files them."""
    village = place_for(request, "lists.see", place, "village")
    facts = {
        "place": village,
        "found": names_of_village(village, day_of(request.at)),
        "forbidden": forbidden(),
        "questions": list(AssessmentQuestion),
        "least": ANSWER_LEAST,
        "may_file": may(request.actor, "schemes.adopt", village.path) is None,
    }
    return render(request, "office/list_names_village.html", facts)


@needs("lists.see")
@deed(list_names_village_page)
def list_names_village(request: Asked, place: UUID) -> HttpResponse:
    """File a village's three documents, at the town; one that is missing is named."""
    village = place_for(request, "lists.see", place, "village")

    papers = NamePapers(
        resolved_on=forms.day(request, "resolved_on", _("开会日期")) if forms.text(request, "resolved_on") else None,
        attendance=forms.number(request, "attendance", _("到会户数")) if forms.text(request, "attendance") else 0,
        households=forms.number(request, "households", _("全村户数")) if forms.text(request, "households") else 0,
        document=forms.text(request, "document"),
        expires_on=forms.day(request, "expires_on", _("到期日")) if forms.text(request, "expires_on") else None,
        assessed_on=forms.day(request, "assessed_on", _("评估日期")) if forms.text(request, "assessed_on") else None,
        assessor=forms.text(request, "assessor"),
        answers={question: forms.text(request, question.value) for question in AssessmentQuestion},
    )
    filed = actions.file_name_documents(
        village=village, papers=papers, by=request.actor, at=request.at, command=forms.command(request)
    )
    messages.success(request, _("三份材料存好了,写名字到 %(day)s 为止。") % {"day": prose(filed.expires_on)})
    return redirect("office:list_names_village", place=village.pk)


@needs("schemes.adopt")
@deed(list_names_village_page)
def list_names_end(request: Asked, place: UUID) -> HttpResponse:
    """End a village's documents before their day."""
    village = place_for(request, "schemes.adopt", place, "village")
    found = names_of_village(village, day_of(request.at))
    held = found.documents or found.earlier
    if held is not None:
        actions.end_name_documents(documents=held, by=request.actor, at=request.at, command=forms.command(request))
        messages.success(request, _("停用了:这个村的黑榜现在只写事、不写人。墙上的请今天换下来。"))
    return redirect("office:list_names_village", place=village.pk)


def _correction(request: Asked, verb: str, correction: UUID) -> Correction:
    rows = Correction.objects.filter(within(areas(request.actor, verb), "listing__group__path"))
    return get_object_or_404(
        rows.select_related("listing__group", "listing__village", "listing__household"), pk=correction
    )


def lists_of_correction(request: Asked, correction: UUID) -> HttpResponse:
    """A correction stands on the work list."""
    _correction(request, "lists.notify", correction)
    return lists(request)


@needs("lists.notify")
@deed(lists_of_correction)
def list_correction_name(request: Asked, correction: UUID) -> HttpResponse:
    """The household wants its name in the correction, or not."""
    found = _correction(request, "lists.notify", correction)
    named = forms.one_of(request, "named", _("写不写名字"), ("yes", "no")) == "yes"
    actions.name_correction(
        correction=found, named=named, by=request.actor, at=request.at, command=forms.command(request)
    )
    messages.success(request, _("记下了:更正里写名字。") if named else _("记下了:更正里不写名字。"))
    return redirect("office:lists")


@needs("lists.publish")
@deed(lists_of_correction)
def list_correction_pasted(request: Asked, correction: UUID) -> HttpResponse:
    """Somebody pasted the correction where the error had stood."""
    found = _correction(request, "lists.publish", correction)
    actions.correction_pasted(correction=found, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("记下了,更正贴好了,贴到 %(day)s。") % {"day": prose(found.until)})
    return redirect("office:lists")


@needs("papers.print")
def list_correction_print(request: Asked, correction: UUID) -> HttpResponse:
    """The correction as A3, as large as the error was."""
    found = _correction(request, "papers.print", correction)
    home = found.listing.household
    if found.named:
        clear_or_masked(request, [(home.pk, home.head)], why=_("印更正"))
    return pdf(
        press("correction", correction_of(found, day_of(request.at))).pdf, f"更正-{found.listing.group.name}.pdf"
    )
