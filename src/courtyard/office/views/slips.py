"""Slips of a round printed, pads for the door, and counterfoils booked: a screen of them, or from photos of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from courtyard.honours.actions.counterfoils import book_counterfoils
from courtyard.honours.actions.slips import print_pad, print_slips
from courtyard.honours.queries import slips as queries
from courtyard.honours.rules.slips import PAD_MOST, Tick, serials_in
from courtyard.households.foreign.scans import codes_on
from courtyard.inspections.models import Round
from courtyard.inspections.queries.rounds import groups
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.kernel.weeks import name_of
from courtyard.office import counterfoil_rows as screen
from courtyard.office.answers import pdf
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.office.views.rounds import round_for
from courtyard.outreach.gathering_homes import pad_of, slips_of
from courtyard.outreach.papers import render as press
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import may
from courtyard.places.models import Place

PHOTOS_MOST = 12


@needs("papers.print")
def slips_page(request: Asked, id: UUID) -> HttpResponse:
    """A round's slips group by group: how many are wanted, printed, and of how many the counterfoil is back."""
    opened = round_for(request, "papers.print", id)
    rows = queries.by_group(opened.pk)
    facts = {
        "round": opened,
        "open": opened.state == RoundState.OPEN.value,
        "rows": rows,
        "printed": sum(row.printed for row in rows),
        "missing": sum(row.missing for row in rows),
        "back": sum(row.back for row in rows),
        "pads": queries.pads(opened.pk),
        "groups": [(str(row.group.pk), row.group.name) for row in rows],
        "most": PAD_MOST,
        "may_book": may(request.actor, "lists.notify", opened.village.path) is None,
    }
    return render(request, "office/slips.html", facts)


def _group(opened: Round, text: str) -> Place | None:
    return get_object_or_404(groups(opened.pk), pk=forms.as_id(text, _("哪个组"))) if text else None


@needs("papers.print")
@deed(slips_page)
def slips_print(request: Asked, id: UUID) -> HttpResponse:
    """Give the homes that have none their serials, then show all slips of the round (of a group) to be printed."""
    opened = round_for(request, "papers.print", id)
    group = _group(opened, forms.text(request, "group"))
    print_slips(opened=opened, group=group, by=request.actor, at=request.at, command=forms.command(request))
    narrowed = f"?group={group.pk}" if group else ""
    return redirect(reverse("office:slips_pdf", args=[id]) + narrowed)


@needs("papers.print")
def slips_pdf(request: Asked, id: UUID) -> HttpResponse:
    """The slips that have their serials, in walking order; `group` narrows to one."""
    opened = round_for(request, "papers.print", id)
    group = _group(opened, request.GET.get("group", ""))
    facts = slips_of(opened, day_of(request.at), group=group.pk if group else None)
    where = group.name if group else ""
    return pdf(press("slip", facts).pdf, f"{opened.village.name}{where}-{name_of(opened.month)}-条子.pdf")


@needs("papers.print")
@deed(slips_page)
def slip_pad(request: Asked, id: UUID) -> HttpResponse:
    """A pad of blank slips with serials, to be written at the door."""
    opened = round_for(request, "papers.print", id)
    pad = print_pad(
        opened=opened,
        group=_group(opened, forms.text(request, "group")),
        count=forms.number(request, "count", _("几张"), most=10_000),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    return redirect("office:slip_pad_pdf", id=id, pad=pad)


@needs("papers.print")
def slip_pad_pdf(request: Asked, id: UUID, pad: UUID) -> HttpResponse:
    """A pad's slips, to be printed."""
    opened = round_for(request, "papers.print", id)
    found = get_object_or_404(Place, pk=queries.pad_place(opened.pk, pad))
    group = found if found.kind == "group" else None
    facts = pad_of(opened, day_of(request.at), queries.pad_serials(opened.pk, pad), group)
    return pdf(press("slip_pad", facts).pdf, f"{opened.village.name}-{name_of(opened.month)}-空白条子.pdf")


def _screen(request: Asked, rows: Sequence[screen.ShownRow], landed: Sequence[screen.Landed] = ()) -> HttpResponse:
    villages = list(places_for(request, "lists.notify", "village"))
    facts: dict[str, Any] = {
        "villages": labelled(villages),
        "village": villages[0] if len(villages) == 1 else None,
        "rows": rows,
        "filled": sum(bool(row.serial) for row in rows),
        "landed": landed,
        "stuck": sum(bool(row.why) for row in rows),
        "ticks": [(tick.value, tick.label, key) for tick, key in zip(Tick, "1230", strict=True)],
        "today": day_of(request.at).isoformat(),
        "most": PHOTOS_MOST,
    }
    return render(request, "office/counterfoils.html", facts)


@needs("lists.notify")
def counterfoils_page(request: Asked) -> HttpResponse:
    """A screen of empty rows; what was typed before a refusal stands in them."""
    return _screen(request, screen.typed_rows(request))


@needs("lists.notify")
@deed(counterfoils_page)
def counterfoils(request: Asked) -> HttpResponse:
    """Book them; rows that cannot be taken stay on the screen with their reason, the others have landed."""
    village = place_for(request, "lists.notify", forms.wanted(request, "village", _("哪个村的")), "village")
    typed = screen.read(request.POST)
    done = book_counterfoils(
        village=village,
        rows=[row.typed for row in typed],
        day=forms.day(request, "day", _("回执上的日期")),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    landed = screen.landed(done)
    if landed:
        messages.success(request, _("录好了 %(n)s 张回执。") % {"n": len(landed)})
    return _screen(request, screen.left(request, typed, done), landed)


@needs("lists.notify")
@deed(counterfoils_page)
def counterfoils_photo(request: Asked) -> HttpResponse:
    """The serials found on photos or scans, put into the rows; what is ticked a person says."""
    photos = request.FILES.getlist("photo")
    if not photos:
        refuse("people.empty_field", field=_("照片"))
    if len(photos) > PHOTOS_MOST:
        refuse("households.scan_too_many", most=PHOTOS_MOST)
    found = serials_in(text for photo in photos for text in codes_on(photo.read()))
    if not found:
        refuse("households.scan_without_code")
    messages.success(request, _("照片里认出 %(n)s 张。请照着纸一张一张勾。") % {"n": len(found)})
    return _screen(request, screen.scanned_rows(request, found))
