"""A scheme in plain Chinese, numbered like a covenant, so that every result can name the clause it came from (D21)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.plain import earning, grading, looking, standing
from courtyard.rating.rules.plain.words import Said, band_words

NUMERALS = "一二三四五六七八九十"
OLDEST = 8  # the sections every page has, empty or not: numbers of sentences stay what they were
OWN_MARK = "〔自定〕"
OWN_NOTE = "标「自定」的,上级没有公布这个数,由本办法自己定,村民会议可以改。"


@dataclass(frozen=True)
class Sentence:
    """One numbered sentence, the clauses of the document it says, and whether its number is our own choice."""

    number: str
    text: str
    clauses: tuple[str, ...]
    unpublished: bool


@dataclass(frozen=True)
class Section:
    """A heading and its sentences."""

    number: str
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class PlainPage:
    """The whole scheme for the board and the web page; `note` says what 〔自定〕 means, where it occurs."""

    title: str
    source: str
    note: str
    sections: tuple[Section, ...]


def plain_language(document: SchemeDocument) -> PlainPage:
    """The scheme as headings and sentences; every clause is said once."""
    parts: tuple[tuple[str, Callable[[SchemeDocument], Iterable[Said]]], ...] = (
        ("看什么", looking.what),
        ("怎么打分", looking.how),
        ("等次", grading.bands),
        ("积分", earning.points),
        ("红榜、黑榜和标杆户", standing.lists),
        ("公示以前的步骤", standing.steps),
        ("多久看一次", looking.often),
        ("卡和积分的用处", _card),
        ("说清楚的几件事", standing.answers),
    )
    sections = []
    for place, (heading, say) in enumerate(parts):
        number = f"第{NUMERALS[place]}条"
        sentences = tuple(
            Sentence(f"{number}({n})", f"{text}{OWN_MARK}" if own else text, clauses, own)
            for n, (text, clauses, own) in enumerate(say(document), start=1)
        )
        if sentences or place < OLDEST:
            sections.append(Section(number, heading, sentences))
    own_numbers = any(sentence.unpublished for section in sections for sentence in section.sentences)
    return PlainPage(document.name, document.source, OWN_NOTE if own_numbers else "", tuple(sections))


def clause_numbers(document: SchemeDocument) -> dict[str, str]:
    """Clause of the document → its number on the plain page, e.g. awards.good → 第四条(1)."""
    return {
        clause: sentence.number
        for section in plain_language(document).sections
        for sentence in section.sentences
        for clause in sentence.clauses
    }


def _card(document: SchemeDocument) -> Iterable[Said]:
    yield from standing.card(document)
    yield from earning.spending(document)
    yield "办事不看红黑榜;亮卡只多得、不少办。", ("statutory",), False


__all__ = ["OWN_MARK", "OWN_NOTE", "PlainPage", "Section", "Sentence", "band_words", "clause_numbers", "plain_language"]
