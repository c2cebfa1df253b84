"""From the board of a place to the facts of its posters: what may be said there is the lists' word. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings

from courtyard.honours.queries.boards import BandCount, Board, board
from courtyard.honours.queries.named import named_list
from courtyard.honours.queries.work import red_list
from courtyard.honours.rules.states import ListingState
from courtyard.inspections.models import Round
from courtyard.kernel.problems import refuse
from courtyard.kernel.weeks import prose
from courtyard.outreach.gathering import frame_of
from courtyard.outreach.papers import black_poster, group_board, red_poster
from courtyard.places.models import Place


def month_name(month: date) -> str:
    """2026年11月."""
    return prose(month)


def _hanging(place: Place, day: date, opened: Round | None, wide: bool = False) -> tuple[Board, Round]:
    """The board of a place and the round it shows. Refuses outreach.no_round_closed, .round_elsewhere,
    .round_still_open and .not_this_round."""
    found = board(place, day, wide=wide)
    if found.round is None:
        refuse("outreach.no_round_closed", place=place.name)
    if opened is not None and opened.village_id != place.village_id:
        refuse("outreach.round_elsewhere", place=place.name)
    if opened is not None and opened.month > found.round.month:
        refuse("outreach.round_still_open", wanted=month_name(opened.month), shown=month_name(found.round.month))
    if opened is not None and opened.pk != found.round.pk:
        refuse("outreach.not_this_round", wanted=month_name(opened.month), shown=month_name(found.round.month))
    return found, found.round


def red_poster_of(
    place: Place, day: date, *, opened: Round | None = None, wide: bool = False, serial: str = ""
) -> red_poster.RedPoster:
    """The red list of a group (or village) as it hangs on a day. `wide`: for WeChat, named only by that consent.

    Consent to the board is to the own group's: a village's paper names only who agreed to be named widely.
    `opened`, where given, must be the round that hangs. Refuses outreach.no_round_closed, .not_this_round.
    """
    wide = wide or place.kind != "group"
    found, shown = _hanging(place, day, opened, wide)
    return red_poster.RedPoster(
        frame=frame_of(place, day, serial=serial),
        round_name=month_name(shown.month),
        published_on=day,
        rated=found.rated,
        red=found.red.total,
        names=tuple(red_poster.RedHome(name, also_wechat=wide) for name in found.red.names),
        waiting=waiting_red(shown.pk, place.pk, day),
    )


def waiting_red(round_id: UUID, place_id: UUID, day: date) -> int:
    """How many red candidates of the place the second person has not confirmed yet: no sheet shows them."""
    cases = [case for case in red_list(round_id, day) if case.state(day) is ListingState.CANDIDATE]
    return sum(place_id in (case.listing.group_id, case.listing.village_id) for case in cases)


def black_poster_of(
    place: Place, day: date, *, opened: Round | None = None, serial: str = ""
) -> black_poster.BlackPoster:
    """The black list of a group (or village) as it hangs on a day: things or bays; names only on a group's own sheet,
    while its three documents hold. Refuses as above.
    """
    found, shown = _hanging(place, day, opened)
    things = tuple(black_poster.FindingLine(one.area, one.seen, one.places) for one in found.findings)
    bays = tuple(black_poster.FindingLine(bay, "待整改", homes, "户") for bay, homes in found.hamlets)
    return black_poster.BlackPoster(
        frame=frame_of(place, day, serial=serial),
        round_name=month_name(shown.month),
        published_on=found.published_on or day,
        expires_on=found.expires_on,
        rated=found.rated,
        findings=things + bays,
        mended=found.taken_off,  # the page behind the board counts the same under the same word
        at_village=found.findings_at_village,
        corrections=found.corrections,
        **_named(place, day),
    )


def _named(place: Place, day: date) -> dict[str, Any]:
    """The names of a group's sheet with what they rest on, and the address of the page behind it."""
    found = named_list(place, day)
    if found is None:
        return {}
    papers = found.documents
    homes = [black_poster.NamedEntry(home.head, home.code, home.things, home.expires_on) for home in found.homes]
    return {
        "named": tuple(homes),
        "documents": black_poster.NameDocuments(
            papers.document, papers.resolved_on, "个人信息保护影响评估", papers.assessed_on, papers.expires_on
        ),
        "url": f"{settings.PUBLIC_URL}/n/{found.token}" if found.token else "",
    }


def _counts(name: str, bands: Sequence[BandCount]) -> group_board.Counts:
    """Best, in between, worst: a scheme with more grades has those between counted together."""
    homes = [band.homes for band in bands]
    return group_board.Counts(name, homes[0], sum(homes[1:-1]), homes[-1] if len(homes) > 1 else 0)


def _labels(bands: Sequence[BandCount]) -> tuple[str, str, str]:
    names = [band.name for band in bands]
    return names[0], "、".join(names[1:-1]), names[-1] if len(names) > 1 else ""


def group_board_of(
    place: Place, day: date, *, size: str = "a3", wide: bool = False, serial: str = ""
) -> group_board.GroupBoard:
    """The board of a group (or village, named as its red list is) on a day. Refuses outreach.no_round_closed."""
    wide = wide or place.kind != "group"
    found, shown = _hanging(place, day, None, wide)
    leading = _counts("", found.leading) if found.leading_homes else None
    return group_board.GroupBoard(
        frame=frame_of(place, day, serial=serial),
        round_name=month_name(shown.month),
        closed_on=shown.closed or day,
        total=_counts("", found.bands),
        not_rated=found.not_rated,
        areas=tuple(_counts(area.name, area.bands) for area in found.areas),
        trend=tuple(_counts(month_name(point.month), point.bands) for point in found.trend),
        mended=found.mended,
        leading=leading,
        leading_not_rated=found.leading_not_rated,
        red=found.red.total,
        names=tuple(red_poster.RedHome(name, also_wechat=wide) for name in found.red.names),
        size=size,
        labels=_labels(found.bands),
        corrections=found.corrections,
        stars=tuple((one.name, one.homes) for one in found.stars.counts) if found.stars else (),
    )
