"""The month of a village in one list, and the villages to choose from where somebody keeps several."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from courtyard.households.queries import villages_on_the_desk
from courtyard.kernel.days import day_of
from courtyard.office.month import chapters
from courtyard.office.scope import places_for
from courtyard.people.asked import Asked
from courtyard.people.needs import needs
from courtyard.people.rules import areas
from courtyard.points.queries import with_waiting


@needs("papers.print")
def months(request: Asked) -> HttpResponse:
    """The villages whose month this person keeps, in order of places; where it is one, its month at once."""
    villages = list(places_for(request, "papers.print", "village"))
    if len(villages) == 1:
        return redirect("office:month", id=villages[0].pk)
    return render(request, "office/months.html", {"villages": villages, "month": day_of(request.at)})


@needs("papers.print")
def month(request: Asked, id: UUID) -> HttpResponse:
    """One village's month: what to print, whom to visit, what to enter, what to publish, what to hand out."""
    kept, today = areas(request.actor, "papers.print"), day_of(request.at)
    mine = villages_on_the_desk(kept)
    village = get_object_or_404(with_waiting(mine), pk=id)
    found = chapters(village, today.replace(day=1), today)
    left = sum(chapter.left for chapter in found)
    several = any(path != village.path for path in kept)
    facts = {"village": village, "month": today, "chapters": found, "left": left, "several": several}
    return render(request, "office/month.html", facts | {"of": sum(len(chapter.lines) for chapter in found)})
