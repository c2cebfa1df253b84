"""Plaques of titles: brought to the home that holds one, taken down where it is held no more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.honours.models import TitleHeld
from courtyard.honours.rules.titles import TitleState, unfit_plaque
from courtyard.inspections.actions.turn import village_turn
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse_if
from courtyard.people.rules import may
from courtyard.records.guard import swap
from courtyard.records.journal import act


def hang_plaque(*, held: TitleHeld, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """A title's plaque was brought to its home. Refuses honours.title_not_held and .plaque_hangs."""
    _plaque(held, by, at, command, hanging=True)


def take_plaque_down(*, held: TitleHeld, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """The plaque of a title that is held no more was taken down. Refuses honours.title_still_held and
    .plaque_not_there."""
    _plaque(held, by, at, command, hanging=False)


def _plaque(held: TitleHeld, by: Actor, at: datetime, command: UUID | None, *, hanging: bool) -> None:
    refuse_if(may(by, "lists.publish", held.household.group.path))
    verb = "honours.hang_plaque" if hanging else "honours.take_plaque_down"
    with act(verb, by=by, at=at, chain=held.village_id, subject=held.pk, command=command,
             given={"title": held.pk}) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        row = TitleHeld.objects.get(pk=held.pk)
        there = {"hung": row.hung_on is not None, "removed": row.removed_on is not None}
        refuse_if(unfit_plaque(TitleState(row.state), hanging=hanging, **there))
        if hanging:
            swap(TitleHeld.objects.filter(pk=row.pk, hung_on=None), "honours.plaque_hangs", hung_on=day_of(at))
        else:
            swap(
                TitleHeld.objects.filter(pk=row.pk, removed_on=None), "honours.plaque_not_there", removed_on=day_of(at)
            )
        pen.answer = {"title": row.pk}
