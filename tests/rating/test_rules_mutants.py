"""Broken documents are refused, never a crash; what is sound the engine runs, and points that can be spent stay whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rating.mutants import bent, broken
from tests.rating.worked import said

from courtyard.rating.rules import engine_2
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import Area, SchemeDocument, canonical
from courtyard.rating.rules.facts import Mark, Seen
from courtyard.rating.rules.parsing import check_data, parse_json
from courtyard.rating.rules.questions import questions

CHANCES = st.integers(0, 1 << 40).map(Random)  # a seed of its own, so that every draw is as wild as the next


@settings(max_examples=150)
@given(CHANCES)
def test_what_nobody_would_write_is_refused_with_its_clause_and_never_a_crash(chance: Random) -> None:
    found = check_data(broken(chance))
    for problem in (*found.problems, *found.warnings):
        assert problem.facts.get("clause") or problem.facts.get("field")
        assert 5 < len(said(problem)) < 1500
    assert (found.document is None) == bool(found.problems)


@settings(max_examples=150)
@given(CHANCES)
def test_a_sound_document_reads_back_from_its_canonical_text_and_answers_every_question(chance: Random) -> None:
    document = check_data(bent(chance)).document
    if document is not None:
        assert parse_json(canonical(document)) == document
        assert len(questions(document)) == 13


def _given(chance: Random, document: SchemeDocument, area: Area) -> str:
    marks = document.marks_of(area)
    if area.consent and chance.random() < 0.2:
        return "declined"
    if marks == "labels":
        return chance.choice(document.sheet.labels).code
    if marks == "findings":
        return "looked"
    if not area.items:
        return str(chance.randint(0, area.weight))
    parts = (
        "na" if item.optional and chance.random() < 0.4 else str(chance.randint(0, item.most_milli // 1000))
        for item in area.items
    )
    return "+".join(parts)


def _mark(chance: Random, document: SchemeDocument) -> Mark:
    areas = [area for area in document.sheet.areas if chance.random() < 0.85]
    seen = [Seen(area.code, one.code, chance.random() < 0.3) for area in areas for one in area.pictures]
    return Mark(
        tuple((area.code, _given(chance, document, area)) for area in areas),
        tuple(one for one in seen if chance.random() < 0.3),
        kin=chance.random() < 0.1,
    )


def _event(chance: Random, document: SchemeDocument, homes: list[s.Home]) -> s.Event:
    home, day = chance.choice(homes), date(2026, 1, 1) + timedelta(days=chance.randint(0, 400))
    member = chance.choice(home.members or ("",))
    what = chance.random()
    if what < 0.6 or not document.deeds:
        marks = tuple(_mark(chance, document) for _ in range(3))
        visit = s.Visit(home.code, day, marks, spot=chance.random() < 0.2)
        return visit if chance.random() < 0.8 else replace(visit, score_milli=chance.randint(0, document.most_milli))
    if what < 0.85:
        rule = chance.choice(document.deeds)
        counted = rule.per_milli is not None or rule.prices
        return s.Deed(
            home.code, day, rule.code, member, chance.choice([1, 3]), chance.choice([0, 95_000]) if counted else None,
            rule.prices[0].kind if rule.prices else "", chance.choice(["", "e"]), day + timedelta(days=chance.choice([0, 40])),
            day + timedelta(days=9) if chance.random() < 0.3 else None, chance.random() < 0.1,
        )  # fmt: skip
    if what < 0.97 and document.rewards:
        return s.Spend(home.code, day, member, reward=chance.choice(document.rewards).code)
    return s.Merge(home.code, day, homes[0].code) if home != homes[0] else s.Visit(home.code, day, score_milli=0)


@settings(max_examples=80)
@given(CHANCES)
def test_what_is_sound_the_engine_runs(chance: Random) -> None:
    document = check_data(bent(chance)).document
    if document is None:
        return
    document = replace(document, engine=2)
    classes = [one.code for one in document.classes] or [""]
    homes = [s.Home(f"h{n}", (f"h{n}a", f"h{n}b"), "g", "v", chance.choice(classes)) for n in range(4)]
    told = engine_2.run(document, homes, [_event(chance, document, homes) for _ in range(30)], date(2027, 3, 31))
    for (_, code), milli in told.balances.items():
        if document.ledger(code).spendable:
            assert milli >= 0 and milli % 1000 == 0
    assert {result.grade for result in told.results} <= {None, *(band.code for band in document.bands)}
