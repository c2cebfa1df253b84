"""Rounds as they go: opened, walked by three a group, typed from paper by the cadre, closed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from courtyard.honours.actions import close_village, enter_red
from courtyard.inspections.actions import HomeMarks, decide_review, enter_marks, open_round
from courtyard.inspections.queries.rounds import seats
from courtyard.inspections.queries.sheets import open_reviews, sheet_rows
from courtyard.inspections.rules.marks import Found, Given
from courtyard.inspections.rules.membership import SeatWalk
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.days import day_of
from courtyard.ops.demo.town import Town, first_of
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import Area, SchemeDocument

# From which tidiness (0 to 1) an area is good, and from which fair: most homes are good, a few in a hundred poor.
GOOD, FAIR = 0.59, 0.29
OPEN_DAY, WALK_DAY, CLOSE_DAY, LAST_CLOSE = 3, 12, 24, 19


@dataclass
class Walks:
    """How tidy each home is, area by area, over the months: the same home stays itself."""

    town: Town
    homes: dict[UUID, float]

    def tidiness(self, home: UUID) -> float:
        """A home's own measure, drawn once; it drifts a little towards the better with each round."""
        if home not in self.homes:
            self.homes[home] = min(1.0, max(0.02, self.town.chance.betavariate(4.2, 2.2)))
        return self.homes[home]


def plan(town: Town, walks: Walks, month: date, *, last: bool) -> None:
    """Put a month's rounds into the agenda, village by village; the last is closed so late that its lists are alive."""
    close = month.replace(day=CLOSE_DAY)
    if last:
        close = max(close, town.today - timedelta(days=LAST_CLOSE))
    for village in town.villages:
        n = town.number(village)
        start = month.replace(day=OPEN_DAY)
        town.agenda.on(start, 9, n, lambda at, v=village: _open(town, walks, v, month, close, at))  # type: ignore[misc]


def _open(town: Town, walks: Walks, village: Any, month: date, close: date, at: datetime) -> None:
    from courtyard.ops.demo import slips

    opened = open_round(village=village, month=month, by=town.cadre(village), at=at)
    slips.plan(town, village, opened, close)
    groups: dict[Any, list[Any]] = {}
    for seat in seats(opened.pk):
        groups.setdefault(seat.group, []).append(seat)
    for n, panel in enumerate(groups.values()):
        day = month.replace(day=WALK_DAY) + timedelta(days=n % 5)
        town.agenda.on(day, 18, 30 + n, lambda at, p=panel: _type(town, walks, opened, p, at))  # type: ignore[misc]
    town.agenda.on(close, 11, town.number(village), lambda at: _settle(town, village, opened, at))
    town.agenda.on(close, 16, town.number(village), lambda at: _close(town, walks, village, opened, at))


def _type(town: Town, walks: Walks, opened: Any, panel: list[Any], at: datetime) -> None:
    """One group's sheets, typed one rater after the other: the homes that lead first, third marks last."""
    document, cadre = document_of(opened.version), town.cadre(opened.village)
    sheets = {seat.pk: sheet_rows(opened.pk, seat.group_id, seat.evaluator_id) for seat in panel}
    homes = list(dict.fromkeys(row.household for rows in sheets.values() for row in rows))
    away = {home for home in homes if town.chance.random() < 0.03}
    seen = {home: _as_found(town.chance, walks, home, document) for home in homes}
    for n, seat in enumerate(panel):
        rows = sheets[seat.pk]
        sheet = [
            HomeMarks(row.household, _given(town.chance, document, seen[row.household], row.household in away, row.kin),
                      day_of(at))
            for row in rows
        ]  # fmt: skip
        if (
            seat.walk == SeatWalk.WHOLE.value
            and seat.n == 3
            and opened.month == first_of(town.today, 1)
            and panel[0].group.order == 1
        ):
            _hand_in_late(town, opened, seat, sheet)
        enter_marks(opened=opened, evaluator=seat.evaluator_id, sheet=sheet, by=cadre, at=at + timedelta(minutes=n))
    _other_values(town, opened, panel[-1], document, seen, away, at)


