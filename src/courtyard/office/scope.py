"""What lies within a person's areas for a verb; what does not answers as if it did not exist (404)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from courtyard.people import forms
from courtyard.people.rules import areas
from courtyard.places.models import Place
from courtyard.places.queries import places


def places_for(request: Any, verb: str, *kinds: str) -> QuerySet[Place]:
    """Places where this person may do this verb, of these kinds, in order of places."""
    rows = places(areas(request.actor, verb)).select_related("parent").order_by("path")
    return rows.filter(kind__in=kinds) if kinds else rows


def place_for(request: Any, verb: str, id: UUID | str, *kinds: str) -> Place:
    """The place of this id, or 404. Refuses people.unfit_id where a form's field holds no id."""
    key = forms.as_id(id, _("哪里")) if isinstance(id, str) else id
    return get_object_or_404(places_for(request, verb, *kinds), pk=key)


def labelled(rows: Iterable[Place]) -> list[tuple[str, str]]:
    """Places as a drop-down takes them: id, name with the place above it."""
    return [(str(row.pk), f"{row.parent.name} {row.name}" if row.parent else row.name) for row in rows]
