"""The draw of a round: hamlets to the trios of the evaluation group, its seed and outcome on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from courtyard.households.models import Household, Kin
from courtyard.inspections.actions.turn import months_round, village_turn
from courtyard.inspections.models import Draw, Round, Seat, Visit
from courtyard.inspections.queries.groups import Seatable, seatable
from courtyard.inspections.queries.rounds import live_in, while_open
from courtyard.inspections.rules import draw as rules
from courtyard.inspections.rules import panels
from courtyard.inspections.rules.membership import SeatWalk
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.rating.queries import document_of
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act
from courtyard.records.rules import canonical

# Where the numbers of a group's seats begin, by their walk.
FROM = {SeatWalk.WHOLE: 1, SeatWalk.FRONT: 11, SeatWalk.STAND_IN: 21}


def draw_seats(pen: Pen, opened: Round, size: int, today: date) -> int:
    """Draw every group of a round that has no seats; how many got a panel. The record stands in `pen.answer["draw"]`."""
    pen.take_number()
    people = seatable(opened.village, today)
    seated = set(Seat.objects.filter(round=opened).values_list("group_id", flat=True))
    visits = Visit.objects.filter(round=opened).exclude(group__in=seated)
    hamlets = _hamlets(visits.values_list("group_id", "household_id", "leads"))
    if not hamlets or len(people.able) < size:
        return 0
    ever = people.group is not None
    drawn = (_from_trios if ever else _from_everybody)(pen, opened, hamlets, people, size)
    Seat.objects.bulk_create([seat for one in drawn for seat in _seats(opened, one)], batch_size=2000)
    return sum(bool(one.panel) for one in drawn)


def _hamlets(visits: Iterable[tuple[UUID, UUID, bool]]) -> tuple[rules.Hamlet, ...]:
    homes: dict[UUID, dict[UUID, bool]] = {}
    for group, home, leads in visits:
        homes.setdefault(group, {})[home] = leads
    return tuple(
        rules.Hamlet(group, len(at), frozenset(home for home, leads in at.items() if leads))
        for group, at in sorted(homes.items(), key=lambda pair: pair[0].hex)
    )


def _from_everybody(
    _: Pen, opened: Round, hamlets: tuple[rules.Hamlet, ...], people: Seatable, size: int
) -> tuple[rules.Drawn, ...]:
    """A village that never had an evaluation group: from everybody with the duty, seeded by the round's own id."""
    able = set(people.able)
    found = panels.draw([hamlet.group for hamlet in hamlets], able, live_in(able), size, opened.pk)
    return tuple(rules.Drawn(group, 0, panel) for group, panel in found.items())


def _from_trios(
    pen: Pen, opened: Round, hamlets: tuple[rules.Hamlet, ...], people: Seatable, size: int
) -> tuple[rules.Drawn, ...]:
    able = set(people.able)
    own, kin = live_in(able), _kin(opened, able)
    ground = rules.Ground(people.trios, hamlets, own, _near(opened, own), kin, size)
    seed = random_bytes(16).hex()
    drawn = rules.draw(ground, seed)
    facts, outcome = canonical(ground.canonical), canonical([one.canonical for one in drawn])
    pen.grow([Draw(id=uuid7(), round=opened, seed=seed, facts=facts, outcome=outcome, day=day_of(pen.at))])
    pen.answer["draw"] = {
        "seed": seed,
        "facts": sha256(facts.encode()).hexdigest(),
        "outcome": sha256(outcome.encode()).hexdigest(),
    }
    return drawn


def _kin(opened: Round, able: set[UUID]) -> dict[UUID, set[tuple[UUID, UUID]]]:
    """Person → (group, home) of this round's homes where they step aside, known beforehand (one query)."""
    rows = Kin.objects.filter(account__in=able, household__visits__round=opened)
    found: dict[UUID, set[tuple[UUID, UUID]]] = {}
    for person, group, home in rows.values_list("account_id", "household__group_id", "household_id"):
        found.setdefault(person, set()).add((group, home))
    return found


def _near(opened: Round, own: dict[UUID, set[UUID]]) -> dict[UUID, set[UUID]]:
    """Person → other groups that share a bay with their own home: neighbours, if in another group (two queries)."""
    homes = Household.objects.filter(village=opened.village_id, until=None).exclude(bay="")
    bays: dict[str, set[UUID]] = {}
    for bay, group in homes.values_list("bay", "group_id").distinct():
        bays.setdefault(bay, set()).add(group)
    lived = Kin.objects.filter(account__in=own, household__in=homes, kind="own_home")
    near: dict[UUID, set[UUID]] = {}
    for person, bay in lived.values_list("account_id", "household__bay"):
        near.setdefault(person, set()).update(bays[bay] - own[person])
    return {person: groups for person, groups in near.items() if groups}


def _seats(opened: Round, drawn: rules.Drawn) -> list[Seat]:
    parts = ((SeatWalk.WHOLE, drawn.panel), (SeatWalk.FRONT, drawn.front), (SeatWalk.STAND_IN, drawn.stand_ins))
    return [
        Seat(id=uuid7(), round=opened, group_id=drawn.group, evaluator_id=person, n=FROM[walk] + n, walk=walk.value)
        for walk, people in parts
        for n, person in enumerate(people)
    ]


def draw_panels(*, opened: Round, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Draw every group of an open round that has nobody seated; how many got a panel.

    A group that has seats keeps them: nobody draws until the draw pleases. Refuses inspections.round_closed,
    .too_few_evaluators, .term_over.
    """
    refuse_if(may(by, "rounds.open", opened.village.path))
    months_round(opened)
    with act(
        "inspections.draw_panels", by=by, at=at, chain=opened.village_id, subject=opened.pk, command=command,
        given={"round": opened.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return int(pen.answer["groups"])
        village_turn(pen)
        pen.take_number()
        swap(while_open(opened.pk), "inspections.round_closed", changed=pen.number)
        size, people = document_of(opened.version).aggregate.raters_least, seatable(opened.village, day_of(at))
        if people.over:
            refuse("inspections.term_over", last=people.over.isoformat())
        if len(people.able) < size:
            refuse("inspections.too_few_evaluators", least=size, found=len(people.able))
        count = draw_seats(pen, opened, size, day_of(at))
        pen.answer["groups"] = count
    return count
