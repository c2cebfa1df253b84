"""Who said 我一个人弄不动 and who came, what villagers did outside the rounds, points put right by hand: one of
each stage, in the first village."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from courtyard.honours.actions import finish_help, say_cannot_alone, take_help
from courtyard.honours.queries.entries import open_in
from courtyard.honours.queries.help import known_in, task_of
from courtyard.honours.rules.help import Helper
from courtyard.households.queries import household_actor, on_care_list, rated_homes
from courtyard.inspections.actions.deeds import confirm_deed, record_deed
from courtyard.inspections.queries.deeds import deed_of
from courtyard.kernel.days import day_of
from courtyard.ops.demo.facts import data
from courtyard.ops.demo.town import Town
from courtyard.points.actions import confirm_adjustment, propose_adjustment
from courtyard.points.queries.adjustments import adjustment_of
from courtyard.points.rules.states import AdjustmentReason
from courtyard.rating.queries import in_force


def plan(town: Town, months: list[date]) -> None:
    """One home helped by a neighbour in the second month; two that wait today, one of them late; deeds by the way."""
    village = town.villages[0]
    _helped(town, village, months[1].replace(day=5))
    _waits(town, village, town.today - timedelta(days=16), words=data()["words"]["team"])
    _waits(town, village, town.today - timedelta(days=3))
    _deeds(town, village, months[1].replace(day=8), count=2, confirmed=True)
    _deeds(town, village, town.today - timedelta(days=2), count=1, confirmed=False)
    _adjusts(town, village, town.today - timedelta(days=6), 3, AdjustmentReason.LEFT_OUT, confirmed=True)
    _adjusts(town, village, town.today - timedelta(days=1), 5, AdjustmentReason.MISTYPED, confirmed=False)


def _on(town: Town, day: date, hour: int, event: Callable[[datetime], Any]) -> None:
    town.agenda.on(day, hour, 40, event)


def _quiet(village: Any) -> list[Any]:
    """Homes of the village that no list and no help concerns now, the last of the walk first."""
    busy = {one.listing.household_id for one in open_in(village.pk)}
    busy |= known_in(village.pk)
    homes = [home for home in rated_homes(village.path) if home.pk not in busy]
    cared = on_care_list(home.pk for home in homes)
    return [home for home in reversed(homes) if home.pk not in cared]


def _helped(town: Town, village: Any, day: date) -> None:
    """Said to an evaluator, a neighbour goes, it is done, the town confirms the deed."""

    def say(at: datetime) -> None:
        home, helper = _quiet(village)[:2]
        asked = say_cannot_alone(household=home, by=town.actor("eva0101"), at=at)

        def take(then: datetime) -> None:
            by = town.cadre(village)
            take_help(task=task_of(asked.task), helper=Helper(household=helper.pk), by=by, at=then)

        def done(then: datetime) -> None:
            deed = finish_help(task=task_of(asked.task), day=day_of(then), by=town.cadre(village), at=then)
            if deed is not None:
                _on(town, day_of(then) + timedelta(days=1), 10, lambda late: _confirm(town, deed, late))

        _on(town, day + timedelta(days=1), 9, take)
        _on(town, day + timedelta(days=3), 17, done)

    _on(town, day, 16, say)


def _waits(town: Town, village: Any, day: date, words: str = "") -> None:
    """Said by the household on its page; a team named the next day, or nobody yet."""

    def say(at: datetime) -> None:
        home = _quiet(village)[0]
        asked = say_cannot_alone(household=home, by=household_actor(home), at=at)
        if words:
            by = town.cadre(village)
            _on(
                town, day + timedelta(days=1), 9,
                lambda then: take_help(task=task_of(asked.task), helper=Helper(words=words), by=by, at=then),
            )  # fmt: skip

    _on(town, day, 19, say)


def _deeds(town: Town, village: Any, day: date, *, count: int, confirmed: bool) -> None:
    """Deeds of the scheme that are not help, each of another home."""

    def record(at: datetime) -> None:
        scheme = in_force(village, day_of(at))
        item = next((rule.code for rule in scheme.document.deeds if not rule.helping), "") if scheme else ""
        for n, home in enumerate(_quiet(village)[:count] if item else ()):
            deed = record_deed(
                village=village, household=home, item=item, day=day_of(at), evidence=f"{data()['words']['photo']} {n + 1}",
                by=town.cadre(village), at=at,
            )  # fmt: skip
            if confirmed:
                _on(town, day_of(at) + timedelta(days=1), 11, lambda then, deed=deed: _confirm(town, deed, then))  # type: ignore[misc]

    _on(town, day, 18, record)


def _adjusts(town: Town, village: Any, day: date, points: int, reason: AdjustmentReason, *, confirmed: bool) -> None:
    """Points put right by hand: the village proposes, the town confirms the next day, or has not looked yet."""

    def propose(at: datetime) -> None:
        id = propose_adjustment(
            household=_quiet(village)[0], points=points, reason=reason, evidence=f"{data()['words']['photo']} 7",
            by=town.cadre(village), at=at,
        )  # fmt: skip
        if confirmed:
            clerk = town.actor("clerk")
            _on(
                town, day_of(at) + timedelta(days=1), 15,
                lambda then: confirm_adjustment(adjustment=adjustment_of(id), by=clerk, at=then),
            )  # fmt: skip

    _on(town, day, 15, propose)


def _confirm(town: Town, deed: UUID, at: datetime) -> None:
    confirm_deed(deed=deed_of(deed), by=town.actor("clerk"), at=at)
