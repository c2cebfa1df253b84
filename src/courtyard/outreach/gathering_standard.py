"""From a scheme's document to the facts of its standard in pictures. Reads only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from courtyard.outreach.gathering import frame_of, labels_of
from courtyard.outreach.papers.standard_pictures import StandardArea, StandardPictures
from courtyard.places.models import Place
from courtyard.rating.rules.documents import SchemeDocument


def standard_of(document: SchemeDocument, place: Place, day: date, size: str = "a3") -> StandardPictures:
    """A scheme's standard for a place's wall, under the scheme's own card name."""
    frame = replace(frame_of(place, day), card_name=document.card.name)
    return StandardPictures(frame, document.name, standard_areas(document), labels_of(document), size)


def standard_areas(document: SchemeDocument) -> tuple[StandardArea, ...]:
    """A scheme's areas as the wall shows them; a finding that an evaluator must put into words has none of its own."""
    return tuple(
        StandardArea(
            area.name,
            area.looks,
            tuple((one.seen, one.mend) for one in area.pictures if not one.needs_words),
            area.drawing,
            area.consent,
        )
        for area in document.sheet.areas
    )
