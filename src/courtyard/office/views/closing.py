"""The close: what would be closed, one village or one after another, and what was booked or waits (待发)."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.honours.actions import close_town, close_village
from courtyard.honours.actions.closing import Close
from courtyard.honours.queries.closing import Preview, preview
from courtyard.inspections.actions import call_off
from courtyard.inspections.queries import rounds as queries
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.office.views.rounds import round_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import SchemeDocument


def said(done: Close) -> str:
    """What a close did, in one line."""
    figures: dict[str, Any] = {**vars(done)}
    words = _(
        "评了 %(rated)s 户,记积分 %(granted)s 分:到账 %(paid)s 分,待发 %(waiting)s 分;红榜候选 %(red)s 户,黑榜候选 %(black)s 户。"
    )
    if done.cut:
        words += _("预算不够,这一轮每笔都按 %(budget)s/%(needed)s 发。")
    if done.listed_already:
        words += _("%(listed_already)s 户已经在榜上办着,没有再列一条。")
    if done.titles or done.titles_lost:
        words += _("得称号的 %(titles)s 户,收回 %(titles_lost)s 户,只跟本户说。")
    return words % figures


@needs("rounds.close")
def close_page(request: Asked, id: UUID) -> HttpResponse:
    """What the close would do, computed as the close computes it and written nowhere: homes, points beside the budget,
    candidates; and what is still missing."""
    opened = round_for(request, "rounds.close", id)
    document = document_of(opened.version)
    facts: dict[str, Any] = {"round": opened, "open": opened.state == RoundState.OPEN.value, "document": document}
    if facts["open"]:
        would = preview(opened, day_of(request.at))
        if isinstance(would, Problem):
            facts |= {"stopped": say(would), "unmarked": would.code == "inspections.no_marks"}
        else:
            facts |= _shown(would, document)
    return render(request, "office/close.html", facts)


def _shown(would: Preview, document: SchemeDocument) -> dict[str, Any]:
    """A preview as the page shows it: grades in the scheme's words, groups with homes too few people rated."""
    least, marks = document.aggregate.raters_least, would.facts.counting
    few = Counter(home.group for home in would.facts.homes if home.visit and marks.raters.get(home.visit, 0) < least)
    grades = [(code, document.band(code).name if code else _("没有评"), homes) for code, homes in would.grades]
    return {
        "would": would,
        "grades": grades,
        "few": [(name, few[group]) for group, name in would.facts.groups if few[group]],
        "reviews": marks.reviews,
    }


@needs("rounds.close")
@deed(close_page)
def close(request: Asked, id: UUID) -> HttpResponse:
    """Close it: results, points and candidates at once."""
    opened = round_for(request, "rounds.close", id)
    done = close_village(closing=opened, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, said(done))
    return redirect("office:round", id=id)


@needs("rounds.close")
@deed(close_page)
def give_up(request: Asked, id: UUID) -> HttpResponse:
    """A round nobody walked ends without a result for anybody."""
    opened = round_for(request, "rounds.close", id)
    call_off(opened=opened, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("这一轮作罢了:没有结果,不发积分,不上榜。下一轮可以开了。"))
    return redirect("office:round", id=id)


@needs("rounds.close")
def close_town_page(request: Asked) -> HttpResponse:
    """Villages whose round is open, closed one after another; it may be left and taken up again at any time."""
    return _closing(request, [], request.POST.getlist("passed"))


def _closing(request: Asked, lines: list[tuple[str, bool, str]], passed: list[str]) -> HttpResponse:
    opened = queries.months_rounds(areas(request.actor, "rounds.close")).filter(state=RoundState.OPEN.value)
    waiting = [row for row in opened.order_by("month", "village__path") if str(row.pk) not in passed]
    before = [tuple(line.split("|", 2)) for line in request.POST.getlist("line")]
    facts = {
        "waiting": waiting,
        "passed": passed,
        "lines": [*[(name, kind == "done", text) for name, kind, text in before], *lines],
        "of": len(waiting) + len(before) + len(lines),
        "going": request.method == "POST",
    }
    return render(request, "office/_close_town.html" if request.htmx else "office/close_town.html", facts)


@needs("rounds.close")
@deed(close_town_page)
def close_next(request: Asked) -> HttpResponse:
    """Close the next village's round and say how it went; the page asks for the one after it by itself."""
    passed = request.POST.getlist("passed")
    opened = queries.months_rounds(areas(request.actor, "rounds.close")).filter(state=RoundState.OPEN.value)
    row = (
        opened.exclude(pk__in=[forms.as_id(one, "passed") for one in passed]).order_by("month", "village__path").first()
    )
    if row is None:
        return close_town_page(request)
    lines = []
    for closed, what in close_town(closing=[row], by=request.actor, at=request.at):
        stuck = isinstance(what, Problem)
        lines.append((closed.village.name, not stuck, say(what) if isinstance(what, Problem) else said(what)))
        if stuck:
            passed.append(str(closed.pk))
    return _closing(request, lines, passed)
