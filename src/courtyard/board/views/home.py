"""A household's own pages: results and how each came about, what to put right, points, goods, who looked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtyard.board import own, own_points
from courtyard.board.reasons import reason
from courtyard.board.views import named
from courtyard.honours import actions as honours
from courtyard.honours.queries.help import own_help
from courtyard.honours.queries.prizes import own_prizes
from courtyard.honours.queries.titles import any_of, own_titles
from courtyard.honours.rules.persons import Evidence
from courtyard.honours.rules.states import NoticeEvidence, ObjectionChannel
from courtyard.households import actions as households
from courtyard.households.rules.states import MessageConsent, RedNameConsent
from courtyard.inspections.queries.deeds import told_lately
from courtyard.inspections.queries.evenings import read_for
from courtyard.kernel.days import day_of
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, household_only
from courtyard.people.queries import names
from courtyard.people.said_days import prose
from courtyard.points.queries.purse import purse_columns
from courtyard.records.access import lines_of
from courtyard.shop.queries.shelf import catalogue

BY_KIND = {named.BY: gettext_lazy("公示栏前扫码的人")}


@household_only
def me_page(request: Asked) -> HttpResponse:
    """The home's page: the last result, what to put right, the points."""
    home, today = own.home_of(request), day_of(request.at)
    case = own.case_of(home, today)
    last, case_seen = own.latest(home, case, today)
    more = {"titled": any_of(home), "told_of": told_lately(home.pk, today), **purse_columns(home.pk)}
    known = read_for(home.village, home.pk, **more)
    facts = {
        **own.page_facts(home),
        "last": last,
        **own.rungs_of(home, today, known.scheme(today), own.last_rated(home, last)),
        "titles": own_titles(home) if known.more.get("titled") else [],
        "case": case,
        "case_seen": case_seen,
        **own_points.now(home, today, known),
        "help": own_help(home.pk, today),
        "told_of": known.more.get("told_of", False),
    }
    return render(request, "board/me.html", facts)


me = me_page


@household_only
def rounds(request: Asked) -> HttpResponse:
    """Every round of the home: grade, how it came about line by line, who came (never who gave which)."""
    home = own.home_of(request)
    facts = {
        **own.page_facts(home),
        "results": own.results(home, day_of(request.at)),
        "prizes": own_prizes(home.pk),
    }
    return render(request, "board/me_rounds.html", facts)


@household_only
def points_page(request: Asked) -> HttpResponse:
    """The statement: every booking with the balance after it, what waits and why, who set the PIN anew."""
    home = own.home_of(request)
    facts = {
        **own.page_facts(home),
        **own.points_of(home),
        **own_points.beside_statement(home, day_of(request.at)),
        "resets": own.resets(home),
        "resting": own.resting(home, request.at),
    }
    return render(request, "board/me_points.html", facts)


points = points_page


@household_only
def goods(request: Asked) -> HttpResponse:
    """What the shops of the place have, and what the points suffice for."""
    home, today = own.home_of(request), day_of(request.at)
    points = own_points.now(home, today, read_for(home.village, home.pk, **purse_columns(home.pk)))
    facts = {**own.page_facts(home), **points, "offers": catalogue(home, points["balance"].free, today)}
    return render(request, "board/me_goods.html", facts)


@household_only
def rights_page(request: Asked) -> HttpResponse:
    """Who looked at the home's data, and where its name may stand."""
    home = own.home_of(request)
    lines = lines_of(home.pk.hex)
    known = names({line.by for line in lines})
    facts: dict[str, Any] = {
        **own.page_facts(home),
        "lines": [(line, known.get(line.by) or BY_KIND.get(line.by_kind, ""), reason(line.why)) for line in lines],
        "consents": RedNameConsent.choices(),
        "message_consents": MessageConsent.choices(),
        **own.told(home),
    }
    return render(request, "board/me_rights.html", facts)


@household_only
@deed(rights_page)
def rights(request: Asked) -> HttpResponse:
    """The household says where its name may stand on a red list."""
    chosen = forms.one_of(request, "red_name", _("红榜上的名字"), RedNameConsent.codes())
    households.consent_red_name(
        household=own.home_of(request),
        red_name=RedNameConsent(chosen),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("已经记下,下一次公示起按您说的办。"))
    return redirect("board:rights")


@household_only
@deed(me_page)
def object_to(request: Asked, listing: UUID) -> HttpResponse:
    """The household objects on its own page; the entry is frozen at once."""
    raised = honours.object_to(
        listing=own.listing_of(request, listing),
        channel=ObjectionChannel.PAGE,
        words=forms.wanted(request, "words", _("您的意见")),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("收到了,这件事先停下来。最晚 %(day)s 答复您。") % {"day": prose(raised.answer_by)})
    return redirect("board:me")


@household_only
@deed(me_page)
def read(request: Asked, listing: UUID) -> HttpResponse:
    """The household read the notice on its own page: that is the evidence, and the days begin."""
    told = honours.notify(
        listing=own.listing_of(request, listing),
        evidence=Evidence(NoticeEvidence.READ_ON_PHONE, day_of(request.at)),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(
        request, _("记下您看过了。%(day)s 以前改好,或提出意见,就不公示。") % {"day": prose(told.publish_from)}
    )
    return redirect("board:me")


@household_only
@deed(me_page)
def mended(request: Asked, listing: UUID) -> HttpResponse:
    """The household says it is put right: a re-visit is asked for, nothing is published until then."""
    honours.report_mended(
        listing=own.listing_of(request, listing), by=request.actor, at=request.at, command=forms.command(request)
    )
    messages.success(request, _("记下了,评比员会再来看一次。看过合格,当天就了结。"))
    return redirect("board:me")
