"""Grades: bands without gap or overlap, stars over the whole line, ranks, classes, vetoes, the spot check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.coherence.faults import fault, highest, out_of_place, out_of_range
from courtyard.rating.rules.documents import Band, SchemeDocument, Star, Veto, decimal_text
from courtyard.rating.rules.naming import Conditional, conditions

OPEN_TOP, OPEN_BOTTOM = "去掉 most(上不封顶)", "去掉 least(下不封底)"


def grade_faults(document: SchemeDocument) -> Iterator[Problem]:
    """Every fault of what a score becomes."""
    yield from _bands(document)
    yield from _stars(document)
    if document.ranking.by == "standing" and not document.ranking.ledger:
        yield fault("rating.clause_missing", "ranking.ledger", write="按哪本账排,写账的代号")
    for clause, rule in conditions(document):
        yield from _condition(document, clause, rule)
    for veto in document.vetoes:
        yield from _veto(veto)
    yield from _review(document)


def _bands(document: SchemeDocument) -> Iterator[Problem]:
    """Best first; from the highest score there is down to 0, every score in exactly one band.

    Where several visits of a period are added up, the best band may reach higher than one visit can.
    """
    bands, top = document.bands, document.most_milli
    for band in bands:
        yield from _empty(f"bands[{band.code}]", band.least_milli, band.most_milli, band.includes)
    short = bands[0].most_milli < top if document.aggregate.visits == "sum" else bands[0].most_milli != top
    words = decimal_text(top)
    if short or not bands[0].holds(bands[0].most_milli):
        yield fault("rating.bands_short", f"bands[{bands[0].code}].most", top=words, write=f"{words}(含)")
    if bands[-1].least_milli != 0 or not bands[-1].holds(0):
        yield fault("rating.bands_short", f"bands[{bands[-1].code}].least", top=words, write="0(含)")
    yield from _seams("bands", bands)


def _empty(clause: str, least: int | None, most: int | None, includes: str) -> Iterator[Problem]:
    if least is not None and most is not None and (least > most or (least == most and includes != "both")):
        yield fault("rating.band_empty", clause)


def _seams(kind: str, rungs: Sequence[Band | Star]) -> Iterator[Problem]:
    """Between two neighbours, the better first: the bound belongs to exactly one of them."""
    for better, worse in zip(rungs, rungs[1:], strict=False):
        clause, facts = f"{kind}[{worse.code}]", {"better": better.name, "worse": worse.name}
        bound, reached = better.least_milli, worse.most_milli
        if bound is None or reached is None or reached > bound:
            yield fault("rating.bands_overlap", clause, **facts)
        elif reached < bound:
            yield fault("rating.bands_gap", clause, **facts)
        elif better.holds(bound) and worse.holds(bound):
            yield fault("rating.bands_overlap", clause, **facts)
        elif not better.holds(bound) and not worse.holds(bound):
            yield fault("rating.bands_gap", clause, **facts)


def _stars(document: SchemeDocument) -> Iterator[Problem]:
    """Highest first, read from one thing, over every value that can come: a standing has no end but its own floor."""
    stars = document.stars
    if not stars:
        return
    for star in stars:
        if star.of == "standing" and not star.ledger:
            yield fault("rating.clause_missing", f"stars[{star.code}].ledger", write="看哪本账,写账的代号")
        yield from _empty(f"stars[{star.code}]", star.least_milli, star.most_milli, star.includes)
    mixed = next((star for star in stars if (star.of, star.ledger) != (stars[0].of, stars[0].ledger)), None)
    if mixed is not None:
        yield fault("rating.stars_mixed", f"stars[{mixed.code}]", first=stars[0].name, other=mixed.name)
        return
    scored, best, last, top = stars[0].of == "score", stars[0], stars[-1], highest(document)
    reaches = scored and (best.most_milli or 0) >= top and best.holds(top)
    if best.most_milli is not None and not reaches:
        write = f"{decimal_text(top)}(含)" if scored else OPEN_TOP
        yield fault("rating.stars_short", f"stars[{best.code}].most", write=write)
    ledger = next((ledger for ledger in document.ledgers if ledger.code == last.ledger), None)
    floored = scored or (ledger is not None and ledger.negative != "debt")
    if last.least_milli is not None and not (floored and last.least_milli <= 0 and last.holds(0)):
        yield fault("rating.stars_short", f"stars[{last.code}].least", write="0(含)" if floored else OPEN_BOTTOM)
    yield from _seams("stars", stars)


def _condition(document: SchemeDocument, clause: str, rule: Conditional) -> Iterator[Problem]:
    """Ranks say how many in exactly one way; a score that is asked for can be reached."""
    if rule.kind in ("first", "last"):
        if (rule.count is None) == (rule.share_milli is None):
            yield fault("rating.rank_needs_one", f"{clause}.count")
        if rule.share_milli == 0:
            yield out_of_range(f"{clause}.share", "0", "0.001", "1")
    if rule.least_milli is not None:
        yield from _asked(document, clause, rule.kind, rule.area, rule.least_milli)
    steps = getattr(rule, "steps", None)
    if steps is not None and steps >= len(document.bands):
        yield out_of_range(f"{clause}.steps", str(steps), "1", str(len(document.bands) - 1))
    if rule.recheck and document.review is None:
        yield fault("rating.review_missing", "review", asking=f"{clause}.recheck")
    elif rule.recheck and document.review is not None and document.review.effect == "flags":
        yield fault("rating.review_only_flags", "review.effect", asking=f"{clause}.recheck")


def _asked(document: SchemeDocument, clause: str, kind: str, area: str | None, least: int) -> Iterator[Problem]:
    most = highest(document) if kind in ("score_least", "better_by") else None
    if kind == "area":
        weights = [one.weight for one in document.sheet.areas if one.code == area]
        most = 100_000 if document.labels_only else weights[0] * 1000 if weights else None
    lowest = 1 if kind == "better_by" else 0
    if most is not None and not lowest <= least <= most:
        yield out_of_range(f"{clause}.least", decimal_text(least), decimal_text(lowest), decimal_text(most))


def _veto(veto: Veto) -> Iterator[Problem]:
    clause = f"vetoes[{veto.code}]"
    if not veto.findings and not veto.deeds:
        yield fault("rating.clause_missing", f"{clause}.findings", write="看到的情况的代号,或在 deeds 里写事项的代号")
    if "grade" in veto.effects and veto.band is None:
        yield fault("rating.clause_missing", f"{clause}.band", write="最多算哪一等,写等次的代号")
    if "grade" not in veto.effects and veto.band is not None:
        yield out_of_place(f"{clause}.band", "effects 里有 grade 的", "在 effects 里加上 grade")


def _review(document: SchemeDocument) -> Iterator[Problem]:
    review = document.review
    if review is not None and review.least_milli is not None and review.least_milli > highest(document):
        words = decimal_text(review.least_milli), "0", decimal_text(highest(document))
        yield out_of_range("review.least", *words)
