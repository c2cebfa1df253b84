"""The sheet: weights, words and their keys, items, findings and what they take off, the card's disclaimer."""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.coherence.faults import fault, out_of_place, out_of_range
from courtyard.rating.rules.documents import DECLINED, LOOKED, NOT_APPLICABLE, Area, SchemeDocument, decimal_text

KEPT_KEYS = frozenset("089")  # declined, not at home, kin: the same keys under every scheme
KEPT_CODES = {DECLINED: "主人没同意进屋", NOT_APPLICABLE: "这一户没有这一条", LOOKED: "看过了、按看到的减分"}
CREDIT_WORD = "征信"
CREDIT_DISCLAIMER = "非金融征信"
LABELS_LEAST = 2
WHOLE_MOST = 10_000  # points; what a band's bound can hold


def sheet_faults(document: SchemeDocument) -> Iterator[Problem]:
    """Every fault of the sheet and of the card, in the order of the document."""
    yield from _weights(document)
    yield from _labels(document)
    for area in document.sheet.areas:
        yield from _items(document, area)
        yield from _findings(document, area)
    yield from _codes(document)
    if CREDIT_WORD in document.card.name and CREDIT_DISCLAIMER not in document.card.disclaimer:
        yield fault("rating.card_needs_disclaimer", "card.disclaimer", write=CREDIT_DISCLAIMER)


def _weights(document: SchemeDocument) -> Iterator[Problem]:
    needed = [area for area in document.sheet.areas if not area.extra]
    if not needed:
        yield fault("rating.only_extra_areas", "sheet.areas")
        return
    total = sum(area.weight for area in needed)
    if document.labels_only and total != 100:
        yield fault("rating.weights_not_hundred", "sheet.areas", found=total)
    if document.most_milli > WHOLE_MOST * 1000:
        yield out_of_range("sheet.areas", decimal_text(document.most_milli), "1", str(WHOLE_MOST))
    if all(area.consent for area in needed):
        yield fault("rating.only_consent_areas", "sheet.areas")


def _labels(document: SchemeDocument) -> Iterator[Problem]:
    labels = document.sheet.labels
    worded = [area.name for area in document.sheet.areas if document.marks_of(area) == "labels"]
    if worded and len(labels) < LABELS_LEAST:
        yield fault("rating.labels_missing", "sheet.labels", areas="、".join(worded), least=LABELS_LEAST)
    scores = [label.score_milli for label in labels]
    if any(better <= worse for better, worse in zip(scores, scores[1:], strict=False)):
        yield fault("rating.labels_not_descending", "sheet.labels")
    keys: set[str] = set()
    for label in labels:
        if label.code in KEPT_CODES:
            clause = f"sheet.labels[{label.code}]"
            yield fault("rating.code_kept", clause, found=label.code, means=KEPT_CODES[label.code])
        if not label.key.isascii() or not label.key.isalnum() or label.key in KEPT_KEYS:
            kept = "、".join(sorted(KEPT_KEYS))
            yield fault("rating.key_kept", f"sheet.labels[{label.code}].key", found=label.key, kept=kept)
        if label.key in keys:
            yield fault("rating.clause_twice", "sheet.labels", found=label.key)
        keys.add(label.key)


def _items(document: SchemeDocument, area: Area) -> Iterator[Problem]:
    if not area.items:
        return
    clause = f"sheet.areas[{area.code}].items"
    if document.marks_of(area) != "scores":
        yield out_of_place(clause, "打分数的项", '把这一项的 marks 写成 "scores"')
    total = sum(item.most_milli for item in area.items)
    if total != area.weight * 1000:
        yield fault("rating.items_not_weight", clause, found=decimal_text(total), weight=area.weight)
    for item in area.items:
        if item.code in KEPT_CODES:
            yield fault("rating.code_kept", f"{clause}[{item.code}]", found=item.code, means=KEPT_CODES[item.code])


def _findings(document: SchemeDocument, area: Area) -> Iterator[Problem]:
    """An area that loses points by what is found: every place found takes something off, never more than there is."""
    clause = f"sheet.areas[{area.code}]"
    taken = [(f"{clause}.each_finding", area.each_finding_milli)]
    taken += [(f"{clause}.pictures[{one.code}].deduct", one.deduct_milli) for one in area.pictures]
    if document.marks_of(area) != "findings":
        places = [place for place, milli in taken if milli is not None]
        places += [f"{clause}.least"] if area.least_milli else []
        yield from (out_of_place(one, "看到几处减几分的项", '把这一项的 marks 写成 "findings"') for one in places)
        return
    if not area.pictures:
        yield fault("rating.findings_need_pictures", f"{clause}.pictures", area=area.name)
    for picture in area.pictures:
        if picture.deduct_milli is None and area.each_finding_milli is None:
            yield fault("rating.finding_takes_nothing", f"{clause}.pictures[{picture.code}].deduct", name=picture.name)
    for place, milli in taken:
        if milli is not None and milli > area.weight * 1000:
            yield out_of_range(place, decimal_text(milli), "0", str(area.weight))
    if area.least_milli >= area.weight * 1000:
        yield fault("rating.least_is_all", f"{clause}.least", found=decimal_text(area.least_milli), weight=area.weight)


def _codes(document: SchemeDocument) -> Iterator[Problem]:
    """Codes of pictures and of items stand once in the whole sheet."""
    for kind in ("pictures", "items"):
        seen: set[str] = set()
        for area in document.sheet.areas:
            for row in getattr(area, kind):
                if row.code in seen:
                    yield fault("rating.clause_twice", f"sheet.areas[{area.code}].{kind}", found=row.code)
                seen.add(row.code)
