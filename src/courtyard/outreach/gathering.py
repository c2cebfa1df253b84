"""From tables to the facts of prints that many share: cards, score sheets, the frame around each. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.conf import settings

from courtyard.households import queries as households
from courtyard.households.models import Card as CardRow
from courtyard.inspections.models import Round
from courtyard.inspections.queries.rounds import REGULAR, seats
from courtyard.inspections.queries.sheets import sheet_rows
from courtyard.inspections.rules.membership import SeatWalk
from courtyard.inspections.rules.questions import Question
from courtyard.kernel.weeks import prose
from courtyard.outreach.papers import cards, score_sheets
from courtyard.outreach.papers.number_sheets import Unit
from courtyard.outreach.rules.frame import Frame
from courtyard.places.models import Place
from courtyard.places.queries import complaint_line
from courtyard.rating.queries import document_of, in_force
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.sheet import sheet


def frame_of(place: Place, day: date, *, serial: str = "") -> Frame:
    """The frame of a print for this place: names, complaint line, day, the card's name of the scheme in force."""
    scheme = in_force(place, day)
    named = {"card_name": scheme.document.card.name} if scheme else {}
    return Frame(
        town=place.town.name if place.town else place.name,
        village=place.village.name if place.village else "",
        group=place.name if place.kind == "group" else "",
        complaint_line=complaint_line(place.path),
        printed_on=day,
        serial=serial,
        **named,
    )


def card_url(token: str) -> str:
    """What a card's QR holds: this server's public address and the card's opaque token."""
    return f"{settings.PUBLIC_URL}/c/{token}"


def cards_of(place: Place, day: date, *, household: UUID | None = None) -> Iterator[cards.Cards]:
    """The live cards of a place (or of one household of it, singly) as files of at most 2,000, in walking order."""
    rows = households.live_cards([place.path])
    if household:
        rows = rows.filter(household=household)
    frame = frame_of(place, day)
    batch: list[cards.Card] = []
    for row in rows.iterator(chunk_size=cards.MOST_A_FILE):
        batch.append(_card(row))
        if len(batch) == cards.MOST_A_FILE:
            yield cards.Cards(frame, day.year, tuple(batch))
            batch = []
    if batch:
        yield cards.Cards(frame, day.year, tuple(batch), singly=household is not None)


def _card(row: CardRow) -> cards.Card:
    home = row.household
    where = f"{home.village.name} {home.group.name} {home.bay}".strip()
    return cards.Card(head=home.head, place=where, code=home.code, number=home.short, url=card_url(row.token))


def score_sheets_of(
    opened: Round, day: date, *, group: UUID | None = None, evaluators: Iterable[UUID] | None = None
) -> score_sheets.ScoreSheets:
    """The score sheets of a round: one a rater and group (of one group; of these evaluators), in walking order.

    Where not one group is asked for, a rater's homes that lead stand on one sheet, group by group, and so do the
    homes where the rater stands in for kin: a sheet of paper for two homes a group would be a sheet wasted.
    """
    wanted = set(evaluators) if evaluators is not None else None
    document = document_of(opened.version)
    areas, labels, units = areas_of(document), labels_of(document), units_of(document)
    frame = frame_of(opened.village, day)
    name = f"{prose(opened.month)} {opened.get_kind_display()}"
    asked = () if opened.kind in REGULAR else tuple(question.label for question in Question)
    found: dict[tuple[str, UUID, UUID | None], score_sheets.ScoreSheet] = {}
    for seat in seats(opened.pk, group):
        if wanted is not None and seat.evaluator_id not in wanted:
            continue
        apart = group is not None or seat.walk == SeatWalk.WHOLE.value
        rows = tuple(
            score_sheets.Row(row.head, row.code, row.bay if apart else f"{seat.group.name} {row.bay}".strip(), row.kin)
            for row in sheet_rows(opened.pk, seat.group_id, seat.evaluator_id)
        )
        key = (seat.walk, seat.evaluator_id, seat.group_id if apart else None)
        before = found[key].rows if key in found else ()
        where = replace(frame, group=seat.group.name) if apart else frame
        if rows or before:
            found[key] = score_sheets.ScoreSheet(
                where, name, seat.evaluator.name, areas, before + rows, labels, _walk(seat.walk), asked, units
            )
    return score_sheets.ScoreSheets(frame, tuple(found.values()))


def areas_of(document: SchemeDocument) -> tuple[score_sheets.Area, ...]:
    """A scheme's areas as the paper sheet shows them."""
    return tuple(
        score_sheets.Area(
            area.code,
            area.name,
            tuple((p.code, p.name) for p in area.pictures),
            area.consent,
            area.drawing,
            area.looks,
        )
        for area in sheet(document).areas
    )


def units_of(document: SchemeDocument) -> tuple[Unit, ...]:
    """A scheme's columns where it gives numbers; none where every area is marked by a word."""
    asked = sheet(document)
    if asked.words_only:
        return ()
    seen = any(one.marks != "findings" and one.area.pictures for one in asked.units)
    return tuple(
        Unit(one.area.code, one.marks, one.name if one.item else "", one.most, one.optional) for one in asked.units
    ) + ((Unit("", "seen"),) if seen else ())


def labels_of(document: SchemeDocument) -> tuple[tuple[str, str], ...]:
    """A scheme's own words for an area, in its order, as the paper sheet's columns."""
    return tuple((label.code, label.name) for label in document.sheet.labels)


def _walk(walk: str) -> str:
    """What a sheet says of its homes where they are not the whole group."""
    said = {SeatWalk.FRONT.value: "先走:干部和评比员家", SeatWalk.STAND_IN.value: "只评亲属回避的户"}
    return said.get(walk, "")
