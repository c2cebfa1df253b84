"""Slips printed: each gets its serial in one act before the paper leaves the press; printing again makes no other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.honours.models import Listing, Slip
from courtyard.honours.queries.entries import case
from courtyard.honours.queries.slips import notice_serial, taken, without_slip
from courtyard.honours.rules.slips import PAD_MOST, PAYLOAD, SlipKind, serial_of
from courtyard.honours.rules.states import ListingKind, ListingState
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Round
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records.journal import act

# Where an entry stands while its notice may be brought, or brought once more.
TELLING = (ListingState.CONFIRMED, ListingState.NOTIFIED, ListingState.OBJECTED, ListingState.PUBLISHED)


def print_slips(
    *, opened: Round, by: Actor, at: datetime, group: Place | None = None, command: UUID | None = None
) -> int:
    """Give every home of a round (of one group) where something was seen its slip's serial; how many are new.

    As soon as marks are in, before the close as well as after it: a slip never says the grade.
    """
    village = opened.village
    refuse_if(may(by, "papers.print", village.path))
    given = {"round": opened.pk, "group": group.pk if group else None}
    with act(
        "honours.print_slips", by=by, at=at, chain=village.pk, subject=opened.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return int(pen.answer["slips"])
        village_turn(pen)
        visits = without_slip(opened.pk, group.pk if group else None)
        rows = [
            Slip(
                id=uuid7(), serial=serial, kind=SlipKind.FINDINGS.value, village=village, group_id=visit.group_id,
                round=opened, household_id=visit.household_id, visit=visit, day=day_of(at),
            )
            for visit, serial in zip(visits, _serials(len(visits)), strict=True)
        ]  # fmt: skip
        pen.grow(rows)
        pen.answer = {"slips": len(rows)}
    return len(rows)


def print_pad(
    *, opened: Round, count: int, by: Actor, at: datetime, group: Place | None = None, command: UUID | None = None
) -> UUID:
    """Serials for a pad of blank slips, to be written by hand at the door; the pad's id.

    Whose a slip was is said when its counterfoil comes back. Refuses honours.pad_size.
    """
    village = opened.village
    refuse_if(may(by, "papers.print", village.path))
    if not 1 <= count <= PAD_MOST:
        refuse("honours.pad_size", most=PAD_MOST)
    given = {"round": opened.pk, "group": group.pk if group else None, "count": count}
    with act(
        "honours.print_pad", by=by, at=at, chain=village.pk, subject=opened.pk, command=command, given=given
    ) as pen:
        if not pen.replayed:
            village_turn(pen)
            rows = [
                Slip(
                    id=uuid7(), serial=serial, kind=SlipKind.FINDINGS.value, village=village, group=group,
                    round=opened, day=day_of(at),
                )
                for serial in _serials(count)
            ]  # fmt: skip
            pen.grow(rows)
            pen.answer = {"slips": len(rows)}
    return pen.id


def print_notice(*, listing: Listing, by: Actor, at: datetime, command: UUID | None = None) -> str:
    """The serial under which an entry's notice is handed over; one that still waits for its counterfoil is kept.

    Refuses honours.notice_not_due: before both looks, and for an entry that has ended.
    """
    refuse_if(may(by, "papers.print", listing.village.path))
    with act(
        "honours.print_notice", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command,
        given={"listing": listing.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return str(pen.answer["serial"])
        village_turn(pen)
        now = case(listing.pk)
        if now.listing.kind != ListingKind.BLACK.value or now.state(day_of(at)) not in TELLING:
            refuse("honours.notice_not_due", state=now.state(day_of(at)).label)
        serial = notice_serial(listing.pk)
        if not serial:
            [serial] = _serials(1)
            row = now.listing
            slip = Slip(id=uuid7(), serial=serial, kind=SlipKind.NOTICE.value, day=day_of(at), listing=row)
            slip.village_id, slip.group_id, slip.round_id = row.village_id, row.group_id, row.round_id
            slip.household_id, slip.visit_id = row.household_id, row.visit_id
            pen.grow([slip])
        pen.answer = {"serial": serial}
    return serial


def _serials(count: int) -> list[str]:
    """So many serials that no slip has, in order."""
    found: set[str] = set()
    while len(found) < count:
        wanted = {serial_of(int.from_bytes(random_bytes(8), "big") % 10**PAYLOAD) for _ in range(count - len(found))}
        found |= wanted - taken(wanted)
    return sorted(found)
