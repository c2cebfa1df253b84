"""The roster import: 下载模板 → 上传 → 核对 → 导入 with progress → 下载错误表; taken back within a day."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.households import actions, queries
from courtyard.households.error_sheet import write_errors
from courtyard.households.rules.outcome import Outcome
from courtyard.households.template_sheet import template
from courtyard.households.uploads import keep, kept
from courtyard.kernel.problems import Problem, refuse
from courtyard.kernel.sentences import say
from courtyard.office.answers import xlsx
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas
from courtyard.records.jobs import job_of

WRONG_SHOWN = 50


@needs("households.import")
def roster_page(request: Asked) -> HttpResponse:
    """Where a roster is handed in, and the imports so far."""
    places = list(places_for(request, "households.import", "town", "village"))
    facts = {
        "places": labelled(places),
        "runs": queries.runs(areas(request.actor, "households.import"))[:10],
        "at": request.at,
    }
    return render(request, "office/roster.html", facts)


@needs("households.import")
@deed(roster_page)
def roster(request: Asked) -> HttpResponse:
    """Keep the file and go on to 核对; nothing of it is in the register yet."""
    place = place_for(request, "households.import", forms.wanted(request, "place", _("哪里的名册")), "town", "village")
    given = request.FILES.get("file")
    if given is None:
        refuse("people.empty_field", field=_("名册文件"))
    request.session["roster"] = {"upload": keep(given.chunks()), "name": given.name or "", "place": str(place.pk)}
    return redirect("office:roster_check")


@needs("households.import")
def roster_template(request: Asked) -> HttpResponse:
    """The template with the right headings."""
    village = places_for(request, "households.import", "village").first()
    return xlsx(template(village.name if village else ""), _("名册模板") + ".xlsx")


@needs("households.import")
def roster_check(request: Asked) -> HttpResponse:
    """What the import would do: new, changed, skipped, wrong; the wrong cells by name."""
    handed = request.session.get("roster") or refuse("households.upload_gone")
    outcome = _outcome(request, handed)
    facts = {
        "outcome": outcome,
        "name": handed["name"],
        "place": place_for(request, "households.import", handed["place"]),
        "wrong": [(cell, say(cell.problem)) for cell in outcome.reading.refused[:WRONG_SHOWN]],
        "wrong_rows": len({(cell.sheet, cell.row) for cell in outcome.reading.refused}),
        "skipped": sum(row is not None for _sheet, row in outcome.reading.skipped),
        "said": outcome.said(),
    }
    return render(request, "office/roster_check.html", facts)


def _outcome(request: Asked, handed: dict[str, str]) -> Outcome:
    place = place_for(request, "households.import", handed["place"], "town", "village")
    village = place if place.kind == "village" else None
    return queries.preview_roster(file=kept(handed["upload"]), name=handed["name"], village=village, by=request.actor)


@needs("households.import")
def roster_errors(request: Asked) -> HttpResponse:
    """错误表: the clerk's own rows, bad cells marked with the reason."""
    outcome = _outcome(request, request.session.get("roster") or refuse("households.upload_gone"))
    with TemporaryDirectory() as folder:
        out = Path(folder) / "errors.xlsx"
        write_errors(outcome, out)
        return xlsx(out.read_bytes(), _("错误表") + ".xlsx")


@needs("households.import")
@deed(roster_check)
def roster_import(request: Asked) -> HttpResponse:
    """Put the import off to the worker and show how far it is."""
    handed = request.session.get("roster") or refuse("households.upload_gone")
    place = place_for(request, "households.import", handed["place"], "town", "village")
    job = actions.put_off_import(
        upload=handed["upload"],
        name=handed["name"],
        place=place,
        one_village=place.kind == "village",
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    return redirect("office:roster_progress", id=job)


@needs("households.import")
def roster_progress(request: Asked, id: UUID) -> HttpResponse:
    """How far an import is, then what it did."""
    job = job_of(id, request.actor.id)
    if job is None:
        raise Http404
    note = json.loads(job.note) if job.state == "done" else {}
    facts = {
        "job": job,
        "note": note,
        "over": job.state in ("done", "failed", "cancelled"),
        "refused": say(Problem(note["code"], note["facts"])) if "code" in note else "",
        "may_cancel": job.state in ("waiting", "running"),
    }
    return render(request, "office/_roster_progress.html" if request.htmx else "office/roster_progress.html", facts)


@needs("households.import")
@deed(roster_page)
def roster_undo(request: Asked, id: UUID) -> HttpResponse:
    """Take an import back while it is a day old at most and nothing hangs on it."""
    run = get_object_or_404(queries.runs(areas(request.actor, "households.import")), pk=id)
    touched = actions.undo_import(run=run, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已撤回,%(n)s 户回到导入以前的样子。") % {"n": touched})
    return redirect("office:roster")


@needs("households.import")
@deed(roster_progress)
def roster_cancel(request: Asked, id: UUID) -> HttpResponse:
    """Cancel an import of one's own that waits or runs: it stops after its next step."""
    job = job_of(id, request.actor.id)
    if job is None:
        raise Http404
    place = place_for(request, "households.import", forms.as_id(json.loads(job.given)["place"], "place"))
    actions.cancel_import(job=id, place=place, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已取消。已经写进去的可以在「导入名册」里撤回。"))
    return redirect("office:roster_progress", id=id)
