"""The worker's night over what may be kept no longer: a row a kind, with the act that erases it and what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone

from courtyard.honours.actions.erasing import erase_help, erase_words
from courtyard.honours.queries.keeping import help_due, words_due
from courtyard.households.actions import erase_covenant_scan
from courtyard.households.queries import covenant_scans_due
from courtyard.inspections.actions.calibration import forget_joint_grading
from courtyard.inspections.actions.erasing import erase_deeds, erase_findings
from courtyard.inspections.queries.calibration import joint_grading_due
from courtyard.inspections.queries.keeping import deeds_due, findings_due
from courtyard.kernel.days import day_of
from courtyard.ops.erasing import scrub
from courtyard.ops.operation import county_name
from courtyard.outreach.actions import erase_prints
from courtyard.outreach.queries import prints_due
from courtyard.people.actions import open_terminal
from courtyard.places.queries import county
from courtyard.rating.actions import erase_scan
from courtyard.rating.queries import scans_due
from courtyard.records.jobs import Handler
from courtyard.records.rules import ScanRule

Act = Callable[..., object]
Due = Callable[[date], Iterable[Mapping[str, Any]]]
KEPT = {"rule": ScanRule.KEPT}


def one_by_one(name: str, due: Callable[[date], Iterable[object]], **more: Any) -> Due:
    """What is due, each for an act of its own under this name."""
    return lambda today: ({name: one, **more} for one in due(today))


def month_by_month(place: str, due: Callable[[date], Iterable[tuple[object, date]]]) -> Due:
    """What is due of a place and month, each pair for an act of its own."""
    return lambda today: ({place: where, "month": month} for where, month in due(today))


def erasing(*rows: tuple[Act, Due]) -> Handler:
    """The night's handler of these acts: one after the other, and nothing of what they erased stays in the files."""

    def erase(given: Mapping[str, Any], at: datetime, beat: Callable[[datetime, int, int], None]) -> str:
        if county() is None:
            return "no county yet"
        by, today = open_terminal(county_name=county_name(), at=at), day_of(at)
        acts = [partial(act, **what, by=by, at=at) for act, due in rows for what in due(today)]
        for n, carry_out in enumerate(acts, 1):
            carry_out()
            beat(timezone.now(), n, len(acts))
        if acts:
            scrub()
        return f"{len(acts)} acts" if acts else ""

    return erase


# What was seen, said, evidence and helpers' names: twelve months. Prints: six. Scans: twelve after they were replaced.
ERASERS: dict[str, Handler] = {
    "erase_findings": erasing((erase_findings, one_by_one("kept", findings_due))),
    "erase_words": erasing((erase_words, one_by_one("kept", words_due))),
    "erase_deeds": erasing((erase_deeds, month_by_month("village", deeds_due))),
    "erase_help": erasing((erase_help, month_by_month("village", help_due))),
    "forget_joint_grading": erasing((forget_joint_grading, one_by_one("kept", joint_grading_due))),
    "erase_prints": erasing((erase_prints, month_by_month("place", prints_due))),
    "erase_scans": erasing(
        (erase_scan, one_by_one("adoption", scans_due, **KEPT)),
        (erase_covenant_scan, one_by_one("covenant", covenant_scans_due, **KEPT)),
    ),
}
