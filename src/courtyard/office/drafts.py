"""Schemes that are being written, as the office's pages find them; what lies elsewhere answers as if it did not exist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from courtyard.kernel.problems import Problem
from courtyard.office.draft_form import Page, form, path_of
from courtyard.people.asked import Asked
from courtyard.people.rules import areas
from courtyard.rating import queries
from courtyard.rating.models import SchemeDraft
from courtyard.rating.rules import drafting
from courtyard.rating.rules.drafting import Path, Table
from courtyard.rating.rules.loading import load_json

LEVELS = ("town", "village")


def draft_for(request: Asked, id: UUID) -> SchemeDraft:
    """A scheme that is being written for a place of theirs, or 404."""
    rows = queries.written(areas(request.actor, "schemes.propose")).select_related("place__parent")
    return get_object_or_404(rows, pk=id)


def data_of(draft: SchemeDraft) -> Table:
    """A draft's tables."""
    data = load_json(draft.text)
    return {} if isinstance(data, Problem) else data


def path_in(data: Table, at: str) -> Path:
    """The place an address names in these tables, or 404."""
    path = path_of(at)
    if drafting.kind_at(path) is None:
        raise Http404
    if any(step.isdigit() and not _has_row(data, path[: n + 1]) for n, step in enumerate(path)):
        raise Http404
    return path


def _has_row(data: Table, path: Path) -> bool:
    rows: Any = drafting.at(data, path[:-1])
    return isinstance(rows, list) and int(path[-1]) < len(rows)


def page_at(data: Table, path: Path, problems: tuple[Problem, ...]) -> Page:
    """The page of the form at a place, or 404."""
    return form(data, path, problems) or _gone()


def _gone() -> Page:
    raise Http404


def pressed(data: Table, path: Path, button: str) -> tuple[Table, Path]:
    """The tables after a button of the form at a page (a row more, one less, one further up), and the page it leads to."""
    verb, _sep, where = button.partition(":")
    target = path_of(where) if where else ()
    kind = drafting.kind_at(target) if target else None
    if kind is None:
        return data, path
    if verb == "add":
        return _more(drafting.added(data, target), target, path)
    if verb == "remove":
        kept = target[:-1] if len(target) > 1 else ()
        return drafting.removed(data, target), kept if path[: len(target)] == target else path
    return (drafting.raised(data, target) if verb == "up" else data), path


def _more(data: Table, target: Path, path: Path) -> tuple[Table, Path]:
    """After a row was added: its own page where it has one, a table begun: its page."""
    kind = drafting.kind_at(target)
    rows = drafting.at(data, target)
    if kind is None or not kind[1]:
        return data, target
    if kind[2] is None or drafting.stands_open(kind[2]) or not isinstance(rows, list):
        return data, path
    return data, (*target, str(len(rows) - 1))
