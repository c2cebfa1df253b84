"""What a group's (or village's) board may say on a day: counts, trend, red names by consent, findings without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, Q

from courtyard.honours.models import Correction, Listing, NamesSwitch
from courtyard.honours.queries.entries import Case, cases
from courtyard.honours.queries.naming import reaches
from courtyard.honours.queries.star_boards import StarsShown, stars_shown
from courtyard.honours.queries.title_boards import TitleShown, titles_shown
from courtyard.honours.rules.reach import RATED_LEAST, RedNames, findings_stay_in_group, red_names
from courtyard.honours.rules.states import ListingKind, ListingState, Reach
from courtyard.honours.rules.terms import EXPIRY_MOST
from courtyard.households.queries import rated_homes
from courtyard.households.rules.masks import masked_name
from courtyard.households.rules.states import RedNameConsent
from courtyard.inspections.models import Result, Round
from courtyard.inspections.queries.groups import leading_homes
from courtyard.inspections.queries.results import ResultRow, findings_of, last_rated, results_of_round
from courtyard.inspections.queries.results import standing as standing_results
from courtyard.inspections.queries.rounds import REGULAR, latest_round
from courtyard.inspections.rules.marks import Found
from courtyard.inspections.rules.rounds import month_after
from courtyard.inspections.rules.states import RoundKind
from courtyard.places.models import Place
from courtyard.rating.queries import document_of
from courtyard.rating.rules.alone import area_band
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import carries
from courtyard.rating.rules.facts import NOT_LIVED_IN, NOT_TAKING_PART
from courtyard.records.models import Chain

TREND = 6
# Nobody lives there, or it takes no part: in no count of a board (DOMAIN §4.1, §4.7).
UNCOUNTED = (NOT_LIVED_IN, NOT_TAKING_PART)


@dataclass(frozen=True)
class BandCount:
    """How many homes have a grade: its code, its word, the number; bands stand best first."""

    code: str
    name: str
    homes: int


@dataclass(frozen=True)
class AreaCount:
    """An area's grades over the rated homes."""

    code: str
    name: str
    bands: tuple[BandCount, ...]


@dataclass(frozen=True)
class TrendPoint:
    """One round of the trend, oldest first."""

    month: date
    bands: tuple[BandCount, ...]


@dataclass(frozen=True)
class FindingCount:
    """A thing seen at published entries, without a name: at how many places, and how it is put right."""

    area: str
    seen: str
    mend: str
    places: int


@dataclass(frozen=True)
class MaskedEntry:
    """An entry as it is seen outside the group: 陈*, and what was seen there."""

    name: str
    things: tuple[str, ...]


