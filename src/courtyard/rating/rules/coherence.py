"""Whether the clauses of a document agree with one another, and with the lines no scheme may cross (DOMAIN §4)."""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import DECLINED, AwardRule, Band, DeedRule, ListRule, SchemeDocument
from courtyard.rating.rules.naming import named

RATERS_LEAST = 3  # fewer than three marks: points may follow, a black-list entry never (DOMAIN §4.2)
KEPT_KEYS = frozenset("089")  # declined, not at home, kin: the same keys under every scheme
CREDIT_WORD = "征信"
CREDIT_DISCLAIMER = "非金融征信"


def incoherent(document: SchemeDocument) -> list[Problem]:
    """Every disagreement between clauses, in the order of the document."""
    return [
        *_sheet(document),
        *_bands(document),
        *_references(document),
        *_caps(document),
        *_deeds(document),
        *_lists(document),
    ]


def _problem(code: str, clause: str, **facts: object) -> Problem:
    return Problem(code, {"clause": clause, **facts})


def _sheet(document: SchemeDocument) -> Iterator[Problem]:
    total = sum(area.weight for area in document.sheet.areas)
    if total != 100:
        yield _problem("rating.weights_not_hundred", "sheet.areas", found=total)
    if all(area.consent for area in document.sheet.areas):
        yield _problem("rating.only_consent_areas", "sheet.areas")
    scores = [label.score_milli for label in document.sheet.labels]
    if any(better <= worse for better, worse in zip(scores, scores[1:], strict=False)):
        yield _problem("rating.labels_not_descending", "sheet.labels")
    keys: set[str] = set()
    for label in document.sheet.labels:
        if label.code == DECLINED:
            yield _problem("rating.code_kept", f"sheet.labels[{label.code}]", found=DECLINED)
        if not label.key.isascii() or not label.key.isalnum() or label.key in KEPT_KEYS:
            kept = "、".join(sorted(KEPT_KEYS))
            yield _problem("rating.key_kept", f"sheet.labels[{label.code}].key", found=label.key, kept=kept)
        if label.key in keys:
            yield _problem("rating.clause_twice", "sheet.labels", found=label.key)
        keys.add(label.key)
    pictures: set[str] = set()
    for area in document.sheet.areas:
        for picture in area.pictures:
            if picture.code in pictures:
                yield _problem("rating.clause_twice", f"sheet.areas[{area.code}].pictures", found=picture.code)
            pictures.add(picture.code)
    if CREDIT_WORD in document.card.name and CREDIT_DISCLAIMER not in document.card.disclaimer:
        yield _problem("rating.card_needs_disclaimer", "card.disclaimer", write=CREDIT_DISCLAIMER)


def _bands(document: SchemeDocument) -> Iterator[Problem]:
    """Best first; from 100 down to 0, every score in exactly one band."""
    bands = document.bands
    for band in bands:
        if band.least_milli > band.most_milli or (band.least_milli == band.most_milli and band.includes != "both"):
            yield _problem("rating.band_empty", f"bands[{band.code}]")
    if bands[0].most_milli != 100_000 or not bands[0].holds(100_000):
        yield _problem("rating.bands_short", f"bands[{bands[0].code}].most", write="100(含)")
    if bands[-1].least_milli != 0 or not bands[-1].holds(0):
        yield _problem("rating.bands_short", f"bands[{bands[-1].code}].least", write="0(含)")
    for better, worse in zip(bands, bands[1:], strict=False):
        yield from _seam(better, worse)


def _seam(better: Band, worse: Band) -> Iterator[Problem]:
    clause, facts = f"bands[{worse.code}]", {"better": better.name, "worse": worse.name}
    bound = better.least_milli
    if worse.most_milli > bound:
        yield _problem("rating.bands_overlap", clause, **facts)
    elif worse.most_milli < bound:
        yield _problem("rating.bands_gap", clause, **facts)
    elif better.holds(bound) and worse.holds(bound):
        yield _problem("rating.bands_overlap", clause, **facts)
    elif not better.holds(bound) and not worse.holds(bound):
        yield _problem("rating.bands_gap", clause, **facts)


