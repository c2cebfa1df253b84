"""What evaluators would mark at a home, drawn from a model: only marks and findings; what they come to, the engine says."""

from __future__ import annotations

from dataclasses import dataclass

from courtyard.kernel.chances import Chance
from courtyard.rating.rules.documents import (
    DECLINED,
    LOOKED,
    NOT_APPLICABLE,
    Area,
    Item,
    SchemeDocument,
    decimal_text,
)
from courtyard.rating.rules.facts import Mark, Seen
from courtyard.rating.rules.simulating.model import SHARE, Model

ORDERS = 3  # a home, or an area of it, is in good, fair or poor order
# What share of a number's most is given in good, fair and poor order (thousandths: least, most).
_NUMBERS = ((900, 1000), (650, 900), (300, 650))
# In how many places something is found there (least, most).
_PLACES = ((0, 0), (1, 2), (3, 5))
_FINE = 5000  # a number of at most five points is given in halves, a larger one in whole points


@dataclass(frozen=True)
class Drawer:
    """Draws visits under one scheme and model."""

    document: SchemeDocument
    model: Model

    def visit(self, order: int, chance: Chance) -> tuple[Mark, ...]:
        """All marks of one visit to a home in good (0), fair (1) or poor (2) order."""
        model = self.model
        if _falls(chance, model.away_milli):
            return (Mark(not_at_home=True),)
        declined = _falls(chance, model.declined_milli)
        areas = self.document.sheet.areas
        orders = [_beside(order, model.spread_milli, chance) for _ in areas]
        had = [not area.extra or _falls(chance, model.contributes_milli) for area in areas]
        lacking = [[item.optional and _falls(chance, model.lacking_milli) for item in area.items] for area in areas]
        levels = [chance() for _ in areas]
        marks = []
        for _ in range(model.raters or self.document.aggregate.raters_least):
            kin = _falls(chance, model.kin_milli)
            given, seen = [], []
            for place, area in enumerate(areas):
                if declined and area.consent:
                    given.append((area.code, DECLINED))
                    continue
                found = _beside(orders[place], model.disagreement_milli, chance)
                said, what = self._area(area, found, levels[place], had[place], lacking[place], chance)
                given.append((area.code, said))
                seen += what
            marks.append(Mark(tuple(given), tuple(sorted(seen)), kin))
        return tuple(sorted(marks))

    def _area(
        self, area: Area, order: int, level: float, had: bool, lacking: list[bool], chance: Chance
    ) -> tuple[str, list[Seen]]:
        """What one evaluator marks one area, and what it is that was seen there."""
        marks = self.document.marks_of(area)
        if marks == "findings":
            return LOOKED, self._places(area, order, chance)
        seen = self._named(area, order, chance) if order and had else []
        if marks == "labels":
            labels = self.document.sheet.labels
            worst = len(labels) - 1
            return labels[order * worst // 2 if had else worst].code, seen
        if not area.items:
            return _number(area.weight * SHARE, order, level) if had else "0", seen
        parts = [
            NOT_APPLICABLE if left else (_number(item.most_milli, order, level) if had else "0")
            for item, left in zip(_at_least_one(area.items, lacking), lacking, strict=True)
        ]
        return "+".join(parts), seen

    def _named(self, area: Area, order: int, chance: Chance) -> list[Seen]:
        """What an evaluator names who did not give an area the best."""
        if not area.pictures or not _falls(chance, self.model.noted_milli):
            return []
        picture = area.pictures[int(chance() * len(area.pictures))]
        return [Seen(area.code, picture.code, _falls(chance, self.model.mended_milli))]

    def _places(self, area: Area, order: int, chance: Chance) -> list[Seen]:
        """In an area scored by its findings: what was found, in how many places."""
        least, most = _PLACES[order]
        count = least + int(chance() * (most - least + 1))
        found: dict[str, int] = {}
        for _ in range(count):
            picture = area.pictures[int(chance() * len(area.pictures))]
            found[picture.code] = found.get(picture.code, 0) + 1
        mended = self.model.mended_milli
        return [Seen(area.code, code, _falls(chance, mended), places) for code, places in found.items()]


def _falls(chance: Chance, milli: int) -> bool:
    """Whether something that happens in so many of a thousand cases happens now."""
    return chance() * SHARE < milli


def _beside(order: int, milli: int, chance: Chance) -> int:
    """The same order, or now and then a step off it, up or down alike where both can be."""
    if not _falls(chance, milli):
        return order
    return 1 if order != 1 else (0 if chance() < 0.5 else 2)


def _at_least_one(items: tuple[Item, ...], lacking: list[bool]) -> tuple[Item, ...]:
    """The items; where a home would lack all of them, it has the first after all."""
    if all(lacking):
        lacking[0] = False
    return items


def _number(most_milli: int, order: int, level: float) -> str:
    """A number in its steps, as far up its order's span as `level` says."""
    least, most = _NUMBERS[order]
    share = least + int(level * (most - least + 1))
    step = SHARE if most_milli > _FINE else SHARE // 2
    return decimal_text(min(most_milli, (most_milli * share // SHARE + step // 2) // step * step))
