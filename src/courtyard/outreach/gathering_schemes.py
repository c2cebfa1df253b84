"""From a scheme's version to the facts of its leaflet. Reads only."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from courtyard.outreach import papers
from courtyard.outreach.gathering import frame_of, labels_of
from courtyard.outreach.papers.scheme_leaflet import Part, Passed, SchemeLeaflet
from courtyard.places.models import Place
from courtyard.rating.models import Adoption, SchemeVersion
from courtyard.rating.queries import document_of
from courtyard.rating.rules.plain import plain_language


def scheme_leaflet_of(place: Place, version: SchemeVersion, adoption: Adoption | None, day: date) -> SchemeLeaflet:
    """The leaflet of a version for a place; without an adoption it is a draft to be read out."""
    document = document_of(version)
    page = plain_language(document)
    parts = tuple(
        Part(section.number, section.heading, tuple((one.number, one.text) for one in section.sentences))
        for section in page.sections
    )
    passed = None
    if adoption is not None:
        passed = Passed(adoption.assembly, adoption.attendance, adoption.households, adoption.document, adoption.starts)
    drawn = tuple((area.name, area.drawing) for area in document.sheet.areas if area.drawing)
    return SchemeLeaflet(
        frame_of(place, day), page.title, version.number, page.source, page.note, parts, passed, version.sha256, drawn,
        labels_of(document),
    )  # fmt: skip


@lru_cache(maxsize=64)
def printed_scheme(place: Place, adoption: Adoption, day: date) -> bytes:
    """The leaflet of what a place runs under as PDF, made once a day: anybody may ask for it."""
    return papers.render("scheme_leaflet", scheme_leaflet_of(place, adoption.version, adoption, day)).pdf
