"""Names on a black list (DOMAIN §4.4): the three documents, the county's switch, and what an entry's reach is by reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from courtyard.honours.rules.states import AssessmentQuestion, Reach
from courtyard.kernel.problems import Problem
from courtyard.kernel.texts import clean, unfit

DOCUMENT_MOST, ANSWER_LEAST, ANSWER_MOST, ASSESSOR_MOST = 120, 10, 1000, 40
LASTS_MOST = 366  # days a resolution on names holds at most (our own choice): then the assembly is asked again
VIEWS_MOST = 200  # a day and board; a group has 30–45 homes (our own choice)


@dataclass(frozen=True)
class NamePapers:
    """What a village shows before names: the assembly's resolution, until when it holds, the impact assessment."""

    resolved_on: date | None
    attendance: int
    households: int
    document: str
    expires_on: date | None
    assessed_on: date | None
    assessor: str
    answers: Mapping[AssessmentQuestion, str]


def unfit_papers(papers: NamePapers, today: date) -> Problem | None:
    """Which of the three documents is missing or cannot be taken as filed, or None."""
    return _resolution(papers, today) or _expiry(papers, today) or _assessment(papers, today)


def _resolution(papers: NamePapers, today: date) -> Problem | None:
    document = clean(papers.document)
    if papers.resolved_on is None or not document:
        return Problem("honours.names_need_resolution")
    if papers.resolved_on > today:
        return Problem("honours.names_resolution_to_come", {"day": papers.resolved_on.isoformat()})
    if not 0 < papers.attendance <= papers.households or 2 * papers.attendance <= papers.households:
        facts = {"attendance": papers.attendance, "households": papers.households}
        return Problem("honours.names_attendance", facts)
    return unfit(document, most=DOCUMENT_MOST, field="决议文号")


def _expiry(papers: NamePapers, today: date) -> Problem | None:
    if papers.expires_on is None or papers.resolved_on is None:
        return Problem("honours.names_need_expiry")
    last = papers.resolved_on + timedelta(days=LASTS_MOST)
    if not today < papers.expires_on <= last:
        return Problem("honours.names_expiry_unsound", {"first": today.isoformat(), "last": last.isoformat()})
    return None


def _assessment(papers: NamePapers, today: date) -> Problem | None:
    for question in AssessmentQuestion:
        answer = clean(papers.answers.get(question, ""))
        if len(answer) < ANSWER_LEAST:
            return Problem("honours.names_need_assessment", {"question": question.label, "least": ANSWER_LEAST})
        if problem := unfit(answer, most=ANSWER_MOST, field=question.label):
            return problem
    if papers.assessed_on is None or not clean(papers.assessor):
        return Problem("honours.names_need_assessor")
    if papers.assessed_on > today:
        return Problem("honours.names_resolution_to_come", {"day": papers.assessed_on.isoformat()})
    return unfit(clean(papers.assessor), most=ASSESSOR_MOST, field="评估人")


def in_force(since: date, expires_on: date, ended_on: date | None, on: date) -> bool:
    """Whether filed documents hold on a day: the last is whole; ended, they no longer hold from that moment."""
    return since <= on <= expires_on and ended_on is None


@dataclass(frozen=True)
class Ground:
    """Whether names may stand in a village on a day: its documents hold; the county has forbidden names."""

    documents: bool
    forbidden: bool

    @property
    def open(self) -> bool:
        return self.documents and not self.forbidden


def unfit_names(ground: Ground) -> Problem | None:
    """Why names cannot stand, or None."""
    if ground.forbidden:
        return Problem("honours.names_forbidden")
    return None if ground.documents else Problem("honours.names_not_open")


def reach_at_publication(wanted: Reach, asked: Reach | None, ground: Ground) -> Reach | Problem:
    """The reach an entry is published with: what a person asks for, else the scheme's; names without their ground are
    refused to the person, and stay findings where only the scheme wants them. Nobody goes beyond the scheme's reach.
    """
    reach, order = asked or wanted, list(Reach)
    if reach is Reach.NAMES and not ground.open:
        problem = unfit_names(ground)
        return problem if asked is not None and problem is not None else Reach.FINDINGS
    if order.index(reach) > order.index(wanted):
        return Problem("honours.reach_beyond_scheme", {"reach": wanted.label})
    return reach


def reach_now(stored: Reach, ground: Ground) -> Reach:
    """How far a published entry reaches when it is read: names fall to findings the moment their ground is gone.

    `ground.documents`: those the entry was published under, no later ones.
    """
    return Reach.FINDINGS if stored is Reach.NAMES and not ground.open else stored
