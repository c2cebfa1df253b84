"""Resolutions with their scans: of an adopted scheme, of a covenant. Who may see the resolution in the office may open
the scan, with an access line: it carries names and signatures. It is on no public page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from courtyard.households import actions as register
from courtyard.households import queries as homes
from courtyard.households.models import Covenant
from courtyard.kernel.problems import refuse
from courtyard.office.answers import scanned
from courtyard.office.scan_form import held, scan, size_words
from courtyard.office.scheme_year import shown_then
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.people.rules import areas, may
from courtyard.people.said_days import prose
from courtyard.places.models import Place
from courtyard.rating import actions, queries
from courtyard.rating.models import Adoption
from courtyard.records import access, files
from courtyard.records.rules import ScanRule
from courtyard.records.scans import Attached, attached

# Why a person takes a scan away; that its time is over is the night's to say.
REASONS = (ScanRule.WRONG, ScanRule.ASKED)


def _adoption(request: Asked, verb: str, id: UUID) -> Adoption:
    found = queries.adoption(id, areas(request.actor, verb))
    if found is None:
        raise Http404
    return found


def _covenant(request: Asked, id: UUID) -> Covenant:
    return get_object_or_404(homes.covenants(areas(request.actor, "households.keep")), pk=id)


def _page(request: Asked, place: Place, subject: UUID, facts: dict[str, Any]) -> HttpResponse:
    """A resolution's page: what was resolved, its scan, attaching one or taking it away."""
    known = attached([subject]).get(subject, Attached())
    file = known.file
    more = {
        "place": place,
        "subject": subject,
        "scan": known,
        "size": size_words(known.kind, file.pages, file.bytes) if file else "",
        "held": held(request),
        "reasons": [(rule.value, rule.label) for rule in REASONS],
    }
    return render(request, "office/resolution.html", facts | more)


@needs("schemes.see")
def scheme_resolution(request: Asked, id: UUID) -> HttpResponse:
    """One adoption: its assembly, the year it was shown, its scan."""
    found = _adoption(request, "schemes.see", id)
    rows = _rows(found.assembly, found.attendance, found.households, found.document)
    rows += [(_("从哪天起"), prose(found.starts))]
    year = shown_then(found)
    facts = {
        "title": f"{found.version.title} {_('第 %(n)s 版') % {'n': found.version.number}}",
        "rows": rows + ([(_("会上看的试算"), year)] if year else []),
        "may_attach": may(request.actor, "schemes.propose", found.place.path) is None,
        "may_take": may(request.actor, "schemes.adopt", found.place.path) is None,
        "back": ("office:schemes", _("积分办法")),
        "way": "office:scheme_scan",
    }
    return _page(request, found.place, found.pk, facts)


def _rows(day: Any, attendance: int | None, households: int | None, document: str) -> list[tuple[str, str]]:
    rows = [(_("开会日期"), prose(day))]
    if attendance:
        rows += [(_("到会"), _("%(n)s 户,应到 %(all)s 户") % {"n": attendance, "all": households})]
    return [*rows, (_("决议文号"), document)]


@needs("schemes.propose")
@deed(scheme_resolution)
def scheme_scan_attach(request: Asked, id: UUID) -> HttpResponse:
    """Attach the scan afterwards."""
    found = _adoption(request, "schemes.propose", id)
    actions.attach_scan(adoption=found, scan=_wanted(request), **_by(request))
    return _attached(request, "office:scheme_resolution", found.pk)


@needs("schemes.adopt")
@deed(scheme_resolution)
def scheme_scan_away(request: Asked, id: UUID) -> HttpResponse:
    """Take it away: the file is erased."""
    found = _adoption(request, "schemes.adopt", id)
    actions.erase_scan(adoption=found, rule=_reason(request), **_by(request))
    return _taken_away(request, "office:scheme_resolution", found.pk)


@needs("schemes.see")
def scheme_scan(request: Asked, id: UUID) -> HttpResponse:
    """The scan itself."""
    found = _adoption(request, "schemes.see", id)
    return _opened(request, found.pk, (found.place.name, found.assembly.isoformat()))


@needs("households.keep")
def household_covenant(request: Asked, id: UUID) -> HttpResponse:
    """The resolution of one version of a covenant, and its scan."""
    found = _covenant(request, id)
    facts = {
        "title": f"{found.title} {_('第 %(n)s 版') % {'n': found.version}}",
        "rows": _rows(found.passed, found.attendance, found.households, found.document),
        "may_attach": True,
        "may_take": True,
        "back": ("office:household_covenants", _("村规民约")),
        "way": "office:household_covenant_scan",
    }
    return _page(request, found.place, found.pk, facts)


@needs("households.keep")
@deed(household_covenant)
def household_covenant_scan_attach(request: Asked, id: UUID) -> HttpResponse:
    """Attach the scan afterwards."""
    found = _covenant(request, id)
    register.attach_covenant_scan(covenant=found, scan=_wanted(request), **_by(request))
    return _attached(request, "office:household_covenant", found.pk)


@needs("households.keep")
@deed(household_covenant)
def household_covenant_scan_away(request: Asked, id: UUID) -> HttpResponse:
    """Take it away: the file is erased."""
    found = _covenant(request, id)
    register.erase_covenant_scan(covenant=found, rule=_reason(request), **_by(request))
    return _taken_away(request, "office:household_covenant", found.pk)


@needs("households.keep")
def household_covenant_scan(request: Asked, id: UUID) -> HttpResponse:
    """The scan itself."""
    found = _covenant(request, id)
    return _opened(request, found.pk, (found.place.name, found.passed.isoformat()))


def _attached(request: Asked, page: str, id: UUID) -> HttpResponse:
    messages.success(request, _("扫描件附好了。"))
    return redirect(page, id=id)


def _taken_away(request: Asked, page: str, id: UUID) -> HttpResponse:
    messages.success(request, _("扫描件取下了,文件已清除。决议的日期、户数和文号还在。"))
    return redirect(page, id=id)


def _wanted(request: Asked) -> files.Kept:
    return scan(request) or refuse("people.empty_field", field=_("扫描件"))


def _reason(request: Asked) -> ScanRule:
    return ScanRule(forms.one_of(request, "reason", _("为什么取下"), [rule.value for rule in REASONS]))


def _by(request: Asked) -> dict[str, Any]:
    return {"by": request.actor, "at": request.at, "command": forms.command(request)}


def _opened(request: Asked, subject: UUID, name: Sequence[str]) -> HttpResponse:
    """The file of the scan that stands, once its access line is written. Refuses records.no_scan, .file_damaged,
    office.scan_not_shown."""
    known = attached([subject]).get(subject, Attached())
    if known.file is None:
        refuse("records.no_scan")
    content = files.read(known.file.sha256)
    if content is None:
        refuse("records.file_damaged")
    whose, why = [known.file.scan_id.hex], _("看决议扫描件")
    if not access.shown(by=request.actor, at=request.at, subjects=whose, fields="scan", why=why):
        refuse("office.scan_not_shown")
    return scanned(content, known.file.kind, "-".join((_("决议扫描件"), *name)))
