"""From tables to 成绩单, the records of homes: one for a household, or a whole group's in walking order. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from courtyard.honours.queries.help import thanks_of
from courtyard.honours.queries.titles import names_held
from courtyard.households.models import Household
from courtyard.inspections.queries.record import OwnRound, homes_with_record, records_of
from courtyard.inspections.queries.stands import stars_of
from courtyard.inspections.rules.walks import Home, walk
from courtyard.kernel.weeks import brief
from courtyard.outreach.gathering import frame_of
from courtyard.outreach.papers import record
from courtyard.outreach.rules.frame import Frame
from courtyard.places.models import Place
from courtyard.points.queries.awards import Share, shares_of
from courtyard.points.queries.standing import balances
from courtyard.rating.queries import in_force
from courtyard.rating.rules.documents import Star


def record_of(household: Household, day: date, *, head: str = "") -> record.Records:
    """A household's own record: its last twelve rounds, the oldest first, what it put right, what it has earned.

    `head` is its name as whoever prints may see it, where that is not the household's own.
    """
    return records_of_homes([household], household.group, day, {household.pk: head or household.head})


def group_homes(group: Place) -> list[Household]:
    """The homes of a group that have a record, by lanes and numbers as the round walks them."""
    homes = {home.pk: home for home in homes_with_record(group.path)}
    stops = walk(Home(home.pk, home.group_id, home.bay, home.door, home.code) for home in homes.values())
    return [homes[stop.household] for stop in stops]


def records_of_homes(homes: Sequence[Household], group: Place, day: date, heads: Mapping[UUID, str]) -> record.Records:
    """The records of homes of one group, one a page in the order given (twelve queries, whatever their number;
    one more where the scheme has stars)."""
    frame, ids = frame_of(group, day), [home.pk for home in homes]
    rounds, free, helped = records_of(ids), balances(ids), thanks_of(ids, day)
    shares, titles = shares_of({one.round for own in rounds.values() for one in own}), names_held(ids)
    scheme = in_force(group, day)
    stars = stars_of(scheme.document, group.village_id, ids, day) if scheme and group.village_id else {}
    made = [
        _record(
            frame, home, heads[home.pk], day, rounds.get(home.pk, []), shares, free[home.pk].free, helped, stars, titles
        )
        for home in homes
    ]
    return record.Records(frame, tuple(made))


def _record(
    frame: Frame,
    home: Household,
    head: str,
    day: date,
    results: Sequence[OwnRound],
    shares: Mapping[UUID, Share],
    free: int,
    helped: Mapping[UUID, int],
    stars: Mapping[UUID, Star],
    titles: Mapping[UUID, tuple[str, ...]],
) -> record.Record:
    oldest_first = tuple(reversed(results))
    return record.Record(
        frame=frame,
        head=head,
        code=home.code,
        until=day,
        rounds=tuple(
            record.RecordRound(
                brief(one.month),
                one.grade or "",
                int(one.breakdown["points"]),
                one.document.band(one.grade).name if one.grade else "",
            )
            for one in oldest_first
        ),
        mended=sum(seen.mended for one in results for seen in one.findings),
        balance=free,
        helped=helped.get(home.pk, 0),
        star=stars[home.pk].name if home.pk in stars else "",
        titles=titles.get(home.pk, ()),
        shares=tuple(
            (brief(one.month), shares[one.round].budget, shares[one.round].needed)
            for one in oldest_first
            if one.round in shares
        ),
    )
