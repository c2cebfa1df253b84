"""What a scheme that is being written comes to at once: faults, cautions, open questions, each with the page it is put right on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.office.draft_form import address
from courtyard.places.models import Place
from courtyard.rating.queries import frame_over, in_force
from courtyard.rating.rules.carrying import uncarried
from courtyard.rating.rules.differences import Difference, differences, moved
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.drafting import Table, kept, page_of
from courtyard.rating.rules.frames import outside_frame
from courtyard.rating.rules.loading import load_json
from courtyard.rating.rules.parsing import Check, check_data
from courtyard.rating.rules.questions import Question, questions

Said = tuple[str, str]  # a sentence, the page it is put right on


@dataclass(frozen=True)
class Checked:
    """All that is said of a scheme's tables as they stand; `document` where they are sound."""

    check: Check
    document: SchemeDocument | None
    faults: tuple[Said, ...]
    frame: tuple[Said, ...]
    warnings: tuple[Said, ...]
    uncarried: tuple[Said, ...]
    asked: tuple[tuple[Question, str], ...]

    @property
    def unanswered(self) -> int:
        """How many questions are still open."""
        return sum(not question.answered for question, _at in self.asked)

    @property
    def answered(self) -> int:
        """How many are answered."""
        return len(self.asked) - self.unanswered

    @property
    def ready(self) -> bool:
        """Whether it can be handed in."""
        return self.document is not None and not self.frame


def checked(data: Table, place: Place) -> Checked:
    """Read the tables as they would be read from their text, and ask every rule of them."""
    check = check_data(load_json(kept(data)))
    document = check.document
    frame: list[Problem] = []
    if document is not None and (over := frame_over(place)):
        frame = outside_frame(over, document)
    open_now = [problem for problem in check.warnings if problem.code != "rating.question_open"]
    return Checked(
        check=check,
        document=document,
        faults=_said(data, check.problems),
        frame=_said(data, frame),
        warnings=_said(data, open_now),
        uncarried=_said(data, uncarried(document) if document else ()),
        asked=tuple((one, _page(data, one.clause)) for one in questions(document)) if document else (),
    )


def _said(data: Table, problems: Iterable[Problem]) -> tuple[Said, ...]:
    return tuple((say(problem), _page(data, str(problem.facts.get("clause", "")))) for problem in problems)


def _page(data: Table, clause: str) -> str:
    return address(page_of(data, clause))


@dataclass(frozen=True)
class Compared:
    """A scheme beside the one in force at a place: who adopted that, what differs, lists whose rows are in another order."""

    title: str
    number: int
    since: date
    rows: tuple[Difference, ...]
    moved: tuple[str, ...]


def compared(document: SchemeDocument, place: Place, today: date) -> Compared | None:
    """What differs from the scheme in force there today; None where none is."""
    standing = in_force(place, today)
    if standing is None:
        return None
    old = standing.document
    return Compared(
        standing.version.title,
        standing.version.number,
        standing.adoption.starts,
        differences(old, document),
        moved(old, document),
    )
