"""Words no scheme may reward, charge or shame anyone with (DOMAIN §3, §4.8): short lists in `words`, explained in the how-to.

A refused word stops the scheme; a warned word is shown to the author and to whoever seconds it. Blanks and marks
between letters do not hide a word. Card, source and scheme names are not read: they carry disclaimers. Of a document of
engine 2 every other text is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.cautions import cautions
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.naming import clauses
from courtyard.rating.rules.words import (
    ASKED,
    BOUGHT_OFF,
    CHARACTER,
    CHARACTER_MORE,
    FINE,
    FINES,
    GIVEN,
    HELP,
    HELPED,
    INNOCENT,
    KEPT_BACK,
    MORE,
    SIMPLIFIED,
    SUBJECTS,
    TAKEN_BY_MONEY,
    WELFARE,
)

__all__ = ["CHARACTER", "SUBJECTS", "refused", "warned"]

_UNREAD = re.compile(r"(?:name|source|code|card\..*|frame\..*|budget\.source|sheet\.labels\[\w+\]\.key)")
_FINDING = re.compile(r"sheet\.areas\[\w+\]\.pictures\[\w+\]\..*")


def refused(document: SchemeDocument) -> list[Problem]:
    """Clauses on subjects no scheme may touch, and words on a person's character in findings."""
    texts = list(_texts(document))
    found = _subjects if document.engine == 1 else _subjects_2
    problems = found(document, texts)
    for clause, text in texts:
        if _FINDING.fullmatch(clause) and (word := _first(_bare(text), _character(document))):
            problems.append(Problem("rating.word_refused", {"clause": clause, "word": word}))
    return problems


def warned(document: SchemeDocument) -> list[Problem]:
    """Words on a person's character in names, and choices an assembly should know it is making."""
    problems = []
    for clause, text in _texts(document):
        if not _FINDING.fullmatch(clause) and (word := _first(_bare(text), _character(document))):
            problems.append(Problem("rating.word_warned", {"clause": clause, "word": word}))
    black = document.list_rule("black")
    if black is not None and black.reach == "names":
        problems.append(Problem("rating.names_warned", {"clause": f"lists[{black.code}].reach"}))
    best, highest = document.bands[0], next(iter(document.sheet.labels), None)
    if document.labels_only and highest is not None and not best.holds(highest.score_milli):
        facts = {"clause": f"bands[{best.code}].least", "band": best.name, "label": highest.name}
        problems.append(Problem("rating.out_of_reach_warned", facts))
    if document.budget is None:
        problems.append(Problem("rating.budget_warned", {"clause": "budget"}))
    if document.aggregate.raters_least < 3:
        found = document.aggregate.raters_least
        problems.append(Problem("rating.few_raters_warned", {"clause": "aggregate.raters_least", "found": found}))
    if document.engine > 1:
        problems.extend(cautions(document))
    return problems


def _refuse(clause: str, word: str, subject: str) -> Problem:
    return Problem("rating.subject_refused", {"clause": clause, "word": word, "subject": subject})


def _subjects(document: SchemeDocument, texts: list[tuple[str, str]]) -> list[Problem]:
    """Engine 1: a word is a word wherever it stands."""
    problems = []
    for clause, text in texts:
        for subject, words in SUBJECTS.items():
            if word := _first(_bare(text), words):
                problems.append(_refuse(clause, word, subject))
    return problems


def _subjects_2(document: SchemeDocument, texts: list[tuple[str, str]]) -> list[Problem]:
    """Engine 2: the same words and more, in simplified letters too; who is helped may be named where helping earns."""
    problems = []
    gives = dict(_gives(document))
    for clause, text in texts:
        bare = INNOCENT.sub("", _bare(text).translate(SIMPLIFIED))
        row = clause.rpartition(".")[0]
        for subject, words in SUBJECTS.items():
            word = _first(bare, (*words, *MORE[subject]))
            if word and not _is_help(bare, subject, word, gives.get(row, 0)):
                problems.append(_refuse(clause, word, subject))
        asked = ASKED.search(bare) if gives.get(row, 0) < 0 else None
        for pattern, subject in ((FINE.search(bare) or asked, FINES), (KEPT_BACK.search(bare), WELFARE)):
            if pattern and not any(
                one.facts["clause"] == clause and one.facts["subject"] == subject for one in problems
            ):
                problems.append(_refuse(clause, pattern.group(), subject))
        if clause.startswith("rewards[") and (sold := BOUGHT_OFF.search(bare)):
            problems.append(Problem("rating.bought_off", {"clause": clause, "word": sold.group()}))
    for deed in document.deeds:
        if deed.points_milli < 0 and deed.unit in TAKEN_BY_MONEY:
            problems.append(_refuse(f"deeds[{deed.code}].unit", deed.unit, FINES))
    return problems


def _gives(document: SchemeDocument) -> Iterator[tuple[str, int]]:
    """Row → above 0 where it gives a household something, below 0 where it takes points off."""
    for kind in ("awards", "deeds"):
        for row in getattr(document, kind):
            yield f"{kind}[{row.code}]", row.points_milli or (getattr(row, "rate_milli", None) or 0)
    for kind in ("rewards", "prizes"):
        for row in getattr(document, kind):
            yield f"{kind}[{row.code}]", 1


def _is_help(bare: str, subject: str, word: str, gives: int) -> bool:
    """Whether the word only says who is helped, or what a prize is called; never where money or welfare is kept back."""
    if gives <= 0 or subject not in HELPED or FINE.search(bare) or KEPT_BACK.search(bare):
        return False
    return bool(HELP.search(bare)) or word in GIVEN


def _character(document: SchemeDocument) -> tuple[str, ...]:
    return CHARACTER if document.engine == 1 else (*CHARACTER, *CHARACTER_MORE)


def _bare(text: str) -> str:
    """Letters and digits alone, in their plain shape."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in ("L", "N"))


def _first(bare: str, words: tuple[str, ...]) -> str | None:
    return next((word for word in words if word in bare), None)


def _texts(document: SchemeDocument) -> Iterator[tuple[str, str]]:
    """Every text that is read, with its clause."""
    if document.engine == 1:
        yield from _texts_1(document)
        return
    for clause, spec, value in clauses(document):
        if spec.kind == "text" and value and not _UNREAD.fullmatch(clause):
            yield clause, value


def _texts_1(document: SchemeDocument) -> Iterator[tuple[str, str]]:
    for label in document.sheet.labels:
        yield f"sheet.labels[{label.code}].name", label.name
    for area in document.sheet.areas:
        yield f"sheet.areas[{area.code}].name", area.name
        yield f"sheet.areas[{area.code}].looks", area.looks
    for kind in ("bands", "awards", "deeds", "lists", "titles"):
        for row in getattr(document, kind):
            yield f"{kind}[{row.code}].name", row.name
    for area in document.sheet.areas:
        for picture in area.pictures:
            clause = f"sheet.areas[{area.code}].pictures[{picture.code}]"
            yield f"{clause}.name", picture.name
            yield f"{clause}.seen", picture.seen
            yield f"{clause}.mend", picture.mend
