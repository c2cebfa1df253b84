"""Red and black lists and titles: the lines of DOMAIN §4 that hold under every scheme, and what can never be kept."""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.coherence.faults import fault, highest, out_of_place, out_of_range
from courtyard.rating.rules.documents import ListRule, SchemeDocument, Title, decimal_text

RATERS_LEAST = 3  # fewer than three marks: points may follow, a black-list entry never (DOMAIN §4.2)
RED_KINDS = ("band", "score_least", "first", "points")
BLACK_KINDS = ("band", "last")


def list_faults(document: SchemeDocument) -> Iterator[Problem]:
    """Every fault of lists and titles."""
    red, black = document.list_rule("red"), document.list_rule("black")
    if len({rule.listing for rule in document.lists}) != len(document.lists):
        yield fault("rating.clause_twice", "lists", found=document.lists[0].listing)
    if black is not None:
        yield from _black(document, black)
    if red is not None:
        yield from _red(document, red)
    if red is not None and black is not None and not _above(document, red, black):
        yield fault("rating.red_not_above_black", f"lists[{black.code}].band")
    for title in document.titles:
        yield from _title(document, title)


def _red(document: SchemeDocument, red: ListRule) -> Iterator[Problem]:
    clause = f"lists[{red.code}]"
    if red.kind not in RED_KINDS:
        yield fault("rating.clause_not_one_of", f"{clause}.kind", found=red.kind, choices="、".join(RED_KINDS))
    if red.needs_finding:
        yield fault("rating.clause_not_one_of", f"{clause}.needs_finding", found="true", choices="false")
    if red.reach != "names":
        yield fault("rating.clause_not_one_of", f"{clause}.reach", found=red.reach, choices="names")
    if document.rank(red.band) == len(document.bands) - 1:
        yield fault("rating.red_is_worst", f"{clause}.band")


def _above(document: SchemeDocument, red: ListRule, black: ListRule) -> bool:
    """Whether what the red list asks for lies above the black list's grade; a list by rank alone is not compared."""
    low, high = document.rank(black.band), document.rank(red.band)
    if red.kind == "score_least" and red.least_milli is not None:
        band = next((band for band in document.bands if band.holds(red.least_milli)), None)
        high = document.rank(band.code) if band else None
    return high is None or low is None or high < low


def _black(document: SchemeDocument, black: ListRule) -> Iterator[Problem]:
    clause = f"lists[{black.code}]"
    if black.kind not in BLACK_KINDS:
        yield fault("rating.clause_not_one_of", f"{clause}.kind", found=black.kind, choices="、".join(BLACK_KINDS))
    if document.rank(black.band) not in (None, len(document.bands) - 1):
        yield fault("rating.black_is_not_worst", f"{clause}.band")
    if black.or_better and black.kind == "band":
        yield fault("rating.black_is_not_worst", f"{clause}.or_better")
    if black.raters_least < RATERS_LEAST:
        yield fault("rating.black_needs_three", f"{clause}.raters_least", least=RATERS_LEAST, found=black.raters_least)
    if not black.needs_finding:
        yield fault("rating.black_needs_finding", f"{clause}.needs_finding")
    if not black.kin_excluded:
        yield fault("rating.black_excludes_kin", f"{clause}.kin_excluded")
    bare = [area.name for area in document.sheet.areas if not area.pictures and not area.extra]
    if bare:
        yield fault("rating.black_needs_pictures", "sheet.areas", areas="、".join(bare))


def _title(document: SchemeDocument, title: Title) -> Iterator[Problem]:
    """A title that would be lost by the very result that gives it is none; a streak may ask more to keep it than to get it."""
    clause = f"titles[{title.code}]"
    if title.lost_rounds > 1 and title.lost_band is None:
        yield out_of_place(f"{clause}.lost_rounds", "写了 lost_band 的称号", "写上 lost_band")
    given, lost = document.rank(title.band), document.rank(title.lost_band)
    if given is not None and lost is not None and lost <= given and title.lost_rounds == 1:
        yield fault("rating.title_lost_at_once", f"{clause}.lost_band")
    below = title.lost_below_milli
    if below is None:
        return
    if below > highest(document):
        yield out_of_range(f"{clause}.lost_below", decimal_text(below), "0", decimal_text(highest(document)))
    floor = title.least_milli if title.kind == "score_least" else None
    if given is not None and title.kind == "band":
        floor = document.bands[given].least_milli
    if floor is not None and below > floor:
        yield fault("rating.title_lost_at_once", f"{clause}.lost_below")