def _references(document: SchemeDocument) -> Iterator[Problem]:
    """Every code a clause names stands in the document."""
    known = {
        "bands": [band.code for band in document.bands],
        "ledgers": [ledger.code for ledger in document.ledgers],
        "awards": [rule.code for rule in document.awards],
        "deeds": [deed.code for deed in document.deeds],
        "titles": [title.code for title in document.titles],
        "stars": [star.code for star in document.stars],
        "areas": [area.code for area in document.sheet.areas],
        "lists": [rule.listing for rule in document.lists],
        "categories": sorted({deed.category for deed in document.deeds if deed.category}),
        "findings": [picture.code for area in document.sheet.areas for picture in area.pictures],
    }
    for clause, kind, code in named(document):
        if code and code not in known[kind]:
            choices = "、".join(sorted(known[kind])) or "(一个也没有)"
            yield _problem("rating.names_nothing", clause, found=code, choices=choices)
    if document.engine == 1:
        for ledger in document.ledgers:
            if not ledger.spendable:
                clause = f"ledgers[{ledger.code}].spendable"
                yield _problem("rating.clause_not_one_of", clause, found="false", choices="true")
    for rule in document.awards:
        if rule.steps is not None and rule.steps >= len(document.bands):
            yield _problem(
                "rating.clause_out_of_range",
                f"awards[{rule.code}].steps",
                found=str(rule.steps),
                least=1,
                most=len(document.bands) - 1,
            )


def _caps(document: SchemeDocument) -> Iterator[Problem]:
    seen: set[str] = set()
    for cap in document.caps:
        if cap.ledger in seen:
            yield _problem("rating.clause_twice", "caps", found=cap.ledger)
        seen.add(cap.ledger)
        earning: list[AwardRule | DeedRule] = [*document.awards, *document.deeds]
        for rule in earning:
            if rule.ledger == cap.ledger and rule.points > cap.points:
                yield _problem(
                    "rating.cap_below_award",
                    f"caps[{cap.code}].points",
                    cap=cap.points,
                    award=rule.name,
                    points=rule.points,
                )


def _deeds(document: SchemeDocument) -> Iterator[Problem]:
    """A deed fits into its own year, and at most one is what a neighbour's help earns."""
    for deed in document.deeds:
        if deed.year_points is not None and deed.year_points < deed.points:
            clause, found = f"deeds[{deed.code}].year_points", str(deed.year_points)
            yield _problem("rating.clause_out_of_range", clause, found=found, least=deed.points, most=10_000)
    helping = [deed for deed in document.deeds if deed.helping]
    if len(helping) > 1:
        yield _problem("rating.clause_twice", "deeds.helping", found=helping[1].name)


def _lists(document: SchemeDocument) -> Iterator[Problem]:
    red, black = document.list_rule("red"), document.list_rule("black")
    if len({rule.listing for rule in document.lists}) != len(document.lists):
        yield _problem("rating.clause_twice", "lists", found=document.lists[0].listing)
    if black is not None:
        yield from _black(document, black)
    if red is not None and red.needs_finding:
        yield _problem("rating.clause_not_one_of", f"lists[{red.code}].needs_finding", found="true", choices="false")
    if red is not None and red.reach != "names":
        yield _problem("rating.clause_not_one_of", f"lists[{red.code}].reach", found=red.reach, choices="names")
    if red is not None and document.rank(red.band) == len(document.bands) - 1:
        yield _problem("rating.red_is_worst", f"lists[{red.code}].band")
    if red is not None and black is not None and not _ranked(document, red, black):
        yield _problem("rating.red_not_above_black", f"lists[{black.code}].band")


def _ranked(document: SchemeDocument, red: ListRule, black: ListRule) -> bool:
    high, low = document.rank(red.band), document.rank(black.band)
    return high is None or low is None or high < low


def _black(document: SchemeDocument, black: ListRule) -> Iterator[Problem]:
    clause = f"lists[{black.code}]"
    if document.rank(black.band) not in (None, len(document.bands) - 1):
        yield _problem("rating.black_is_not_worst", f"{clause}.band")
    if black.raters_least < RATERS_LEAST:
        yield _problem(
            "rating.black_needs_three", f"{clause}.raters_least", least=RATERS_LEAST, found=black.raters_least
        )
    if not black.needs_finding:
        yield _problem("rating.black_needs_finding", f"{clause}.needs_finding")
    if not black.kin_excluded:
        yield _problem("rating.black_excludes_kin", f"{clause}.kin_excluded")
    bare = [area.name for area in document.sheet.areas if not area.pictures]
    if bare:
        yield _problem("rating.black_needs_pictures", "sheet.areas", areas="、".join(bare))
