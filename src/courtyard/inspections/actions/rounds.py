"""Opening a village's round of a month or a week: its scheme version, its visits as a set, its panels drawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from courtyard.households.queries import rated_homes
from courtyard.inspections.actions.draw import draw_seats
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Round, Visit
from courtyard.inspections.queries.groups import leading_homes
from courtyard.inspections.queries.left_out import last_grades
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.inspections.rules import calendar
from courtyard.inspections.rules import rounds as rules
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.inspections.rules.walks import Home, Stop, walk
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7, visit_id
from courtyard.kernel.problems import Problem, Refused, refuse, refuse_if
from courtyard.kernel.weeks import name_of
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.places.queries import places
from courtyard.places.rules import PlaceKind
from courtyard.rating.queries import InForce, in_force, schemes_of
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.records.journal import act


def open_round(
    *, village: Place, month: date, by: Actor, at: datetime, command: UUID | None = None, draw: bool = True,
    skips: bool = False,
) -> Round:  # fmt: skip
    """Open a village's round of a month or, where the scheme rates by the week, of a week (the day that names it, see
    `kernel.weeks`): full or light as the scheme in force says, one each.

    Every home to visit gets its visit in walking order, homes of cadres and evaluators first (W16); with `draw` each
    group's panel is drawn where enough people may be seated. With `skips` the village gives up the round of this month (or
    week), due and never opened, to open the next one's. Refuses inspections.no_scheme, .round_stands, .later_month_stands,
    .rated_by_week, .rated_by_month, .next_waits, .month_due, .week_due, .month_too_far, .week_too_far, .month_paused,
    .month_between, .always_paused, .no_homes.
    """
    refuse_if(may(by, "rounds.open", village.path))
    if village.kind != PlaceKind.VILLAGE.value:
        refuse("inspections.not_a_village", place=village.name)
    given = {"village": village.pk, "month": month, "draw": draw} | ({"skips": True} if skips else {})
    conflict = "inspections.round_stands"
    with act(
        "inspections.open_round", by=by, at=at, chain=village.pk, command=command, given=given,
        conflict=conflict,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Round.objects.get(pk=pen.answer["round"])
        village_turn(pen)
        today = day_of(at)
        others = dict(Round.objects.filter(village=village, kind__in=REGULAR).values_list("month", "state"))
        refuse_if(rules.unfit_month(month, today, others))
        skipped, scheme = _scheme(village, month, today, others, skips=skips)
        homes = list(rated_homes(village.path).values_list("id", "group_id", "bay", "door", "code"))
        if not homes:
            refuse("inspections.no_homes", village=village.name)
        pen.take_number()
        opened = Round(id=uuid7(), village=village, month=month, version=scheme.version, opened=today)
        opened.kind, opened.changed = rules.kind_of(scheme.document, month).value, pen.number
        chosen = _chosen(opened, scheme.document, [home[0] for home in homes])
        opened.save(force_insert=True)
        leading = leading_homes(village.pk, today)
        stops = walk(Home(*home, leads=home[0] in leading) for home in homes if home[0] in chosen)
        Visit.objects.bulk_create([_visit(opened, stop) for stop in stops], batch_size=2000)
        if draw:
            draw_seats(pen, opened, scheme.document.aggregate.raters_least, today)
        pen.subject = opened.id.hex
        pen.answer |= {"round": opened.id, "kind": opened.kind, "homes": len(stops)}
        pen.answer |= skipped
    return opened


def _scheme(
    village: Place, month: date, today: date, others: dict[date, str], *, skips: bool
) -> tuple[dict[str, str], InForce]:
    """What the round runs under, and the month or week that is given up for it; refuses a month the scheme has no round
    for, and where an earlier round, or this month's own, comes first."""
    scheme = in_force(village, rules.day_of_scheme(month, today))
    refuse_if(rules.unfit_period(scheme.document, month) if scheme else None)
    still_open = [one for one, state in others.items() if state == RoundState.OPEN.value]
    early = calendar.too_early(month, today, others, still_open, schemes_of([village])[village.pk])
    skipped = {"skipped": str(early.facts["due"])} if early and skips and "due" in early.facts else {}
    refuse_if(None if skipped else early)
    if scheme is None:
        refuse("inspections.no_scheme", village=village.name, month=name_of(month))
    refuse_if(calendar.in_a_pause(scheme.document, month))
    return skipped, scheme


def _chosen(opened: Round, document: SchemeDocument, homes: list[UUID]) -> frozenset[UUID]:
    """The homes it visits: all, or those whose grade carries no longer and a share drawn by the round's own id."""
    kind, count = RoundKind(opened.kind), bool(document.coverage.carries_rounds)
    found = last_grades([opened.village_id], opened.month, count=count) if kind is RoundKind.LIGHT else {}
    last = {home: one.grade for home, one in found.items()}
    return rules.covered(kind, document, homes, last, opened.id, {home: one.left_out for home, one in found.items()})


def _visit(opened: Round, stop: Stop) -> Visit:
    key = visit_id(opened.pk, stop.household)
    where = {"group_id": stop.group, "order": stop.order, "leads": stop.leads}
    return Visit(id=key, round=opened, household_id=stop.household, **where)


def open_rounds(
    *, place: Place, month: date, by: Actor, at: datetime, progress: Callable[[int, int], None] | None = None,
    skips: bool = False,
) -> list[tuple[Place, Round | Problem]]:  # fmt: skip
    """Open the round of a month for every village at or below a place, village by village, each its own transaction.

    A village that cannot have it keeps its Problem beside its name; the others go on. `progress(done, all)`.
    """
    villages = list(places([place.path], PlaceKind.VILLAGE.value).order_by("order", "path"))
    found: list[tuple[Place, Round | Problem]] = []
    for n, village in enumerate(villages, start=1):
        try:
            found.append((village, open_round(village=village, month=month, by=by, at=at, skips=skips)))
        except Refused as refused:
            found.append((village, refused.problem))
        if progress:
            progress(n, len(villages))
    return found
