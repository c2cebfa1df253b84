"""Homes that came after a round was opened: those it does not visit yet, and those that were taken in, when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, TextField, UUIDField, Value

from courtyard.households.models import Household
from courtyard.households.queries import rated_homes
from courtyard.households.rules.states import Living, Participation
from courtyard.inspections.models import Result, Round, Visit
from courtyard.inspections.queries.left_out import last_grades
from courtyard.inspections.queries.results import last_of_home, standing
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.inspections.rules.rounds import is_carried
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.people.queries import names
from courtyard.rating.models import SchemeVersion
from courtyard.rating.queries import document_adopted, document_of
from courtyard.records.models import Entry


@dataclass(frozen=True)
class Included:
    """A home that was taken into a round after it was opened: when, and who pressed."""

    household: Household
    at: datetime
    by: str


def late_homes(opened: Round) -> list[Household]:
    """The homes that an open round of the month would visit and does not: they came after it was opened (one query;
    three more where a scheme says how many light rounds a grade carries).

    A light round leaves out who carries a 好; those are not late."""
    if opened.kind not in REGULAR or opened.state != RoundState.OPEN.value:
        return []
    rows = rated_homes(opened.village.path)
    rows = rows.filter(~Exists(Visit.objects.filter(round=opened, household=OuterRef("pk"))))
    found = list(rows.annotate(last=last_of_home(opened.village_id, opened.month)))
    kind, document = RoundKind(opened.kind), document_of(opened.version)
    counted = kind is RoundKind.LIGHT and bool(found) and document.coverage.carries_rounds
    out = last_grades([opened.village_id], opened.month) if counted else {}
    return [
        row
        for row in found
        if not is_carried(
            kind, document, (row.last or "").partition("/")[0], out[row.pk].left_out if row.pk in out else 0
        )
    ]


@dataclass(frozen=True)
class RoundsOfHome:
    """What the office says of a home's rounds: (month, grade, its word), the newest first, None where it was not rated;
    the id and the month of the open round that it came too late for."""

    grades: tuple[tuple[date, str | None, str], ...]
    missed: tuple[UUID, date] | None


def rounds_of_home(home: Household, *, most: int = 12) -> RoundsOfHome:
    """A home's last grades, and the open round it is not in although it would be visited (one query for both, so that the
    home's page stays within its budget)."""
    nothing = {"round_": Value(None, output_field=UUIDField(null=True)), "kind_": Value(""), "sha_": Value("")}
    own = standing(Result.objects.filter(visit__household=home.pk)).order_by()
    own = own.annotate(**nothing, text_=Value("", output_field=TextField()))
    opened = Round.objects.filter(village=home.village_id, state=RoundState.OPEN.value, kind__in=REGULAR).order_by()
    opened = opened.filter(~Exists(Visit.objects.filter(round=OuterRef("pk"), household=home.pk)))
    rows = own.values_list("visit__round__month", "grade", "round_", "kind_", "sha_", "text_", "version_id").union(
        opened.values_list("month", Value(""), "pk", "kind", "version__sha256", "version__text", "version_id"), all=True
    )
    found = sorted(rows, key=lambda row: row[0], reverse=True)
    grades = tuple((row[0], row[1] or None, _word(row[6], row[1])) for row in found if row[2] is None)
    missed = next((row for row in found if row[2] is not None), None)
    rated = home.living == Living.LIVED_IN.value and home.participation == Participation.TAKING_PART.value
    if missed is None or not rated:
        return RoundsOfHome(grades[:most], None)
    month, _, round_id, kind, sha256, text, _ = missed
    last = next((grade for then, grade, _ in grades if grade and then < month), "")
    document, out = document_of(SchemeVersion(sha256=sha256, text=text)), 0
    if last and document.coverage.carries_rounds:
        out = last_grades([home.village_id], month, household=home.pk)[home.pk].left_out
    carried = is_carried(RoundKind(kind), document, last, out)
    return RoundsOfHome(grades[:most], None if carried else (round_id, month))


def _word(version: UUID, grade: str) -> str:
    """A grade's word in the scheme it was given under (read once a process), '' where there is none."""
    return document_adopted(version).band(grade).name if grade else ""


def included(opened: Round) -> list[Included]:
    """The homes that were taken into a round after it was opened, the latest first (three queries, whatever their
    number)."""
    entries = Entry.objects.filter(
        chain=opened.village_id, verb="inspections.include_home", at__date__gte=opened.opened
    )
    found = list(entries.order_by("-at", "-number"))
    of_round = Visit.objects.filter(round=opened, pk__in=[UUID(row.subject) for row in found])
    homes = {visit.pk: visit.household for visit in of_round.select_related("household__group", "household__village")}
    said = names({row.by for row in found})
    return [
        Included(homes[UUID(row.subject)], row.at, said.get(row.by, "")) for row in found if UUID(row.subject) in homes
    ]
