"""From the marks of one visit to its score: every rater's area, the raters together, the areas together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from courtyard.rating.rules import facts as f
from courtyard.rating.rules.documents import DECLINED, NOT_APPLICABLE, Area, SchemeDocument
from courtyard.rating.rules.engine_2.numbers import combined, rounded
from courtyard.rating.rules.reading import exact_milli

NO_CONSENSUS = "no_consensus"
NONE = "none"


@dataclass(frozen=True)
class Look:
    """What one visit came to. `fewest`: the fewest raters of a rated area; `found`: findings that stand, by code."""

    why: str
    areas: tuple[f.AreaResult, ...] = ()
    score_milli: int | None = None
    raters: int = 0
    kin: int = 0
    fewest: int = 0
    found: frozenset[str] = frozenset()
    decided: bool = False


def decided(score_milli: int) -> Look:
    """A score as it was decided elsewhere: no marks behind it to ask about."""
    return Look("", score_milli=score_milli, decided=True)


def look(document: SchemeDocument, marks: Sequence[f.Mark]) -> Look:
    """The score of one visit by its marks, in any order; or why there is none."""
    given = [mark for mark in marks if mark.given and not mark.not_at_home]
    own = [mark for mark in given if not mark.kin]
    counting = [mark for mark in own if any(what != DECLINED for _, what in mark.given)]
    kin = sum(1 for mark in given if mark.kin)
    if not counting:
        return Look(_absent(marks, given), kin=kin)
    areas = tuple(_area(document, area, own, counting) for area in document.sheet.areas)
    score = _whole(document, areas)
    found = frozenset(
        seen.code
        for area in document.sheet.areas
        for seen in _standing(area, [item for mark in own for item in mark.seen if item.area == area.code])
    )
    if score is None:
        return Look(f.AREA_MISSING, areas, None, len(counting), kin, 0, found)
    score_milli = rounded(score, document.aggregate.score_digits, document.aggregate.rounding)
    fewest = min(raters_of(area) for area in areas if area.score_milli is not None)
    return Look("", areas, score_milli, len(counting), kin, fewest, found)


def _absent(marks: Sequence[f.Mark], given: Sequence[f.Mark]) -> str:
    if any(mark.not_at_home for mark in marks):
        return f.NOT_AT_HOME
    return f.ONLY_KIN if given and all(mark.kin for mark in given) else f.NO_MARKS


def raters_of(area: f.AreaResult) -> int:
    """How many evaluators an area's score comes from."""
    return sum(count for _, count in area.counts) or len(area.given)


def _area(document: SchemeDocument, area: Area, own: list[f.Mark], counting: list[f.Mark]) -> f.AreaResult:
    """One area over the raters that count; where the household declined to one of them, it is not rated at all."""
    seen = [item for mark in own for item in mark.seen if item.area == area.code]
    findings, mended = _counted(area, seen)
    said = [(mark, what) for mark in counting for code, what in mark.given if code == area.code and what != DECLINED]
    if any(code == area.code and what == DECLINED for mark in own for code, what in mark.given):
        return f.AreaResult(area.code, area.weight, (), None, DECLINED, findings, mended)
    scores = [score for mark, what in said if (score := _score(document, area, mark, what)) is not None]
    if not scores:
        return f.AreaResult(area.code, area.weight, (), None, NONE, findings, mended)
    aggregate = document.aggregate
    value = combined(aggregate, scores)
    counts: tuple[tuple[str, int], ...] = ()
    given: tuple[int, ...] = ()
    if document.marks_of(area) == "labels":
        often = Counter(what for _, what in said)
        counts = tuple((label.code, often[label.code]) for label in document.sheet.labels if label.code in often)
    else:
        given = tuple(sorted(rounded(score, 3, "half_up") for score in scores))
    if value is None:
        return f.AreaResult(area.code, area.weight, counts, None, NO_CONSENSUS, findings, mended, given)
    score_milli = rounded(value, aggregate.area_digits, aggregate.rounding)
    return f.AreaResult(area.code, area.weight, counts, score_milli, "", findings, mended, given)


def _score(document: SchemeDocument, area: Area, mark: f.Mark, what: str) -> Fraction | None:
    """One rater's score of an area in thousandths: of hundredths under labels alone, else of the area's own points."""
    marks = document.marks_of(area)
    if marks == "labels":
        worth = Fraction(document.label(what).score_milli)
        return worth if document.labels_only else worth * area.weight / 100
    if marks == "findings":
        return _left(area, mark)
    return _items(area, what) if area.items else Fraction(_number(what))


def _left(area: Area, mark: f.Mark) -> Fraction:
    """An area's points less what each place found takes off, never below its least; what was mended takes nothing off."""
    off = {picture.code: picture.deduct_milli for picture in area.pictures}
    own = [item for item in mark.seen if item.area == area.code]
    taken = sum((off[seen.code] or area.each_finding_milli or 0) * seen.places for seen in _standing(area, own))
    return Fraction(max(area.least_milli, area.weight * 1000 - taken))


def _items(area: Area, what: str) -> Fraction | None:
    """The sum of an area's items; where one does not apply, the others weighed up to the whole area."""
    got, most = Fraction(0), 0
    for item, part in zip(area.items, what.split("+"), strict=True):
        if part != NOT_APPLICABLE:
            got, most = got + _number(part), most + item.most_milli
    return got * area.weight * 1000 / most if most else None


def _number(text: str) -> int:
    """A given number in thousandths; what is none was to be refused before it came here (`unfit_mark`)."""
    found = exact_milli(text)
    if found is None:
        raise ValueError(f"no number: {text}")
    return found


def _standing(area: Area, seen: list[f.Seen]) -> list[f.Seen]:
    """The findings that stand, each once with the most places anybody saw; what one evaluator saw mended is mended.

    A picture with words of its own may be two different things, so there a mended one takes nothing from another."""
    several = {picture.code for picture in area.pictures if picture.needs_words}
    mended = {item.code for item in seen if item.mended}
    places: dict[str, int] = {}
    for item in seen:
        if not item.mended and (item.code not in mended or item.code in several):
            places[item.code] = max(places.get(item.code, 0), item.places)
    return [f.Seen(area.code, code, False, count) for code, count in sorted(places.items())]


def _counted(area: Area, seen: list[f.Seen]) -> tuple[int, int]:
    return len(_standing(area, seen)), len({item.code for item in seen if item.mended})


def _whole(document: SchemeDocument, areas: Sequence[f.AreaResult]) -> Fraction | None:
    """The areas together, in thousandths; None where the home cannot be rated."""
    missing = document.sheet.missing_area
    extra = {area.code for area in document.sheet.areas if area.extra}
    core = [area for area in areas if area.area not in extra]
    lost = [area for area in core if area.score_milli is None and area.why != DECLINED]
    rated = [area for area in core if area.score_milli is not None]
    if not rated or (missing == "not_rated" and lost):
        return None
    weights = sum(area.weight for area in rated) + sum(area.weight for area in lost if missing == "zero")
    if document.labels_only:
        return Fraction(sum(area.weight * (area.score_milli or 0) for area in rated), weights)
    points = Fraction(sum(area.score_milli or 0 for area in rated))
    more = sum(area.score_milli or 0 for area in areas if area.area in extra)
    return points * document.whole_milli / (weights * 1000) + more
