"""Reading objections to visits: what is open, who may answer, what a household is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from courtyard.honours.models import Correction, GradeObjection, GradeStep, GradeWords, Listing, Objection, Step, Words
from courtyard.honours.queries.entries import OPEN_CODES
from courtyard.honours.rules.grade_objections import level_on
from courtyard.honours.rules.persons import Around
from courtyard.honours.rules.states import AnswerLevel, GradeObjectionState, GradeVerb, ListingKind, Verb
from courtyard.households.models import Kin
from courtyard.inspections.models import Marks, Result, Seat, Visit
from courtyard.inspections.queries.results import standing
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.kernel.problems import refuse
from courtyard.people.queries import names
from courtyard.places.queries import within
from courtyard.rating.queries import document_of

ANSWERS = (Verb.UPHOLD.value, Verb.DISMISS.value)
OPEN = GradeObjectionState.OPEN.value


def open_entry_of(household_id: UUID) -> Listing | None:
    """The home's open entry of the black list: an objection belongs to it, and freezes it (one query)."""
    rows = Listing.objects.filter(household=household_id, kind=ListingKind.BLACK.value, state__in=OPEN_CODES)
    return rows.select_related("household", "group", "village").first()


def visit_to_object(household_id: UUID) -> Visit | None:
    """What a home's objection is about where no entry is open: its last visit somebody came by for (one query)."""
    seen = Marks.objects.filter(visit=OuterRef("pk"))
    rows = Visit.objects.filter(Exists(seen), household=household_id, round__kind__in=REGULAR)
    return rows.select_related("round__version", "household").order_by("-round__month").first()


def objected(visits: Iterable[UUID]) -> set[UUID]:
    """Of these visits, those with an objection that waits for its answer."""
    rows = GradeObjection.objects.filter(visit__in=list(visits), state=OPEN)
    return set(rows.values_list("visit_id", flat=True))


def grade_of(visit_id: UUID) -> str | None:
    """The grade of a visit as it stands; None where it is not rated (or not yet)."""
    return standing(Result.objects.filter(visit=visit_id)).values_list("grade", flat=True).first() or None


def around_visit(visit: Visit) -> Around:
    """Who has to do with a visit: its raters, the panel of its group, kin of the home (three queries)."""
    raters = set(Marks.objects.filter(visit=visit).values_list("evaluator_id", flat=True))
    seats = Seat.objects.filter(round=visit.round_id, group=visit.group_id).values_list("evaluator_id", flat=True)
    kin = Kin.objects.filter(household=visit.household_id).values_list("account_id", flat=True)
    return Around(frozenset(raters | set(seats)), kin=frozenset(kin))


@dataclass(frozen=True)
class GradeStepLine:
    """One step of an objection's history with its words (None: erased or none)."""

    day: date
    verb: GradeVerb
    by: str
    words: str | None


@dataclass(frozen=True)
class GradeCase:
    """An objection to a visit as it stands on a day: whose answer is due (late: the town's), and how it came so far."""

    row: GradeObjection
    level: AnswerLevel
    late: bool
    steps: tuple[GradeStepLine, ...] = ()
    grade: str | None = None

    @property
    def word(self) -> str:
        """The grade's word in the scheme of its round, '' without one."""
        return document_of(self.row.visit.round.version).band(self.grade).name if self.grade else ""

    @property
    def is_open(self) -> bool:
        return self.row.state == OPEN


def _case(row: GradeObjection, on: date, steps: tuple[GradeStepLine, ...] = (), grade: str | None = None) -> GradeCase:
    late = row.state == OPEN and row.answer_by is not None and on > row.answer_by
    return GradeCase(row, level_on(AnswerLevel(row.level), row.answer_by, on), late, steps, grade)


def waiting_answers(areas: Iterable[str], on: date) -> list[GradeCase]:
    """Objections to visits within areas that wait for an answer, those due first, in order of places (one query)."""
    rows = GradeObjection.objects.filter(within(areas, "village__path"), state=OPEN)
    rows = rows.select_related("household__group", "village", "visit__round")
    ordered = rows.order_by("village__order", "village__path", "visit__group__order", "visit__order", "pk")
    return sorted((_case(row, on) for row in ordered), key=lambda one: one.row.answer_by or date.max)


def grade_case_within(areas: Iterable[str], objection_id: UUID, on: date) -> GradeCase:
    """One objection of a village within areas with its history; else honours.objection_unknown (four queries)."""
    rows = GradeObjection.objects.filter(within(areas, "village__path"), pk=objection_id)
    row = rows.select_related("household__group", "village", "visit__round__version", "visit__household").first()
    if row is None:
        refuse("honours.objection_unknown")
    return _case(row, on, _steps([row.pk]).get(row.pk, ()), grade_of(row.visit_id))


@dataclass(frozen=True)
class OwnObjection:
    """What a household is told of one of its objections: when it said what, the answer with its reasons, what is left."""

    raised_on: date
    state: str
    answer_by: date | None
    decided_on: date | None
    answer: str | None
    second_look_by: date | None = None


def of_home(household_id: UUID, *, most: int = 6) -> list[OwnObjection]:
    """A household's last objections, to entries and to visits, newest first, with the answers (two queries)."""
    said = GradeWords.objects.filter(objection=OuterRef("pk"), step_n=2).values("text")[:1]
    rows = GradeObjection.objects.filter(household=household_id).annotate(answer=Subquery(said)).order_by("-raised_on")
    found = [
        OwnObjection(
            row.raised_on, row.get_state_display(), row.answer_by, row.decided_on, row.answer, row.second_look_by
        )
        for row in rows[:most]
    ]
    decided = Step.objects.filter(listing=OuterRef("listing"), verb__in=ANSWERS, day=OuterRef(OuterRef("decided_on")))
    reasons = Words.objects.filter(listing=OuterRef("listing"), step_n=Subquery(decided.order_by("-n").values("n")[:1]))
    entries = Objection.objects.filter(listing__household=household_id).annotate(
        answer=Subquery(reasons.values("text")[:1])
    )
    found += [
        OwnObjection(row.raised_on, row.get_state_display(), row.answer_by, row.decided_on, row.answer)
        for row in entries.order_by("-raised_on")[:most]
    ]
    return sorted(found, key=lambda one: one.raised_on, reverse=True)[:most]


def correction_standing(household_id: UUID, on: date) -> Correction | None:
    """A correction about this home that still stands on its board (one query)."""
    rows = Correction.objects.filter(listing__household=household_id, until__gte=on)
    return rows.select_related("listing__group", "listing__household").order_by("-since").first()


def _steps(objections: list[UUID]) -> dict[UUID, tuple[GradeStepLine, ...]]:
    if not objections:
        return {}
    said = GradeWords.objects.filter(objection__in=objections).values_list("objection_id", "step_n", "text")
    words = {(objection, n): text for objection, n, text in said}
    rows = list(GradeStep.objects.filter(objection__in=objections).order_by("n"))
    who = {UUID(str(pk)): name for pk, name in names({row.by for row in rows}).items()}
    found: dict[UUID, tuple[GradeStepLine, ...]] = {}
    for row in rows:
        line = GradeStepLine(row.day, GradeVerb(row.verb), who.get(row.by, ""), words.get((row.objection_id, row.n)))
        found[row.objection_id] = (*found.get(row.objection_id, ()), line)
    return found
