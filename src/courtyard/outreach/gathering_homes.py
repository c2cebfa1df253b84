"""From tables to the facts of prints for one home: slips, notices. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from courtyard.honours.models import Listing, Look
from courtyard.honours.queries.help import helper_words
from courtyard.honours.queries.slips import serials_of
from courtyard.honours.rules.states import LookKind, Reach
from courtyard.honours.rules.terms import notice_terms, process_from
from courtyard.inspections.models import Round, Visit
from courtyard.inspections.queries.marks import MarksRow, of_round, of_visits
from courtyard.inspections.queries.results import seen_by
from courtyard.inspections.rules.marks import Found
from courtyard.kernel.days import days_after
from courtyard.kernel.weeks import name_of, prose
from courtyard.outreach.gathering import frame_of
from courtyard.outreach.papers import notice, slip, slip_pad
from courtyard.places.models import Place
from courtyard.places.queries import holidays
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import DECLINED, SchemeDocument

# Anyone with a duty takes an objection (DOMAIN §4.2); nobody who rated or looked again decides it.
TAKES_OBJECTIONS = "任何一位村干部、评比员、超市营业员"
DECIDES = "没有评过、没有复看过你家的人(镇里或者监督员)"
REACHES = {
    Reach.PRIVATE: "只告诉你家,不公示",
    Reach.HAMLETS: "公示栏上只写到湾,不写哪一户,写 {days} 天,到期自己拿下来",
    Reach.FINDINGS: "公示栏上只写事、不写人,写 {days} 天,到期自己拿下来",
    Reach.NAMES: "本组公示栏上写户主的名字(村里的三份材料不齐就只写事、不写人),写 {days} 天,到期自己拿下来",
}


def said(document: SchemeDocument, found: Found) -> tuple[str, str, str]:
    """(area, what was seen, how it is put right) of a finding in the scheme's words and the rater's own; in how
    many places where there were several."""
    area = document.area(found.area)
    picture = next((one for one in area.pictures if one.code == found.code), None)
    seen = found.words or (picture.seen if picture else found.code)
    seen += f"({found.places} 处)" if found.places > 1 else ""
    return area.name, seen, picture.mend if picture else ""


def done(document: SchemeDocument, found: Found) -> str:
    """What was put right at the door, said as what was done; in the rater's own words where the list has none."""
    _, seen, mend = said(document, found)
    return seen if found.words or not mend else mend


def helper_of(village: Place, coming: str = "") -> str:
    """Who helps, as it is said on slip and notice: whoever has set out (`coming`), else whom to tell."""
    return f"{coming}来帮你家" if coming else f"{village.name}的干部和邻居"


def _indoors(document: SchemeDocument, marks: Iterable[MarksRow]) -> bool | None:
    consent = {area.code for area in document.sheet.areas if area.consent}
    given = [value for row in marks if row.counts for area, value in row.given.values if area in consent]
    return None if not given else DECLINED not in given


def slips_of(opened: Round, day: date, *, group: UUID | None = None, household: UUID | None = None) -> slip.Slips:
    """The slips of a round (of a group, of a household) that have their serial, in walking order, as often as asked.

    What two raters saw stands once; the day to mend by counts from the day of the visit.
    """
    serials = serials_of(opened.pk, group, household)
    rows = Visit.objects.filter(round=opened).select_related("household", "group", "round__village")
    rows = rows.filter(group=group) if group else rows
    rows = rows.filter(household=household) if household else rows
    marks = of_round(opened.pk) if household is None else of_visits([row.pk for row in rows])
    document, table = document_of(opened.version), holidays()
    frame = frame_of(opened.village, day)
    coming = helper_words(opened.village_id)
    slips = []
    for visit in rows.order_by("group__order", "group__path", "order"):
        given = [row for row in marks.get(visit.pk, []) if row.counts]
        found = seen_by(given)
        if not found or visit.pk not in serials:
            continue
        seen_on = max(row.day for row in given)
        until = days_after(seen_on, document.process.mend_days, table)
        slips.append(
            slip.Slip(
                frame=replace(frame, group=visit.group.name),
                head=visit.household.head,
                code=visit.household.code,
                seen_on=seen_on,
                seen=tuple(slip.Seen(*said(document, one)) for one in found if not one.mended),
                mended=tuple(done(document, one) for one in found if one.mended),
                mend_by=until.day,
                helper=helper_of(opened.village, coming.get(visit.household_id, "")),
                objection_to=f"{TAKES_OBJECTIONS},或者打 {frame.complaint_line}",
                serial=serials[visit.pk],
                indoors_agreed=_indoors(document, given),
                provisional=until.provisional,
            )
        )
    return slip.Slips(frame, tuple(slips))


