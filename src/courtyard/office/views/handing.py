"""Cards handed over by a signed sheet: the sheet printed by group, and typed in 40 a screen in its order."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from courtyard.households import actions, queries
from courtyard.households.rules.handing import A_SCREEN
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.office import hand_over_form
from courtyard.office.answers import pdf
from courtyard.office.homes import shown
from courtyard.office.scope import place_for
from courtyard.outreach.gathering_cards import hand_over_sheets_of
from courtyard.outreach.papers import render as press
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs


@needs("cards.issue")
def cards_sheet(request: Asked, place: UUID) -> HttpResponse:
    """The hand-over sheet of a group, or of every group of a village."""
    found = place_for(request, "cards.issue", place, "village", "group")
    printed = press("hand_over_sheet", hand_over_sheets_of(found, day_of(request.at)))
    return pdf(printed.pdf, f"{found.name}-发卡签收表.pdf")


@needs("cards.issue")
def cards_hand_over_page(request: Asked, group: UUID, refused: Mapping[UUID, Problem] | None = None) -> HttpResponse:
    """A screen of the sheet, in its order and with its numbers; lines that are in are shown in words."""
    found = place_for(request, "cards.issue", group, "group")
    rows = queries.hand_over_sheet(found.path)
    pages = Paginator(rows, A_SCREEN).get_page(request.GET.get("page"))
    names = {one.home.pk: one.name for one in shown(request, [row.home for row in pages], why="hand-over sheet")}
    covenant = queries.covenant_of(found)
    typed = request.POST if request.method == "POST" else {}
    lines = hand_over_form.shown_lines(pages, names, covenant is not None, typed, refused or {})
    facts = {
        "group": found,
        "lines": lines,
        "refused": refused,
        "pages": pages,
        "columns": hand_over_form.columns(covenant is not None),
        "covenant": covenant,
        "count": queries.handed_over(rows),
        "open_rows": sum(bool(line.cells) for line in lines),
        "day": forms.text(request, "day") or day_of(request.at).isoformat(),
        "today": day_of(request.at).isoformat(),
    }
    return render(request, "office/cards_hand_over.html", facts)


@needs("cards.issue")
@deed(cards_hand_over_page)
def cards_hand_over(request: Asked, group: UUID) -> HttpResponse:
    """Take the typed lines in; one that cannot be taken is shown again with the reason, the others are in."""
    found = place_for(request, "cards.issue", group, "group")
    rows = queries.hand_over_sheet(found.path)
    screen = Paginator(rows, A_SCREEN).get_page(request.GET.get("page"))
    covenant = queries.covenant_of(found)
    entered = actions.enter_hand_over(
        group=found,
        day=forms.day(request, "day", _("发卡日期")),
        lines=hand_over_form.read(rows, request.POST, covenant is not None),
        covenant=covenant,
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    count = queries.handed_over(queries.hand_over_sheet(found.path))
    said = _("录入 %(n)s 户交卡,%(declined)s 户不参加。本组已发 %(done)s / %(of)s。")
    messages.success(
        request,
        said % {"n": entered.handed_over, "declined": entered.declined, "done": count.done, "of": count.of},
    )
    if entered.refused:
        here = {row.home.pk for row in screen}
        for home, problem in entered.refused.items():
            if home not in here:  # on another screen by now, or none of the group's
                messages.warning(request, say(problem))
        return cards_hand_over_page(request, group, refused=entered.refused)
    return redirect(_next(found.pk, screen))


def _next(group: UUID, screen: object) -> str:
    """The next screen of the sheet, else this one, where everything now stands in words."""
    number = screen.next_page_number() if screen.has_next() else screen.number  # type: ignore[attr-defined]
    return f"{reverse('office:cards_hand_over', args=[group])}?page={number}"
