"""A model from a place's history: what was put in comes out again, too little is said to be too little."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from tests.rating.test_simulating import START, lived, shipped

from courtyard.rating.rules import engine_2
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import NOT_AT_HOME, AreaResult, Award, History, Outcome
from courtyard.rating.rules.periods import months_later
from courtyard.rating.rules.simulating import LIVED_IN, Model, Shopping, could_shop, fare, fit, read_model, write_model

TRUTH = dataclasses.replace(
    LIVED_IN, persistence_milli=600, recovers_milli=0, dip_milli=0, spread_milli=0, disagreement_milli=60,
    away_milli=90, declined_milli=250, kin_milli=70, mended_milli=400,
)  # fmt: skip


def outcome(grade: str | None, why: str = "", areas=(), points: int = 0) -> Outcome:
    awards = (Award("awards.good", "band", "points", points, 0),) if points else ()
    return Outcome(2, grade, why, 90_000 if grade else None, 3, 0, tuple(areas), awards, (), (), False, History())


def history(document: SchemeDocument, model: Model, months: int):
    """The outcomes of simulated homes, as closed rounds would keep them."""
    _, homes, events = lived(document, model, 300, months, 4)
    until = months_later(START, months) - timedelta(days=1)
    found: dict[str, list] = {}
    for one in engine_2.run(dataclasses.replace(document, engine=2), homes, events, until, START).results:
        kept = Outcome(
            2, one.grade, one.why, one.score_milli, one.raters, one.kin, one.areas, (), (), (), False, History()
        )
        found.setdefault(one.home, []).append((one.period.first, kept))
    return found


@pytest.fixture(scope="module")
def fitted():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fare, "STORE", 200)
        return fit(shipped("wandian_small"), history(shipped("wandian_small"), TRUTH, 12), Shopping(150, 1000))


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("persistence_milli", 100),
        ("away_milli", 20),
        ("kin_milli", 20),
        ("disagreement_milli", 25),
        ("mended_milli", 60),
    ],
)
def test_what_was_put_in_comes_out_again(fitted, key, near):
    assert abs(getattr(fitted.model, key) - getattr(TRUTH, key)) <= near


def test_classes_come_out_again_with_the_shares_of_all_orders(fitted):
    def shares(model):
        return [
            sum(one.share_milli * getattr(one, key) for one in model.classes) / 1000
            for key in ("good_milli", "fair_milli")
        ]

    assert [one.code for one in fitted.model.classes] == [one.code for one in TRUTH.classes]
    assert sum(one.share_milli for one in fitted.model.classes) == 1000
    assert shares(fitted.model) == pytest.approx(shares(TRUTH), abs=60)
    steady, _, strained = fitted.model.classes
    assert steady.good_milli > strained.good_milli


def test_a_fitted_model_says_what_each_number_rests_on_and_reads_back(fitted):
    assert fitted.model.comes_milli == 150
    assert fitted.notes["comes"] == "按有积分的 1000 户月,来过 150"
    text = write_model(fitted.model, fitted.notes)
    assert read_model(text) == fitted.model
    assert f"# 来兑换的机会({fitted.notes['comes']})\n" in text


def test_numbers_nobody_watched_stay_as_they_were(fitted):
    assert fitted.model.deeds_a_year_milli == Model().deeds_a_year_milli
    assert "deeds_a_year" not in fitted.notes and "dip" not in fitted.notes
    nothing = fit(shipped("wandian_small"), {})
    assert (dataclasses.replace(nothing.model, source=Model().source), nothing.notes) == (Model(), {})


def test_one_round_cannot_tell_classes_apart():
    rows = {str(home): [(START, outcome("good" if home % 4 else "poor"))] for home in range(40)}
    (only,) = fit(shipped("wandian_small"), rows).model.classes
    assert (only.share_milli, only.good_milli) == (1000, pytest.approx(750, abs=5))


def test_who_is_away_or_does_not_open_the_rooms_is_counted_among_those_asked():
    document = shipped("wandian")
    (area,) = (one for one in document.sheet.areas if one.consent)
    shut = AreaResult(area.code, area.weight, (), None, "declined", 0, 0)
    rows = {str(home): [(START, outcome("good", areas=[shut] if home < 10 else [dataclasses.replace(shut, why="")]))]
            for home in range(40)}  # fmt: skip
    rows |= {f"away{home}": [(START, outcome(None, NOT_AT_HOME))] for home in range(10)}
    found = fit(document, rows).model
    assert (found.away_milli, found.declined_milli) == (200, 250)


def test_a_home_can_shop_from_its_first_points_on():
    months = [months_later(START, n) for n in range(4)]
    rows = {"a": [(month, outcome("good", points=10 * (n >= 1))) for n, month in enumerate(months)],
            "b": [(month, outcome("poor")) for month in months]}  # fmt: skip
    assert could_shop(rows) == 3
