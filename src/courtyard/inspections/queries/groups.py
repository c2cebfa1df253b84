"""Reading evaluation groups: the one whose term runs, who may be seated, the homes that lead, records of draws."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from courtyard.households.models import Kin
from courtyard.households.rules.states import KinKind, Living, Participation
from courtyard.inspections.models import Draw, EvaluationGroup, GroupMember
from courtyard.inspections.queries.rounds import able_evaluators
from courtyard.inspections.rules.draw import Drawn, Trio, draw, ground_from
from courtyard.kernel.actors import DutyKind
from courtyard.people.queries import duties_in_force
from courtyard.places.models import Place
from courtyard.places.queries import within
from courtyard.records.models import Entry

LEADING = (DutyKind.VILLAGE_CADRE.value, DutyKind.EVALUATOR.value, DutyKind.TOWN_CLERK.value)


def groups_within(areas: Iterable[str]) -> QuerySet[EvaluationGroup]:
    """Evaluation groups of villages within areas, in order of places, the latest term first."""
    rows = EvaluationGroup.objects.filter(within(areas, "village__path")).select_related("village__town")
    return rows.order_by("village__path", "-since")


def group_on(village: UUID, day: date) -> EvaluationGroup | None:
    """The evaluation group of a village whose term runs that day: the latest that has begun, until its last day."""
    begun = EvaluationGroup.objects.filter(village=village, since__lte=day).order_by("-since").first()
    return begun if begun is not None and begun.last >= day else None


def members_of(group: UUID) -> QuerySet[GroupMember]:
    """The members of a group trio by trio, the reserve last, with names."""
    return GroupMember.objects.filter(group=group).select_related("account").order_by("trio", "n")


@dataclass(frozen=True)
class Seatable:
    """Who may be seated in a village on a day: able people by name; trios as far as their members are able.

    `group` None: the village never had one, and everybody with the duty may. `over`: the last day of the latest term
    where none runs; then nobody may.
    """

    able: Mapping[UUID, str]
    group: EvaluationGroup | None
    trios: tuple[Trio, ...] = ()
    over: date | None = None

    @property
    def members(self) -> frozenset[UUID] | None:
        """Members of the group whose term runs, or None where there never was one."""
        return frozenset(self.able) if self.group else None


def seatable(village: Place, day: date) -> Seatable:
    """Who may be seated in this village on a day (three queries)."""
    able = able_evaluators(village, day)
    begun = EvaluationGroup.objects.filter(village=village, since__lte=day).order_by("-since").first()
    if begun is None:
        return Seatable(able, None)
    if begun.last < day:
        return Seatable({}, begun, over=begun.last)
    trios: dict[int, list[UUID]] = {}
    names: dict[UUID, str] = {}
    for member in members_of(begun.pk):
        if member.account_id in able:
            trios.setdefault(member.trio, []).append(member.account_id)
            names[member.account_id] = able[member.account_id]
    return Seatable(names, begun, tuple(tuple(trio) for _, trio in sorted(trios.items())))


def leading_homes(village: UUID, day: date) -> set[UUID]:
    """The own homes of cadres and evaluators in a village that are rated: they lead (W16) (one query)."""
    people = duties_in_force(day).filter(kind__in=LEADING, account__is_active=True).values("account")
    own = Kin.objects.filter(kind=KinKind.OWN_HOME.value, household__village=village, household__until=None)
    rated = {"household__living": Living.LIVED_IN.value, "household__participation": Participation.TAKING_PART.value}
    return set(own.filter(account__in=people, **rated).values_list("household_id", flat=True))


@dataclass(frozen=True)
class DrawRecord:
    """A draw as it was kept: seed, journal number and day, by group what came out, whether drawing again finds the same."""

    row: Draw
    drawn: tuple[Drawn, ...]
    agrees: bool


def draws_of(round_id: UUID) -> list[DrawRecord]:
    """The draws of a round, oldest first, each drawn again from its record (one query)."""
    return [record_of(row) for row in Draw.objects.filter(round=round_id).order_by("day", "pk")]


def record_of(row: Draw) -> DrawRecord:
    """A draw with what comes out when it is drawn again from its own record."""
    again = draw(ground_from(json.loads(row.facts)), row.seed)
    return DrawRecord(row, again, [one.canonical for one in again] == json.loads(row.outcome))


@dataclass(frozen=True)
class DrawProof:
    """What anchors a draw: the journal's number and who pressed, SHA-256 of its facts and outcome; do they agree?"""

    number: int
    by: UUID
    facts: str
    outcome: str
    agrees: bool


def proof_of(row: Draw) -> DrawProof:
    """The journal entry of a draw and its digests, compared with the row (one query)."""
    entry = Entry.objects.get(pk=row.entry)
    facts, outcome = (sha256(text.encode()).hexdigest() for text in (row.facts, row.outcome))
    told = json.loads(entry.answer).get("draw", {})
    return DrawProof(
        entry.number, entry.by, facts, outcome, told == {"seed": row.seed, "facts": facts, "outcome": outcome}
    )
