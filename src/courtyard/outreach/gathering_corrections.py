"""From a correction to the facts of its sheet. Reads only."""

from __future__ import annotations

from datetime import date

from courtyard.honours.models import Correction
from courtyard.honours.queries.boards import things
from courtyard.honours.queries.entries import case
from courtyard.honours.rules.states import Reach
from courtyard.outreach.gathering import frame_of
from courtyard.outreach.gathering_lists import month_name
from courtyard.outreach.papers.correction import CorrectionNotice
from courtyard.places.queries import with_id
from courtyard.rating.queries import document_of


def correction_of(correction: Correction, day: date) -> CorrectionNotice:
    """The A3 sheet of a correction: things where things had stood, the name only by the household's wish."""
    one = case(correction.listing_id)
    listing = one.listing
    wide = listing.reach in (Reach.FINDINGS.value, Reach.NAMES.value)
    said = things(document_of(listing.round.version), [one])[0][1] if wide else ()
    return CorrectionNotice(
        frame=frame_of(with_id(listing.group_id), day),
        round_name=month_name(listing.round.month),
        published_on=listing.published_on or correction.since,
        things=said,
        since=correction.since,
        until=correction.until,
        name=listing.household.head if correction.named else "",
    )
