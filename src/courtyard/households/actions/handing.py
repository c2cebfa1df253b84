"""A hand-over sheet's screen taken in at once: cards handed over, choices written down, who does not take part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from courtyard.households.actions.choosing import keep_choices, keep_known
from courtyard.households.models import Card, Covenant, Household, Pin
from courtyard.households.queries.handing import holdings
from courtyard.households.rules.handing import A_SCREEN, Line, unfit_hand_over_day, unfit_line
from courtyard.households.rules.states import CardState, Participation
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem, refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records.journal import Pen, act


@dataclass(frozen=True)
class Entered:
    """What became of a screen: cards handed over, homes that do not take part, lines that could not be taken in."""

    handed_over: int
    declined: int
    refused: Mapping[UUID, Problem]


def enter_hand_over(
    *,
    group: Place,
    day: date,
    lines: Sequence[Line],
    by: Actor,
    at: datetime,
    covenant: Covenant | None = None,
    command: UUID | None = None,
) -> Entered:
    """Take in the lines of a group's signed sheet; what one line is refused for never keeps the others out.

    No PIN comes with it: a PIN is never written on paper, the household keys it in itself afterwards. Refuses a place
    that is no group, a day to come, a sheet without a line, more than a screen of lines, a covenant of elsewhere.
    """
    refuse_if(may(by, "cards.issue", group.path))
    if group.kind != "group" or group.village_id is None:
        refuse("households.not_a_group", name=group.name)
    refuse_if(unfit_hand_over_day(day, day_of(at)))
    if not lines or len(lines) > A_SCREEN:
        refuse("households.hand_over_empty" if not lines else "households.hand_over_too_long", most=A_SCREEN)
    if covenant is not None and covenant.place_id not in (group.village_id, group.town_id):
        refuse("households.other_covenant")
    given = {
        "group": group.pk,
        "day": day,
        "covenant": covenant.pk if covenant else None,
        "lines": [_said(line) for line in lines],
    }
    with act(
        "households.enter_hand_over", by=by, at=at, chain=group.village_id, subject=group.pk, command=command,
        given=given, pulls=True,
    ) as pen:  # fmt: skip
        if not pen.replayed:
            pen.answer = _take_in(pen, group, day, lines, covenant)
    refused = {UUID(home): Problem(code, facts) for home, code, facts in pen.answer["refused"]}
    return Entered(pen.answer["handed_over"], pen.answer["declined"], refused)


def _said(line: Line) -> list[Any]:
    return [line.household, line.took, line.red_name, line.messages, line.covenant]


def _take_in(pen: Pen, group: Place, day: date, lines: Sequence[Line], covenant: Covenant | None) -> dict[str, Any]:
    standing = holdings(group.pk, [line.household for line in lines])
    refused, taken = [], []
    for line in lines:
        holding = standing.get(line.household)
        problem = unfit_line(line, holding, day) if holding else Problem("households.not_of_this_group")
        if problem:
            refused.append([line.household.hex, problem.code, dict(problem.facts)])
        else:
            taken.append(line)
    took = [line for line in taken if line.took]
    cards = [card for line in took if (card := standing[line.household].card) is not None]
    live = Card.objects.filter(pk__in=cards, state=CardState.LIVE.value, handed_over=None)
    if live.update(handed_over=day) != len(cards):
        refuse("households.changed_meanwhile")
    keep_choices(
        pen,
        {line.household: line.red_name for line in took if line.red_name is not None},
        {line.household: line.messages for line in took if line.messages is not None},
    )
    if covenant is not None:
        keep_known(pen, covenant.pk, [line.household for line in took if line.covenant], day)
    declined = [line.household for line in taken if not line.took]
    step_back(pen, declined, day)
    return {"handed_over": len(took), "declined": len(declined), "refused": refused}


def step_back(pen: Pen, households: Iterable[UUID], day: date) -> int:
    """Part: these households do not take part any more: their cards die, their PINs open nothing. Returns how many."""
    homes = list(households)
    if not homes:
        return 0
    rows = Household.objects.filter(pk__in=homes).exclude(participation=Participation.NOT_TAKING_PART.value)
    changed = rows.update(participation=Participation.NOT_TAKING_PART.value, changed=pen.number)
    Card.objects.filter(household__in=homes, state=CardState.LIVE.value).update(state=CardState.LOST.value, ended=day)
    Pin.objects.filter(household__in=homes).update(sealed="")
    return changed
