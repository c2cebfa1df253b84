"""Worked answers of the engine, from tests/cases/rating: a cadre can read and add to them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.rating.worked import cases, document, mark, saw

from courtyard.rating.rules import engine_1
from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.engines import Scorer, carried, round_is_full, score
from courtyard.rating.rules.facts import Facts, History, Mark, Outcome
from courtyard.rating.rules.reading import exact_milli

WORKED = cases("scores")


def _facts(scheme: SchemeDocument, case: dict[str, Any]) -> Facts:
    marks = [mark(scheme, text) for text in case["marks"]]
    if case.get("seen"):
        own = next(place for place, one in enumerate(marks) if one.given and not one.kin)
        marks[own] = Mark(marks[own].given, tuple(saw(item) for item in case["seen"]))
    earned = (("points", case["earned"]),) if case.get("earned") else ()
    return Facts(
        tuple(marks),
        History(case.get("last"), case.get("run", 0), earned),
        care=case.get("care", False),
        help_owed=case.get("help_owed", False),
        lived_in=case.get("lived_in", True),
        taking_part=case.get("taking_part", True),
    )


def _award(award: Any) -> str:
    return f"{award.clause} {award.points}" + (f" cut {award.cut}" if award.cut else "")


def _answers(outcome: Outcome) -> dict[str, Any]:
    """Everything a case may ask."""
    after = engine_1.after(outcome.history, outcome)
    return {
        "grade": outcome.grade,
        "why": outcome.why,
        "score": None if outcome.score_milli is None else decimal_text(outcome.score_milli),
        "areas": ["" if a.score_milli is None else decimal_text(a.score_milli) for a in outcome.areas],
        "points": outcome.points,
        "awards": [_award(award) for award in outcome.awards],
        "candidates": [f"{candidate.listing} {candidate.clause}" for candidate in outcome.candidates],
        "never": [f"{never.listing} {' '.join(never.reasons)}" for never in outcome.never],
        "help_due": outcome.help_due,
        "after": f"{after.last} {after.run}",
    }


@pytest.mark.parametrize("case", WORKED, ids=[case["name"] for case in WORKED])
def test_a_worked_answer(case: dict[str, Any]) -> None:
    scheme = document(case.get("scheme", "wandian"), case.get("change"))
    answers = _answers(score(scheme, _facts(scheme, case)))
    asked = answers.keys() & case.keys()
    assert asked, "a case must ask something"
    assert {key: answers[key] for key in asked} == {key: case[key] for key in asked}
    if "why" in case:
        assert answers["grade"] is None


def test_cases_name_only_what_the_runner_knows() -> None:
    known = {"name", "scheme", "change", "marks", "seen", "last", "run", "earned", "care", "help_owed", "lived_in"}
    known |= {"taking_part", "grade", "why", "score", "areas", "points", "awards", "candidates", "never", "help_due"}
    assert [case["name"] for case in WORKED if set(case) - known - {"after"}] == []


@pytest.mark.parametrize("case", cases("bands"), ids=lambda case: case["scheme"])
def test_every_bound(case: dict[str, Any]) -> None:
    scheme = document(case["scheme"])
    for grade in ("good", "fair", "poor"):
        for text in case[grade]:
            milli = exact_milli(text)
            assert milli is not None
            assert scheme.band_of(milli).code == grade, text


def test_the_variant_differs_in_effect() -> None:
    """The same three opinions of courtyard and surroundings: other score, grade and points."""
    one, other = document("wandian"), document("wandian_small")
    here = score(one, Facts(tuple(mark(one, text) for text in ("good - fair", "fair - fair", "fair - good"))))
    there = score(other, Facts(tuple(mark(other, text) for text in ("good fair", "fair fair", "fair good"))))
    assert (here.score_milli, here.points) == (83300, 3)
    assert (there.score_milli, there.points) == (80000, 4)


def test_a_carried_good_earns_its_points_once_more_and_no_streak() -> None:
    scheme = document("wandian")
    outcome = carried(scheme, Facts((), History("good", 2, (("points", 195),))))
    assert (outcome.grade, outcome.why, [_award(a) for a in outcome.awards]) == (
        None,
        "carried",
        ["awards.good 5 cut 5"],
    )
    assert engine_1.after(outcome.history, outcome) == History("good", 2, (("points", 200),))


@pytest.mark.parametrize(
    ("scheme", "facts"),
    [
        ("wandian", Facts((), History("fair", 1))),
        ("wandian", Facts((), History())),
        ("wandian", Facts((), History("good", 1), lived_in=False)),
        ("wandian", Facts((), History("good", 1), taking_part=False)),
        ("wandian_small", Facts((), History("good", 1))),
    ],
)
def test_nothing_else_carries(scheme: str, facts: Facts) -> None:
    assert carried(document(scheme), facts).awards == ()


def test_full_and_light_months() -> None:
    assert [month for month in range(1, 13) if round_is_full(document("wandian"), month)] == [1, 4, 7, 10]
    assert all(round_is_full(document("wandian_small"), month) for month in range(1, 13))


def test_a_new_year_forgets_what_was_earned_and_nothing_else() -> None:
    assert engine_1.new_year(History("good", 2, (("points", 200),))) == History("good", 2)


def test_a_kept_breakdown_is_the_outcome_again() -> None:
    scheme = document("wandian")
    facts = Facts(tuple(mark(scheme, t) for t in ("good declined fair", "good declined good", "kin:good good good")))
    outcome = score(scheme, facts)
    assert json.loads(outcome.breakdown_text) == outcome.breakdown
    assert score(scheme, facts).breakdown_text == outcome.breakdown_text
    assert outcome.breakdown["areas"][1] == {
        "area": "rooms", "weight": 30, "counts": {}, "score_milli": None, "why": "declined", "findings": 0, "mended": 0,
    }  # fmt: skip
    assert outcome.breakdown["awards"] == [
        {"clause": "awards.good", "kind": "band", "ledger": "points", "points": 10, "cut": 0}
    ]
    assert all(ord(letter) < 128 for letter in outcome.breakdown_text), "codes and numbers, no words (D10)"


def test_a_scorer_answers_as_the_engine_does_and_forgets_in_time() -> None:
    scheme = document("wandian")
    scorer = Scorer(scheme, most=2)
    for text in ("good good good", "fair fair fair", "poor poor poor", "good good good"):
        facts = Facts((mark(scheme, text),))
        assert scorer(facts) == score(scheme, facts)
        assert scorer(facts) is scorer(facts)


def test_a_label_the_sheet_does_not_have_is_an_error_not_a_grade() -> None:
    with pytest.raises(ValueError, match="excellent"):
        score(document("wandian"), Facts((Mark((("courtyard", "excellent"),)),)))