@dataclass(frozen=True)
class CorrectedEntry:
    """An entry that stood on this board and was wrong: what it had said, and the name only if the household wants it."""

    since: date
    until: date | None
    things: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Board:
    """A place's board on a day; `round` None before the first close. `findings_at_village`: too few to stand here.

    `mended`: places put right, at the door or before publication (立行立改); `taken_off`: entries off the list
    in the last 90 days;
    `carried`: homes whose last good stands because a light round did not come by (in no other figure here).
    `hamlets`: (bay, entries) where the scheme's list reaches no further; `corrections`: entries that were wrong, of
    which `corrected` says what stood here. `masked`: entries that carry a name on the group's own sheet, masked here.
    """

    place: Place
    day: date
    round: Round | None
    rated: int = 0
    not_rated: int = 0
    carried: int = 0
    bands: tuple[BandCount, ...] = ()
    areas: tuple[AreaCount, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    mended: int = 0
    leading: tuple[BandCount, ...] = ()
    red: RedNames = RedNames((), 0, False, 0)
    findings: tuple[FindingCount, ...] = ()
    findings_at_village: bool = False
    hamlets: tuple[tuple[str, int], ...] = ()
    taken_off: int = 0
    corrections: int = 0
    corrected: tuple[CorrectedEntry, ...] = ()
    masked: tuple[MaskedEntry, ...] = ()
    published_on: date | None = None
    expires_on: date | None = None
    leading_not_rated: int = 0
    stars: StarsShown | None = None
    titles: tuple[TitleShown, ...] = ()

    @property
    def leading_homes(self) -> int:
        """How many homes of cadres and evaluators the village has, rated or not."""
        return sum(band.homes for band in self.leading) + self.leading_not_rated


def board_key(village_id: UUID) -> tuple[int, bool]:
    """The number of a village's journal and whether the county forbids names: with group, day and language the key of a
    kept page (D17; one query)."""
    off = Exists(NamesSwitch.objects.filter(forbidden=True))
    found = Chain.objects.filter(pk=village_id).annotate(off=off).values_list("number", "off").first()
    return found or (0, False)


def board(place: Place, day: date, *, wide: bool = False) -> Board:
    """The board of a group, or of a village (then with the findings of its small groups), on a day.

    A dozen queries at most, whatever the number of homes; expiry and frozen entries by reading. `wide`: for WeChat.
    """
    village, group = place.village_id or place.pk, place.pk if place.kind == "group" else None
    closed = latest_round(village)
    if closed is None:
        return Board(place, day, None)
    document = document_of(closed.version)
    results = results_of_round(closed.pk, group)
    rated = [row for row in results if row.grade is not None]
    entries = _entries(village, group, day)
    stands = [one for one in entries if one.state(day) is ListingState.PUBLISHED]
    black = [one for one in stands if one.listing.kind == ListingKind.BLACK.value]
    reach = reaches([one.listing for one in black], day)
    shown = shown_here(place, results, black, reach)
    named = [one for one in shown if group is not None and reach[one.listing.pk] is Reach.NAMES]
    wrong = [one for one in entries if _corrected(one, day)]
    reds = [one.listing for one in stands if one.listing.kind == ListingKind.RED.value]
    leading, leading_not_rated = _leading(document, closed, day)
    return Board(
        place,
        day,
        closed,
        len(rated),
        sum(row.grade is None and row.breakdown["why"] not in UNCOUNTED for row in results),
        _carried(document, closed, place, results),
        _bands(document, Counter(row.grade for row in rated)),
        _areas(document, rated),
        _trend(document, village, group),
        _mended(results, entries, closed),
        leading,
        red_names(
            [(row.household.head, RedNameConsent(row.household.red_name)) for row in reds], len(rated), wide=wide
        ),
        _findings(document, [one for one in shown if one not in named]),
        group is not None and bool(black) and not shown,
        _hamlets(black),
        sum(one.listing.state == ListingState.DELISTED.value for one in entries),
        len(wrong),
        _put_right(document, wrong, Counter(row.group for row in rated), group),
        tuple(MaskedEntry(masked_name(one.listing.household.head), said) for one, said in things(document, named)),
        max((one.listing.published_on for one in shown if one.listing.published_on), default=None),
        max((one.listing.expires_on for one in shown if one.listing.expires_on), default=None),
        leading_not_rated,
        stars_shown(document, place, day, wide=wide),
        titles_shown(document, place, len(rated), wide=wide),
    )


def _carried(document: SchemeDocument, closed: Round, place: Place, results: Iterable[ResultRow]) -> int:
    if closed.kind != RoundKind.LIGHT.value:
        return 0
    visited = {row.household for row in results}
    last = last_rated(closed.village_id, closed.month)
    here = rated_homes(place.path).values_list("pk", flat=True)
    return sum(home not in visited and carries(document, last.get(home, ("", 0))[0]) for home in here)


def _entries(village: UUID, group: UUID | None, day: date) -> list[Case]:
    """What a board may have to show: published now, or mended, taken off or overturned in the last 90 days."""
    ended = Q(state__in=[ListingState.DELISTED.value, ListingState.OVERTURNED.value, ListingState.MENDED.value])
    ended &= Q(kind=ListingKind.BLACK.value, ended_on__gte=day - timedelta(days=EXPIRY_MOST))
    frozen = Q(state=ListingState.OBJECTED.value, published_on__isnull=False)
    rows = Listing.objects.filter(Q(state=ListingState.PUBLISHED.value) | ended | frozen, village=village)
    rows = rows.filter(group=group) if group else rows
    return cases(rows.select_related("correction").order_by("group__order", "group__path", "visit__order"))


def _bands(document: SchemeDocument, counts: Mapping[str | None, int]) -> tuple[BandCount, ...]:
    return tuple(BandCount(band.code, band.name, counts.get(band.code, 0)) for band in document.bands)


def _areas(document: SchemeDocument, rated: Iterable[ResultRow]) -> tuple[AreaCount, ...]:
    shown = [area for area in document.sheet.areas if not area.extra]  # nobody is poor for lack of a contribution
    counts: dict[str, Counter[str | None]] = {area.code: Counter() for area in shown}
    for row in rated:
        for area in row.breakdown["areas"]:
            if area["score_milli"] is not None and area["area"] in counts:
                counts[area["area"]][area_band(document, area["area"], area["score_milli"]).code] += 1
    return tuple(AreaCount(one.code, one.name, _bands(document, counts[one.code])) for one in shown)


def _trend(document: SchemeDocument, village: UUID, group: UUID | None) -> tuple[TrendPoint, ...]:
    rows = standing_results(Result.objects.filter(visit__round__village=village, visit__round__kind__in=REGULAR))
    rows = (rows.filter(visit__group=group) if group else rows).exclude(grade="")
    months: dict[date, Counter[str | None]] = {}
    for month, grade, homes in rows.order_by().values_list("visit__round__month", "grade").annotate(n=Count("pk")):
        months.setdefault(month, Counter())[grade] += homes
    return tuple(TrendPoint(month, _bands(document, months[month])) for month in sorted(months)[-TREND:])


def _mended(results: Iterable[ResultRow], entries: Iterable[Case], closed: Round) -> int:
    at_the_door = sum(area["mended"] for row in results for area in row.breakdown["areas"])
    return at_the_door + sum(
        one.listing.state == ListingState.MENDED.value and one.listing.round_id == closed.pk for one in entries
    )


def _leading(document: SchemeDocument, closed: Round, day: date) -> tuple[tuple[BandCount, ...], int]:
    """干部和评比员家庭 (W16): the village's homes that lead by their last grade, whatever it is, and how many have none.

    The same on the village's board and on every group's; a light round need not come by for a home to be counted.
    """
    homes = leading_homes(closed.village_id, day)
    last = last_rated(closed.village_id, month_after(closed.month))
    counts: Counter[str | None] = Counter(last[home][0] for home in homes if home in last)
    return _bands(document, counts), len(homes) - counts.total()


def shown_here(
    place: Place, results: Sequence[ResultRow], black: Sequence[Case], reach: Mapping[UUID, Reach]
) -> list[Case]:
    """Entries whose findings stand on this board: a group's own if it is large enough, a village's small groups'."""
    reaching = [one for one in black if reach[one.listing.pk] in (Reach.FINDINGS, Reach.NAMES)]
    rated = Counter(row.group for row in results if row.grade is not None)
    seen = findings_of(one.listing.visit_id for one in reaching) if reaching else {}
    found = Counter[UUID]()
    for one in reaching:
        found[one.listing.group_id] += sum(not thing.mended for thing in seen.get(one.listing.visit_id, ()))
    here = {group: findings_stay_in_group(rated[group], number) for group, number in found.items()}
    return [one for one in reaching if here[one.listing.group_id] is (place.kind == "group")]


def things(document: SchemeDocument, shown: Sequence[Case]) -> list[tuple[Case, tuple[str, ...]]]:
    """Entries with what was seen at each and is not put right, in the scheme's words (two queries)."""
    seen = findings_of(one.listing.visit_id for one in shown) if shown else {}
    return [
        (one, tuple(dict.fromkeys(":".join(_said(document, found)[:2]) for found in _not_mended(seen, one))))
        for one in shown
    ]


def _not_mended(seen: Mapping[UUID, Sequence[Found]], one: Case) -> list[Found]:
    return [found for found in seen.get(one.listing.visit_id, ()) if not found.mended]


def _put_right(
    document: SchemeDocument, wrong: Sequence[Case], rated: Mapping[UUID, int], group: UUID | None
) -> tuple[CorrectedEntry, ...]:
    """What the corrections of this board say: things where things had stood; a small group's stand at the village."""
    rows = {row.listing_id: row for row in Correction.objects.filter(listing__in=[one.listing.pk for one in wrong])}
    found = []
    for one, said in things(document, wrong) if wrong else ():
        listing, row = one.listing, rows.get(one.listing.pk)
        large = rated.get(listing.group_id, 0) >= RATED_LEAST
        told = listing.reach in (Reach.FINDINGS.value, Reach.NAMES.value) and large is (group is not None)
        name = listing.household.head if group is not None and row is not None and row.named else ""
        since = row.since if row is not None else listing.published_on
        if since is not None:
            found.append(CorrectedEntry(since, row.until if row else None, said if told else (), name))
    return tuple(found)


def _findings(document: SchemeDocument, shown: Sequence[Case]) -> tuple[FindingCount, ...]:
    seen = findings_of(one.listing.visit_id for one in shown) if shown else {}
    counts: Counter[tuple[str, str]] = Counter()
    for things in seen.values():
        counts.update({(one.area, one.code) for one in things if not one.mended})
    return tuple(
        FindingCount(*_said(document, Found(area, code)), places) for (area, code), places in sorted(counts.items())
    )


def _said(document: SchemeDocument, found: Found) -> tuple[str, str, str]:
    """(area, what was seen, how it is put right) in the scheme's own words; nobody's words stand on a board."""
    area = document.area(found.area)
    picture = next(picture for picture in area.pictures if picture.code == found.code)
    return area.name, picture.seen, picture.mend


def _hamlets(black: Iterable[Case]) -> tuple[tuple[str, int], ...]:
    bays = Counter(
        one.listing.household.bay or one.listing.group.name for one in black if one.listing.reach == Reach.HAMLETS.value
    )
    return tuple(sorted(bays.items()))


def _corrected(one: Case, day: date) -> bool:
    """Whether a correction still stands where the error stood: as many days as the error did (DOMAIN §4.2).

    What fell to the household because nobody answered is corrected at once, whether it was booked or not (D12).
    """
    row = one.listing
    if row.published_on is None or row.reach == Reach.PRIVATE.value:
        return False
    if row.state == ListingState.OBJECTED.value:
        return one.state(day) is ListingState.OVERTURNED
    correction = getattr(row, "correction", None)
    return row.state == ListingState.OVERTURNED.value and correction is not None and day <= correction.until
