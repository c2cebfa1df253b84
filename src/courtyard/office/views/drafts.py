"""The author's page: begin from a scheme there is, edit by form, see at once what is wrong or open, hand in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem, refuse
from courtyard.office.draft_check import checked
from courtyard.office.draft_form import address, overview, sent
from courtyard.office.drafts import LEVELS, data_of, draft_for, page_at, path_in, pressed
from courtyard.office.scope import labelled, place_for, places_for
from courtyard.people import forms
from courtyard.people.asked import Asked
from courtyard.people.needs import deed, needs
from courtyard.places.models import Place
from courtyard.rating import actions, queries
from courtyard.rating.rules.documents import as_data
from courtyard.rating.rules.drafting import Table
from courtyard.rating.rules.loading import load_toml
from courtyard.rating.rules.parsing import check_toml
from courtyard.rating.rules.plain import plain_language
from courtyard.rating.rules.writing import write

NOW, FILE = "in_force", "file"


@needs("schemes.propose")
def scheme_write_page(request: Asked) -> HttpResponse:
    """What to begin from, and for whom."""
    found = {name: check_toml(text).document for name, text in queries.shipped().items()}
    shelf = [(name, document.name) for name, document in found.items() if document is not None]
    begins = [(NOW, _("现在执行的办法")), *shelf, (FILE, _("下面的文件"))]
    facts = {"places": labelled(places_for(request, "schemes.propose", *LEVELS)), "begins": begins}
    return render(request, "office/scheme_write.html", facts)


@needs("schemes.propose")
@deed(scheme_write_page)
def scheme_write(request: Asked) -> HttpResponse:
    """Begin a scheme of one's own from what was chosen."""
    place = place_for(request, "schemes.propose", forms.wanted(request, "place", _("给哪里用")), *LEVELS)
    data, origin = _begun(request, place)
    draft = actions.begin_draft(
        place=place, data=data, origin=origin, by=request.actor, at=request.at, command=forms.command(request)
    )
    return redirect("office:scheme_written", id=draft.pk)


def _begun(request: Asked, place: Place) -> tuple[Table, str]:
    """The tables to begin with, and where they are from in words."""
    chosen = forms.wanted(request, "begin", _("从哪里改起"))
    if chosen == NOW:
        standing = queries.must_be_in_force(place, day_of(request.at))
        return _own(as_data(standing.document), standing.adoption.place, place), standing.version.title
    if chosen == FILE:
        given = request.FILES.get("file") or refuse("people.empty_field", field=_("办法文件"))
        read = load_toml(given.read().decode("utf-8", errors="replace"))
        return (read.refuse() if isinstance(read, Problem) else read), str(given.name)
    document = check_toml(queries.shipped().get(chosen) or refuse("people.not_chosen", field=_("从哪里改起"))).document
    assert document is not None  # the shelf is sound by its tests
    return as_data(document), document.name


def _own(data: Table, adopted_by: Place, place: Place) -> Table:
    """A town's document as a village begins from it: what the town lets its villages decide is the town's to say."""
    return {key: held for key, held in data.items() if key != "frame" or adopted_by.pk == place.pk}


@needs("schemes.propose")
def scheme_written(request: Asked, id: UUID) -> HttpResponse:
    """A scheme that is being written: all of its parts, what is wrong, what is open, how it reads."""
    draft = draft_for(request, id)
    data = data_of(draft)
    found = checked(data, draft.place)
    facts = {
        "draft": draft,
        "found": found,
        "parts": overview(data, found.check.problems, found.document),
        "page": plain_language(found.document) if found.document else None,
    }
    return render(request, "office/scheme_written.html", facts)


@needs("schemes.propose")
def scheme_edit_page(request: Asked, id: UUID, at: str) -> HttpResponse:
    """One page of the form; after a refusal with what was typed."""
    draft = draft_for(request, id)
    path = path_in(data_of(draft), at)
    data = sent(data_of(draft), path, request.POST) if request.method == "POST" else data_of(draft)
    found = checked(data, draft.place)
    facts = {"draft": draft, "found": found, "form": page_at(data, path, found.check.problems)}
    return render(request, "office/scheme_edit.html", facts)


@needs("schemes.propose")
@deed(scheme_edit_page)
def scheme_edit(request: Asked, id: UUID, at: str) -> HttpResponse:
    """Keep a page of the form, and do what its button says: a row more, one less, one further up."""
    draft = draft_for(request, id)
    draft.revision = forms.number(request, "revision", _("第几次改"), most=10**9)
    path = path_in(data_of(draft), at)
    data, goes = pressed(sent(data_of(draft), path, request.POST), path, request.POST.get("do", ""))
    actions.change_draft(
        draft=draft,
        data=data,
        typed=_typed(request),
        by=request.actor,
        at=request.at,
        command=forms.command(request),
    )
    messages.success(request, _("存好了。"))
    return redirect("office:scheme_edit", id=draft.pk, at=address(goes))


def _typed(request: Asked) -> str:
    """What the form was sent with, but for what changes with every showing of it."""
    return "&".join(
        f"{name}={request.POST.getlist(name)}" for name in sorted(request.POST) if not name.startswith("csrf")
    )


@needs("schemes.propose")
@deed(scheme_edit_page)
def scheme_look(request: Asked, id: UUID, at: str) -> HttpResponse:
    """What would be wrong or open if this page were kept as it is typed; nothing is kept."""
    draft = draft_for(request, id)
    data = sent(data_of(draft), path_in(data_of(draft), at), request.POST)
    facts = {"draft": draft, "found": checked(data, draft.place)}
    return render(request, "office/_scheme_check.html", facts)


@needs("schemes.propose")
@deed(scheme_written)
def scheme_drop(request: Asked, id: UUID) -> HttpResponse:
    """Put it aside: nobody writes on it any more."""
    draft = draft_for(request, id)
    actions.drop_draft(draft=draft, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("不要了:%(title)s。") % {"title": draft.title})
    return redirect("office:schemes")


@needs("schemes.propose")
@deed(scheme_written)
def scheme_hand_in(request: Asked, id: UUID) -> HttpResponse:
    """Hand it in as a version, for another level to look at before the assembly votes."""
    draft = draft_for(request, id)
    version = actions.hand_in_draft(draft=draft, by=request.actor, at=request.at, command=forms.command(request))
    messages.success(request, _("已经交了:请另一级的人核对,再开会通过。"))
    return redirect("office:scheme", version=version.pk)


@needs("schemes.propose")
def scheme_file(request: Asked, id: UUID) -> HttpResponse:
    """The scheme as a TOML file; one that is not sound yet has none."""
    draft = draft_for(request, id)
    document = checked(data_of(draft), draft.place).document
    if document is None:
        raise Http404
    answer = HttpResponse(write(document), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{document.code}.toml"'
    return answer
