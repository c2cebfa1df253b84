"""What becomes of a round's black candidates: every road of the step table is walked by somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from courtyard.honours import actions as honours
from courtyard.honours.actions.slips import print_notice
from courtyard.honours.queries.entries import around, case_within, open_cases
from courtyard.honours.queries.looks import wanted_areas
from courtyard.honours.rules.persons import Evidence
from courtyard.honours.rules.states import ListingState, NoticeEvidence, ObjectionChannel
from courtyard.honours.rules.steps import OPEN
from courtyard.households.queries import household_actor
from courtyard.inspections.queries.rounds import able_evaluators
from courtyard.inspections.rules.marks import Found, Given
from courtyard.inspections.rules.questions import Replied, Reply
from courtyard.inspections.rules.revisits import poor_labels
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.days import day_of
from courtyard.ops.demo.facts import data
from courtyard.ops.demo.town import Town, first_of
from courtyard.rating.queries import document_of

Road = Callable[["Entry", date], None]
ALL_YES = Replied(Reply.YES, Reply.YES, Reply.YES)


def seen_again(listing: Any, *, poor: bool) -> Given:
    """What somebody sees in the areas the round found poor: poor once more with the list's first picture, or fair."""
    document = document_of(listing.round.version)
    found_poor, labels = poor_labels(document), [label.code for label in document.sheet.labels]
    label = next(code for code in labels if (code in found_poor) is poor)
    wanted = sorted(wanted_areas(listing))
    found = tuple(Found(area, document.area(area).pictures[0].code) for area in wanted) if poor else ()
    return Given(Presence.SEEN, tuple((area, label) for area in wanted), found)


class Entry:
    """One candidate on its road: who goes there, and what is done with it when its day comes."""

    def __init__(self, town: Town, village: Any, listing: Any) -> None:
        self.town, self.village, self.id = town, village, listing.pk
        self.kin = around(listing)
        able = sorted(able_evaluators(village, day_of(town.agenda.now)), key=lambda person: person.hex)
        barred = self.kin.raters | self.kin.kin | self.kin.neighbours
        self.lookers: list[UUID] = [person for person in able if person not in barred]
        self.callers: list[UUID] = [person for person in able if person not in self.kin.kin]

    def now(self) -> Any:
        """The entry as it stands; None where it has ended meanwhile."""
        found = case_within([self.village.path], self.id)
        return found if found.state(day_of(self.town.agenda.now)) in OPEN else None

    def on(self, day: date, hour: int, deed: Callable[[Any, datetime], Any], *states: ListingState) -> None:
        """Do this on that day, where the entry then stands in one of these states."""

        def event(at: datetime) -> None:
            found = self.now()
            if found is not None and found.state(day_of(at)) in states:
                deed(found.listing, at)

        self.town.agenda.on(day, hour, 0, event)

    def look(self, day: date, *, first: bool = True, second: bool = True) -> None:
        cadre = self.town.cadre
        for n, still_poor in enumerate((first, second)):
            self.on(
                day, 9 + n,
                lambda listing, at, n=n, poor=still_poor: honours.look_again(  # type: ignore[misc]
                    listing=listing, looker=self.lookers[n], seen=seen_again(listing, poor=poor), replied=ALL_YES,
                    by=cadre(self.village), at=at,
                ),
                ListingState.CANDIDATE,
            )  # fmt: skip

    def notify(self, day: date, then: Callable[[date], None] | None = None, *, visits: bool = False) -> None:
        def deed(listing: Any, at: datetime) -> None:
            cadre = self.town.cadre(self.village)
            serial = print_notice(listing=listing, by=cadre, at=at)
            evidence = Evidence(NoticeEvidence.COUNTERFOIL, day_of(at), serial)
            if visits:
                first, pair = day_of(at) - timedelta(days=1), (self.callers[0], self.callers[1])
                evidence = Evidence(NoticeEvidence.TWO_VISITS, day_of(at), "", first, pair, phoned=True)
            told = honours.notify(listing=listing, evidence=evidence, by=cadre, at=at)
            if then is not None and told.publish_from is not None:
                then(told.publish_from)

        self.on(day, 15, deed, ListingState.CONFIRMED)

    def publish(self, day: date) -> None:
        self.on(
            day, 10,
            lambda listing, at: honours.publish(listing=listing, by=self.town.deputy(self.village), at=at),
            ListingState.NOTIFIED,
        )  # fmt: skip

    def say_mended(self, day: date) -> None:
        def said(listing: Any, at: datetime) -> None:
            honours.report_mended(listing=listing, by=household_actor(listing.household), at=at)

        self.on(day, 8, said, *OPEN)

    def mend(self, day: date) -> None:
        def seen(listing: Any, at: datetime) -> None:
            cadre = self.town.cadre(self.village)
            honours.revisit(
                listing=listing, looker=self.callers[-1], seen=seen_again(listing, poor=False), replied=ALL_YES,
                by=cadre, at=at,
            )  # fmt: skip

        self.say_mended(day)
        self.on(day + timedelta(days=1), 17, seen, *OPEN)

    def object(self, day: date) -> None:
        def deed(listing: Any, at: datetime) -> None:
            channel = self.town.chance.choice((ObjectionChannel.PAGE, ObjectionChannel.SPOKEN, ObjectionChannel.PAPER))
            by = (
                household_actor(listing.household)
                if channel is ObjectionChannel.PAGE
                else self.town.cadre(self.village)
            )
            honours.object_to(listing=listing, channel=channel, words=data()["words"]["objection"], by=by, at=at)

        self.on(
            day, 14, deed, ListingState.CANDIDATE, ListingState.CONFIRMED, ListingState.NOTIFIED, ListingState.PUBLISHED
        )

    def decide(self, day: date, *, upheld: bool) -> None:
        def deed(listing: Any, at: datetime) -> None:
            found = self.now()
            document = document_of(listing.round.version)
            values = {area.code: "fair" for area in document.sheet.areas} if upheld else None
            honours.decide_objection(
                objection=found.objection, upheld=upheld, reasons=data()["words"]["upheld" if upheld else "dismissed"],
                by=self.town.actor("clerk"), at=at, values=values,
            )  # fmt: skip

        self.on(day, 11, deed, ListingState.OBJECTED)

    def drop(self, day: date) -> None:
        self.on(
            day, 16,
            lambda listing, at: honours.drop(
                listing=listing, reasons=data()["words"]["dropped"], by=self.town.cadre(self.village), at=at
            ),
            ListingState.CANDIDATE, ListingState.CONFIRMED,
        )  # fmt: skip


