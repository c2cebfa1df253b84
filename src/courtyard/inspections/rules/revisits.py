"""Re-visits: what one person saw again, which homes a spot check draws, who goes, how far it agrees (DOMAIN §4.11)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from courtyard.inspections.rules.marks import Given, incomplete
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.problems import Problem
from courtyard.rating.rules.alone import area_band, scores_alone
from courtyard.rating.rules.documents import DECLINED, SchemeDocument

SPOT_MILLI = 50  # at least 5 % of the homes rated (DOMAIN §4.11)


def poor_labels(document: SchemeDocument) -> frozenset[str]:
    """The labels that lie in the black list's band: what counts as poor in one area marked by a word."""
    band, labels = _poor_band(document), document.sheet.labels
    return frozenset(label.code for label in labels if document.band_of(label.score_milli).code == band)


def _poor_band(document: SchemeDocument) -> str:
    rule = document.list_rule("black")
    return (rule.band if rule and rule.kind == "band" else None) or document.bands[-1].code


def _poor_areas(document: SchemeDocument, given: Given) -> frozenset[str]:
    """The areas that by these marks alone would be in the black list's band."""
    return _in_poor_band(document, scores_alone(document, given.mark()).items())


def _in_poor_band(document: SchemeDocument, scores: Iterable[tuple[str, int | None]]) -> frozenset[str]:
    """Of these areas those in the black list's band; what comes on top of the whole (`extra`) is never poor."""
    core, band = {area.code for area in document.sheet.areas if not area.extra}, _poor_band(document)
    return frozenset(
        area
        for area, score in scores
        if score is not None and area in core and area_band(document, area, score).code == band
    )


def areas_to_look_at(document: SchemeDocument, scores: Iterable[tuple[str, int | None]]) -> frozenset[str]:
    """The areas a re-visit must look at: those whose score (thousandths) was poor; all where no single one was."""
    return _in_poor_band(document, scores) or frozenset(area.code for area in document.sheet.areas)


def unfit_look(document: SchemeDocument, given: Given, wanted: AbstractSet[str]) -> Problem | None:
    """Why these marks of a re-visit cannot be taken, or None. `wanted` areas must be marked, the others may be.

    A poor area needs what was seen there: no evidence, no entry.
    """
    problem = incomplete(document, given, wanted=wanted)
    if problem:
        return problem
    bare = sorted(_poor_areas(document, given) - {one.area for one in given.found if not one.mended})
    if bare:
        return Problem("inspections.poor_without_finding", {"area": document.area(bare[0]).name})
    return None


def still_poor(document: SchemeDocument, given: Given, wanted: AbstractSet[str]) -> bool | None:
    """Whether any area that was looked at is poor. None where nobody could see: not at home, or each was declined.

    Declined is never poor, and no proof that it is mended either.
    """
    if given.presence is not Presence.SEEN:
        return None
    if _poor_areas(document, given) or _overruled(document, given):
        return True
    seen = {area for area, what in given.values if what != DECLINED}
    return False if seen & wanted else None


def _overruled(document: SchemeDocument, given: Given) -> bool:
    """Whether what was seen makes the home poor by itself, whatever the areas are (一票)."""
    band, found = _poor_band(document), {one.code for one in given.found if not one.mended}
    return any(veto.band == band and "grade" in veto.effects and found & set(veto.findings) for veto in document.vetoes)


def _lot(*parts: object) -> bytes:
    return hashlib.sha256("/".join(str(part) for part in parts).encode()).digest()


def spot_sample(homes: Mapping[UUID, Sequence[UUID]], seed: str, share_milli: int = SPOT_MILLI) -> frozenset[UUID]:
    """The homes a spot check goes to: a share (thousandths, rounded up, at least one) of group → homes rated.

    Drawn by the seed, each group in proportion; what is left over goes to the largest remainders, ties by lot. Who
    has the seed draws the same again.
    """
    every = sum(len(rows) for rows in homes.values())
    if not every:
        return frozenset()
    count = max(1, -(-every * share_milli // 1000))
    parts = {group: divmod(count * len(rows), every) for group, rows in homes.items()}
    left = count - sum(whole for whole, _ in parts.values())
    turn = sorted(parts, key=lambda group: (-parts[group][1], _lot(seed, group)))
    one_more = set(turn[:left])
    drawn: set[UUID] = set()
    for group, rows in homes.items():
        size = parts[group][0] + (group in one_more)
        drawn.update(sorted(rows, key=lambda home: _lot(seed, home))[:size])
    return frozenset(drawn)


@dataclass(frozen=True)
class Checker:
    """Somebody who could go: the groups where they rated or live, the homes where they are kin."""

    id: UUID
    barred: frozenset[UUID]
    kin: frozenset[UUID] = frozenset()


def checkers(
    drawn: Mapping[UUID, Sequence[UUID]], people: Iterable[Checker], seed: str, size: int = 1
) -> dict[UUID, tuple[UUID, ...]]:
    """Group → who goes there: people of another group who did not rate it, not kin of its homes if avoidable, the load
    spread, ties by lot. A group for which nobody is free has no seat."""
    able = list(people)
    load = dict.fromkeys((one.id for one in able), 0)
    found: dict[UUID, tuple[UUID, ...]] = {}
    for group in sorted(drawn, key=lambda group: group.hex):
        free = [one for one in able if group not in one.barred]
        homes = set(drawn[group])

        def turn(one: Checker, group: UUID = group, homes: set[UUID] = homes) -> tuple[int, int, bytes]:
            return len(one.kin & homes), load[one.id], _lot(seed, group, one.id)

        chosen = sorted(free, key=turn)[:size]
        for one in chosen:
            load[one.id] += len(homes)
        if chosen:
            found[group] = tuple(one.id for one in chosen)
    return found


@dataclass(frozen=True)
class Agreed:
    """In one area, over the homes both looked at: the same grade, one band apart, further apart."""

    area: str
    same: int = 0
    near: int = 0
    far: int = 0

    @property
    def compared(self) -> int:
        """How many homes were compared."""
        return self.same + self.near + self.far


def compare(document: SchemeDocument, pairs: Iterable[tuple[Mapping[str, int | None], Given]]) -> tuple[Agreed, ...]:
    """How far second marks agree with what stands, area by area in the sheet's order.

    Each pair is (area → score in thousandths, None where it was not rated; the second look). An area one of the two
    did not see is not compared.
    """
    counts = {area.code: [0, 0, 0] for area in document.sheet.areas}
    for scores, second in pairs:
        for area, score in scores_alone(document, second.mark()).items():
            first = scores.get(area)
            if score is None or first is None:
                continue
            stood = document.rank(area_band(document, area, first).code)
            again = document.rank(area_band(document, area, score).code)
            if stood is not None and again is not None:
                counts[area][min(abs(stood - again), 2)] += 1
    return tuple(Agreed(area, *count) for area, count in counts.items())
