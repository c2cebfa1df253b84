"""The days of an entry, from the process its scheme had when it began (D4): the first day does not count, the last is whole."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import date, timedelta

from courtyard.kernel.days import Deadline, Holidays, days_after, working_days_after
from courtyard.rating.rules.documents import SchemeDocument

NOTICE_LEAST, EXPIRY_MOST = 3, 90  # DOMAIN §4.2, §4.3: no scheme goes beyond


@dataclass(frozen=True)
class Process:
    """The step table an entry began under and the days of its steps."""

    table: str
    notice_working_days: int
    objection_working_days: int
    town_second_look_working_days: int
    expiry_days: int
    mend_days: int

    @property
    def text(self) -> str:
        """As it is kept with the entry."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True, separators=(",", ":"))


def process_of(document: SchemeDocument, table: str) -> Process:
    """A scheme's process within the lines no scheme may cross: 3 working days at least, 90 days at most."""
    days = document.process
    return Process(
        table,
        max(NOTICE_LEAST, days.notice_working_days),
        days.objection_working_days,
        days.town_second_look_working_days,
        min(EXPIRY_MOST, days.expiry_days),
        days.mend_days,
    )


def process_from(text: str) -> Process:
    """The process kept with an entry."""
    return Process(**json.loads(text))


@dataclass(frozen=True)
class NoticeTerms:
    """What follows from a notice: until when the household may object, from when publication is possible.

    `object_until` ends the n-th whole working day after the notice; `publish_from` is the day after it.
    """

    object_until: date
    publish_from: date
    lapses_on: date
    provisional: bool


def notice_terms(process: Process, day: date, holidays: Holidays) -> NoticeTerms:
    """The days after a notice of this day. `provisional` (暂定) where a year without a holiday table had a part."""
    until = working_days_after(day, process.notice_working_days, holidays)
    start = until.day + timedelta(days=1)
    return NoticeTerms(until.day, start, start + timedelta(days=process.expiry_days), until.provisional)


def lapse_day(process: Process, since: date) -> date:
    """The last day on which a candidate that nobody took further still stands."""
    return since + timedelta(days=process.expiry_days)


def expiry_day(process: Process, published: date, before: date | None) -> date:
    """The last day of a publication; covered and published once more, it ends when it would have ended."""
    day = published + timedelta(days=process.expiry_days)
    return min(day, before) if before else day


def mend_day(process: Process, day: date, holidays: Holidays) -> Deadline:
    """Until when the household is asked to put it right."""
    return days_after(day, process.mend_days, holidays)


def answer_day(process: Process, raised: date, holidays: Holidays) -> Deadline:
    """Until when an objection must be answered; after that it falls to the household."""
    return working_days_after(raised, process.objection_working_days, holidays)


def second_look_day(process: Process, decided: date, holidays: Holidays) -> Deadline:
    """Until when the town looks once more, as the answer to an objection names it."""
    return working_days_after(decided, process.town_second_look_working_days, holidays)
