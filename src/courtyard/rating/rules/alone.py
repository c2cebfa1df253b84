"""What one evaluator's marks come to by themselves, area by area, and in which grade an area by itself would be."""

from __future__ import annotations

from courtyard.rating.rules.documents import Band, SchemeDocument
from courtyard.rating.rules.engine_2.looking import look
from courtyard.rating.rules.facts import Mark


def scores_alone(document: SchemeDocument, mark: Mark) -> dict[str, int | None]:
    """Area → the score in thousandths this evaluator alone would give it; None where it was declined or left out."""
    own = Mark(mark.given, mark.seen)
    return {area.area: area.score_milli for area in look(document, (own,)).areas}


def area_band(document: SchemeDocument, area_code: str, score_milli: int) -> Band:
    """The grade an area's score would be by itself: points are first weighed up to the whole sheet's."""
    if document.labels_only:
        return document.band_of(score_milli)
    weight = document.area(area_code).weight * 1000
    return document.band_of(min(document.whole_milli, score_milli * document.whole_milli // weight))
