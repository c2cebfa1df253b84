"""Clauses of a sound document that change nothing: written by mistake, or left over from another scheme."""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.rating.rules.coherence.points import held_by
from courtyard.rating.rules.documents import SchemeDocument

Idle = tuple[str, str]


def idle(document: SchemeDocument) -> Iterator[Idle]:
    """(clause, why it does nothing), in the order of the document."""
    yield from _looking(document)
    yield from _earning(document)
    yield from _rungs(document)


def _looking(document: SchemeDocument) -> Iterator[Idle]:
    if document.sheet.labels and all(document.marks_of(area) != "labels" for area in document.sheet.areas):
        yield "sheet.labels", "没有一项是评字的"
    coverage = document.coverage
    light = len(coverage.full_months) < 12
    if light and not coverage.carried_band:
        yield "coverage.full_months", "没有写哪一等可以免看(carried_band),每个月都是每户都看"
    if not light and (coverage.drawn_share_milli not in (0, 1000) or coverage.carried_earns or coverage.carries_rounds):
        yield "coverage.full_months", "每个月都是每户都看,没有免看的户"
    if document.review is None:
        for title in document.titles:
            loses = title.lost_below_milli is not None or title.lost_band is not None or title.while_met
            if title.recheck_months and not loses:
                yield (
                    f"titles[{title.code}].recheck_months",
                    "没有写复查看到什么就摘牌(lost_below、lost_band 或 review)",
                )


def _earning(document: SchemeDocument) -> Iterator[Idle]:
    for multiplier in document.multipliers:
        if multiplier.factor_milli == 1000:
            yield f"multipliers[{multiplier.code}].factor", "乘 1 等于没有乘"
    for cap in document.caps:
        rules = held_by(document, cap)
        signs = {(rule.points_milli < 0) == cap.taken for rule in rules}
        if True not in signs:
            yield f"caps[{cap.code}]", "它管的这些里没有减分的" if cap.taken else "它管的这些里没有得分的"
    lapsing = {ledger.code for ledger in document.ledgers if ledger.valid_months}
    for deed in document.deeds:
        clause = f"deeds[{deed.code}]"
        if deed.unit and deed.per_milli is None and not deed.prices:
            yield f"{clause}.unit", "没有写每满多少(per),也没有价目(prices),按次算"
        if deed.until_mended and not (deed.valid_months or {deed.ledger, *deed.also} & lapsing):
            yield f"{clause}.until_mended", "这一条和它记的账都不过期"
        if deed.year_points is not None and deed.points_milli < 0:
            yield f"{clause}.year_points", "它只管得分,这一条是减分的(减分的封顶写在 caps 里,taken = true)"
    for kind in ("dedupes", "repeats"):
        for row in getattr(document, kind):
            if not document.deeds:
                yield f"{kind}[{row.code}]", "办法里没有事项"
    for repeat in document.repeats:
        if repeat.factor_milli == 1000:
            yield f"repeats[{repeat.code}].factor", "乘 1 等于没有乘"
    for reset in document.resets:
        if reset.keep_share_milli == 1000:
            yield f"resets[{reset.code}].keep_share", "全都留下,等于没有清"


def _rungs(document: SchemeDocument) -> Iterator[Idle]:
    for veto in document.vetoes:
        if veto.band == document.bands[0].code:
            yield f"vetoes[{veto.code}].band", "它已经是最好的一等"
    for gate in document.gates:
        if gate.band == document.bands[-1].code and gate.star is None:
            yield f"gates[{gate.code}].band", "没有比它更低的等次"
        if gate.star is not None and document.stars and gate.star == document.stars[-1].code and gate.band is None:
            yield f"gates[{gate.code}].star", "没有比它更低的星级"