def _hand_in_late(town: Town, opened: Any, seat: Any, sheet: list[HomeMarks]) -> None:
    """One home's marks are found on a second sheet after the close: they wait for a decision, late."""
    late = sheet.pop()

    def event(at: datetime) -> None:
        enter_marks(opened=opened, evaluator=seat.evaluator_id, sheet=[late], by=town.cadre(opened.village), at=at)

    close = max(opened.month.replace(day=CLOSE_DAY), town.today - timedelta(days=LAST_CLOSE))
    town.agenda.on(close + timedelta(days=2), 9, 30, event)


def _as_found(chance: random.Random, walks: Walks, home: UUID, document: SchemeDocument) -> dict[str, float | None]:
    """What there was to see that day, area by area; None where the household did not ask the raters in."""
    base = walks.tidiness(home)
    walks.homes[home] = min(1.0, base + chance.uniform(-0.02, 0.05))
    return {
        area.code: None if area.consent and chance.random() < 0.05 else base + chance.gauss(0, 0.1)
        for area in document.sheet.areas
    }


def _given(
    chance: random.Random, document: SchemeDocument, seen: dict[str, float | None], away: bool, kin: bool
) -> Given:
    if away or kin:
        return Given(Presence.NOT_AT_HOME if away else Presence.KIN)
    values, found = [], []
    for area in document.sheet.areas:
        tidy = seen[area.code]
        label = "declined" if tidy is None else label_of(tidy + chance.gauss(0, 0.03))
        values.append((area.code, label))
        if label == "poor":
            found += _findings(chance, area, chance.choice((1, 1, 2)), mended=False)
        elif label == "fair" and chance.random() < 0.3:
            found += _findings(chance, area, 1, mended=chance.random() < 0.4)
    return Given(Presence.SEEN, tuple(values), tuple(found))


def label_of(tidy: float) -> str:
    """The label of an area that is so tidy."""
    return "good" if tidy >= GOOD else "fair" if tidy >= FAIR else "poor"


def _findings(chance: random.Random, area: Area, count: int, *, mended: bool) -> list[Found]:
    pictures = [picture.code for picture in area.pictures if not picture.needs_words]
    return [Found(area.code, code, "", mended) for code in sorted(chance.sample(pictures, min(count, len(pictures))))]


def _other_values(
    town: Town, opened: Any, seat: Any, document: SchemeDocument, seen: dict[UUID, Any], away: set[UUID], at: datetime
) -> None:
    """Now and then a rater's paper is typed again with another value: neither counts until the town has decided."""
    rows = [row for row in sheet_rows(opened.pk, seat.group_id, seat.evaluator_id) if not row.kin]
    rows = [row for row in rows if row.household not in away]
    if not rows or town.chance.random() > 0.2:
        return
    home = town.chance.choice(rows).household
    tidy = {area: None if value is None else value - 0.3 for area, value in seen[home].items()}
    again = HomeMarks(home, _given(town.chance, document, tidy, away=False, kin=False), day_of(at))
    cadre = town.cadre(opened.village)
    enter_marks(opened=opened, evaluator=seat.evaluator_id, sheet=[again], by=cadre, at=at + timedelta(minutes=9))


def _settle(town: Town, village: Any, opened: Any, at: datetime) -> None:
    """The town decides which of the doubtful marks count: the first that were given."""
    clerk = town.actor("clerk")
    for review in open_reviews([village.path], round_id=opened.pk):
        decide_review(visit=review.visit, evaluator=review.evaluator, keep=review.choices[0].id, by=clerk, at=at)


def _close(town: Town, walks: Walks, village: Any, opened: Any, at: datetime) -> None:
    from courtyard.ops.demo import lists, objecting, spots, trading

    closed = close_village(closing=opened, by=town.cadre(village), at=at)
    day = day_of(at)
    if closed.red:
        town.agenda.on(day + timedelta(days=1), 10, 0, lambda then: _red(town, village, opened, then))
    lists.plan(town, village, opened, day)
    objecting.plan(town, village, opened, day)
    trading.plan(town, village, day)
    spots.plan(town, walks, village, opened, day)


def _red(town: Town, village: Any, closed: Any, at: datetime) -> None:
    enter_red(closed=closed, by=town.deputy(village), at=at)
