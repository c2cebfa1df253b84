"""Every key of every clause is said on the plain page: alter any one of a shipped scheme and the page reads otherwise."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from tests.rating.test_engine_2_properties import NAMES, scheme

from courtyard.rating.rules.documents import Picture, SchemeDocument
from courtyard.rating.rules.documents.declare import Declared, Spec, declared
from courtyard.rating.rules.plain import plain_language

# Said elsewhere: what stands on the sheet, the card's back or beside a result; or what is no rule.
ELSEWHERE = {
    "format",
    "engine",
    "code",
    "source",
    "unpublished",
    "key",
    "drawing",
    "needs_words",
    "category",
    "full_months",
}
# Said only beside a neighbour that most shipped schemes do not have: in one of them at least it must be.
SOMEWHERE = {
    ("Coverage", "drawn_share"), ("Coverage", "carried_band"), ("Coverage", "carried_earns"), ("Coverage", "carries_rounds"),
    ("Ranking", "by"), ("Ranking", "least_rated"), ("Ranking", "on_both"), ("Area", "marks"), ("Area", "each_finding"),
    ("Area", "least"), ("AwardRule", "points"), ("DeedRule", "unit"), ("Frame", "own_points_most"),
    ("ListRule", "needs_finding"), ("ListRule", "reach"), ("Star", "of"), ("AwardRule", "or_better"), ("Title", "or_better"),
    ("Prize", "or_better"), ("ListRule", "or_better"), ("Sheet", "marks"), ("Title", "lost_rounds"), ("Cap", "owner"),
    ("AwardRule", "kind"), ("ListRule", "kind"), ("Title", "kind"), ("Prize", "kind"), ("ListRule", "listing"),
    ("Aggregate", "even"), ("AwardRule", "ties"), ("AwardRule", "small"),
}  # fmt: skip


def _text(document: SchemeDocument) -> str:
    page = plain_language(document)
    return page.title + "\n".join(sentence.text for section in page.sections for sentence in section.sentences)


def _other(spec: Spec, held: Any) -> Any:
    """Another value of the same kind; None where there is none to try."""
    if spec.kind == "flag":
        return not held
    if spec.kind == "choice":
        return next((one for one in spec.choices if one != held), None)
    if spec.kind in ("whole", "milli") and held is not None:
        return held + (1000 if spec.kind == "milli" else 1)
    if spec.kind == "text" and held:
        return held + "改"
    if spec.kind == "day" and held:
        return "2031-07-09"
    if spec.kind == "month_day" and held:
        return "07-09" if held != "07-09" else "07-08"
    return None


def _altered(clause: Any, top: bool = True) -> Iterator[tuple[str, Declared, Any]]:
    """Every key of a clause and of the clauses in it, altered: the class, the key, the clause as it would be."""
    for row in declared(type(clause)):
        held = getattr(clause, row.name)
        if isinstance(clause, Picture) or row.key in ELSEWHERE:
            continue
        if row.spec.only and getattr(clause, row.spec.only[0], None) not in row.spec.only[1]:
            continue
        if row.spec.kind == "table" and held is not None:
            for name, inner, other in _altered(held, top=False):
                yield name, inner, dataclasses.replace(clause, **{row.name: other})
        elif row.spec.kind == "tables":
            for place, one in enumerate(held):
                for name, inner, other in _altered(one, top=False):
                    yield (
                        name,
                        inner,
                        dataclasses.replace(clause, **{row.name: (*held[:place], other, *held[place + 1 :])}),
                    )
        else:
            other = _other(row.spec, held)
            if other is not None:
                yield type(clause).__name__, row, dataclasses.replace(clause, **{row.name: other})


def _unsaid(name: str) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Keys whose change the page of a shipped scheme does not show, and those it shows."""
    document = scheme(name)
    before = _text(document)
    unsaid, said = set(), set()
    for clause, row, other in _altered(document):
        (unsaid if _text(other) == before else said).add((clause, row.key))
    return unsaid, said


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_said(name: str) -> None:
    unsaid, said = _unsaid(name)
    assert len(said) > 40
    assert sorted(unsaid - SOMEWHERE) == []


def test_what_only_some_schemes_can_say_one_of_them_says() -> None:
    said = set().union(*(_unsaid(name)[1] for name in NAMES))
    tried = said.union(*(_unsaid(name)[0] for name in NAMES))
    assert sorted((SOMEWHERE & tried) - said) == []
