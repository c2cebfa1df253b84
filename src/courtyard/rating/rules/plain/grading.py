"""Grades, stars, ranks, classes, what overrules a score, spot checks: said aloud."""

from __future__ import annotations

from collections.abc import Iterable

from courtyard.rating.rules.documents import SchemeDocument, Veto, decimal_text
from courtyard.rating.rules.plain.words import Said, band_words, bounds, listed, name_of

REVIEW_WORDS = {
    "replaces": "镇里抽查的,抽查的分代替这一期的分。",
    "flags": "镇里抽查的,只对照,不改这一期的结果。",
}
EFFECT_WORDS = {"no_awards": "这一期不新增积分", "no_lists": "这一期不上榜、不给称号和奖", "not_ranked": "这一期不排名"}


def bands(document: SchemeDocument) -> Iterable[Said]:
    """Every grade with its bounds, then what else the score or the standing leads to."""
    for band in document.bands:
        yield f"{band_words(band)}为「{band.name}」。", (f"bands.{band.code}",), band.unpublished
    for star in document.stars:
        of = "总分" if star.of == "score" else name_of(document.ledgers, star.ledger)
        text = f"{of} {bounds(star.least_milli, star.most_milli, star.includes)}为「{star.name}」。"
        yield text, (f"stars.{star.code}",), star.unpublished
    yield from _ranking(document)
    for veto in document.vetoes:
        yield _vetoed(document, veto), (f"vetoes.{veto.code}",), veto.unpublished
    review = document.review
    if review is not None:
        text = REVIEW_WORDS.get(
            review.effect,
            f"镇里抽查的,抽查不到 {decimal_text(review.least_milli or 0)} 分的,这一期不上红榜,不给称号和奖。",
        )
        yield text, ("review",), review.unpublished


def _ranking(document: SchemeDocument) -> Iterable[Said]:
    ranking = document.ranking
    if document.engine == 1:
        return
    by = "总分" if ranking.by == "score" else name_of(document.ledgers, ranking.ledger)
    ranked = any(
        getattr(rule, "kind", "") in ("first", "last")
        for rules in (document.awards, document.lists, document.titles, document.prizes)
        for rule in rules
    )
    if ranked:
        both = "只算在前" if ranking.on_both == "first" else "前后都不算"
        least = f"评了的不到 {ranking.least_rated} 户就不排名。" if ranking.least_rated else ""
        text = f"排名按{by}排,分一样的名次一样,从来不抽签。户数少、又在前又在后的,{both}。{least}"
        yield text, ("ranking",), ranking.unpublished
    if document.classes:
        names = listed(one.name for one in document.classes)
        yield f"分类排名:{names}各排各的;没有写明类别的,算第一类。", ("classes",), False


def _vetoed(document: SchemeDocument, veto: Veto) -> str:
    names = {row.code: row.name for area in document.sheet.areas for row in area.pictures}
    names |= {deed.code: deed.name for deed in document.deeds}
    causes = listed(names.get(code, code) for code in (*veto.findings, *veto.deeds))
    effects = [EFFECT_WORDS[effect] for effect in veto.effects if effect != "grade"]
    if "grade" in veto.effects:
        effects.insert(0, f"等次最多算「{name_of(document.bands, veto.band)}」")
    return f"{veto.name}({causes}):{';'.join(effects)}。当场改好的不算。"