def pad_of(opened: Round, day: date, serials: Sequence[str], group: Place | None = None) -> slip_pad.SlipPad:
    """A pad of blank slips with these serials, for a round of a village (for one group)."""
    document = document_of(opened.version)
    frame = frame_of(group or opened.village, day)
    areas = tuple(
        slip_pad.PadArea(area.name, tuple(picture.name for picture in area.pictures), area.consent)
        for area in document.sheet.areas
    )
    to = f"{TAKES_OBJECTIONS},或者打 {frame.complaint_line}"
    return slip_pad.SlipPad(frame, areas, document.process.mend_days, helper_of(opened.village), to, tuple(serials))


def notice_of(listing: Listing, day: date, *, number: str = "", serial: str = "") -> notice.Notices:
    """The notice to a black-list candidate as it would be handed over on this day, or was on the day it was.

    Evidence is who saw it: how many raters noted a finding, and that two people of another group looked again. With
    the `serial` of its slip it ends in a counterfoil.
    """
    listing = Listing.objects.select_related("household", "group", "village", "round__version").get(pk=listing.pk)
    document, process = document_of(listing.round.version), process_from(listing.process)
    rows = [row for row in of_visits([listing.visit_id]).get(listing.visit_id, []) if row.counts]
    looks = Look.objects.filter(listing=listing, kind=LookKind.SECOND.value).values_list("day", flat=True)
    table = holidays()
    terms = notice_terms(process, listing.notified_on or day, table)
    mend = days_after(listing.notified_on or day, process.mend_days, table)
    frame = frame_of(listing.group, day)
    findings = []
    for one in seen_by(rows):
        times = sum(any((f.area, f.code) == (one.area, one.code) for f in row.given.found) for row in rows)
        if not one.mended:
            findings.append(notice.NoticeFinding(*said(document, one), evidence=f"{times} 位评比员记下,另组复看属实"))
    made = notice.Notice(
        frame=frame,
        number=number or f"{_number(listing.round.month)}-{listing.household.code}",
        head=listing.household.head,
        code=listing.household.code,
        round_name=prose(listing.round.month),
        seen_on=max((row.day for row in rows), default=listing.since),
        looked_again_on=max(looks, default=listing.since),
        findings=tuple(findings),
        mend_by=listing.mend_by or mend.day,
        object_until=terms.object_until,
        decides=DECIDES,
        decided_within=process.objection_working_days,
        town_looks_within=process.town_second_look_working_days,
        reach=REACHES[Reach(listing.reach)].format(days=process.expiry_days),
        helper=helper_of(listing.village, helper_words(listing.village_id).get(listing.household_id, "")),
        objection_to=f"{TAKES_OBJECTIONS},或者打 {frame.complaint_line}",
        issued_by=f"{listing.village.name.removesuffix('村')}村民委员会",
        provisional=terms.provisional or mend.provisional,
        serial=serial,
    )
    return notice.Notices(frame, (made,))


def _number(month: date) -> str:
    """A round's month or week within a letter's number: 202611, 2026W47."""
    return name_of(month).replace("-", "")