def _days(day: date, count: int) -> date:
    return day + timedelta(days=count)


def _published(entry: Entry, day: date) -> None:
    entry.look(_days(day, 1))
    entry.notify(_days(day, 3), entry.publish)


def _mended_in_time(entry: Entry, day: date) -> None:
    entry.look(_days(day, 1))
    entry.notify(_days(day, 2))
    entry.mend(_days(day, 5))


def _published_then_mended(entry: Entry, day: date) -> None:
    def then(first: date) -> None:
        entry.publish(first)
        entry.mend(_days(first, 3))

    entry.look(_days(day, 1))
    entry.notify(_days(day, 3), then, visits=True)


def _upheld(entry: Entry, day: date) -> None:
    def then(first: date) -> None:
        entry.publish(first)
        entry.object(_days(first, 1))
        entry.decide(_days(first, 4), upheld=True)

    entry.look(_days(day, 2))
    entry.notify(_days(day, 4), then)


def _dismissed(entry: Entry, day: date) -> None:
    entry.look(_days(day, 1))
    entry.notify(_days(day, 3), lambda first: entry.publish(_days(first, 8)))
    entry.object(_days(day, 5))
    entry.decide(_days(day, 10), upheld=False)


def _not_poor_any_more(entry: Entry, day: date) -> None:
    entry.look(_days(day, 2), second=False)


def _left_out(entry: Entry, day: date) -> None:
    entry.drop(_days(day, 2))


def _nobody_came(entry: Entry, day: date) -> None:
    """No second look yet."""


def _looked_at(entry: Entry, day: date) -> None:
    """Confirmed, the household not told yet."""
    entry.look(_days(day, 6))


def _waiting(entry: Entry, day: date) -> None:
    """Told a few days ago: the working days still run."""
    entry.look(_days(day, 7))
    entry.notify(_days(entry.town.today, -3), entry.publish)


def _objected_just_now(entry: Entry, day: date) -> None:
    """Frozen by an objection nobody has answered yet."""
    entry.look(_days(day, 2))
    entry.notify(_days(day, 4))
    entry.object(_days(entry.town.today, -2))


def _says_mended(entry: Entry, day: date) -> None:
    """Told, and says it is mended: somebody should go and see."""
    entry.look(_days(day, 2))
    entry.notify(_days(day, 4))
    entry.say_mended(_days(entry.town.today, -1))


EARLIER: tuple[Road, ...] = (
    _upheld, _published, _mended_in_time, _published_then_mended, _dismissed, _not_poor_any_more, _left_out, _nobody_came,
)  # fmt: skip
# The last round leaves the village something to do at every step.
LAST: tuple[Road, ...] = (
    _published, _nobody_came, _waiting, _objected_just_now, _looked_at, _says_mended, _published_then_mended,
    _mended_in_time, _upheld,
)  # fmt: skip


def plan(town: Town, village: Any, closed: Any, day: date) -> None:
    """Send each of this round's candidates on its road, in walking order."""
    roads = LAST if closed.month == first_of(town.today, 1) else EARLIER
    found = [one.listing for one in open_cases([village.path], "black") if one.listing.round_id == closed.pk]
    for n, listing in enumerate(found):
        entry = Entry(town, village, listing)
        if len(entry.lookers) >= 2 and len(entry.callers) >= 2:
            roads[n % len(roads)](entry, day)
