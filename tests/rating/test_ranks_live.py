"""A round's ranks against a run of the engine over the same place and time: the same homes, the same clauses, everywhere.

What a live round adds is one thing alone: who is the last without being poor is no candidate for the black list."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.rating.worked import document

from courtyard.inspections.rules.corrections import in_good_faith
from courtyard.rating.rules import engine_2
from courtyard.rating.rules import facts as f
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import Placed, late_clauses, late_prizes, ranked_again, ranks_of, score, with_rank
from courtyard.rating.rules.explain import explain

pytestmark = pytest.mark.long

DAY = date(2026, 11, 10)
END = date(2026, 11, 30)
RUYANG: dict[str, Any] = {
    "awards": [
        {"code": "first", "kind": "first", "name": "前两名", "count": 2, "within": "village", "ties": "all",
         "points": 10, "ledger": "points"},
        {"code": "group", "kind": "first", "name": "组里第一", "count": 1, "within": "group", "ties": "none",
         "points": 5, "ledger": "points"},
    ],
    "lists[red].count": 2, "lists[black].count": 2,
    "prizes": [{"code": "best", "kind": "first", "name": "最干净的一户", "count": 1, "ties": "all", "amount_fen": 20000}],
}  # fmt: skip
SHARES = {key: value for key, value in RUYANG.items() if key != "lists[black].count"} | {
    "ranking": {"on_both": "neither", "least_rated": 4},
    "lists[black]": {"code": "black", "listing": "black", "name": "黑榜", "kind": "last", "share": "0.4", "band": "poor",
                     "ties": "all", "raters_least": 3, "needs_finding": True, "reach": "findings"},
    "prizes": [{"code": "best", "kind": "first", "name": "前三成", "share": "0.3", "band": "fair", "or_better": True,
                "small": "nobody"}],
}  # fmt: skip
LABELS = {
    "engine": 2, "ranking": {"on_both": "first"},
    "awards[+]": {"code": "first", "kind": "first", "name": "头一名", "count": 1, "ties": "none", "points": 20,
                  "ledger": "points"},
    "lists[red]": {"code": "red", "listing": "red", "name": "红榜", "kind": "first", "count": 3, "band": "good",
                   "raters_least": 3, "reach": "names"},
    "vetoes": [{"code": "burn", "name": "烧垃圾", "findings": ["c2"], "effects": ["not_ranked"]}],
    "prizes": [{"code": "red", "kind": "list", "listing": "red", "name": "上红榜的一份"}],
}  # fmt: skip


def homes(document: SchemeDocument, rng: random.Random, count: int = 9) -> dict[str, tuple[s.Home, tuple[f.Mark, ...]]]:
    """Homes of two groups, each marked alike by three people; some nobody marked."""
    found = {}
    for n in range(count):
        home = s.Home(f"h{n}", group=f"g{n % 2}", village="v")
        given, seen = [], []
        for area in document.sheet.areas:
            codes = [picture.code for picture in area.pictures if not picture.needs_words]
            if document.marks_of(area) == "labels":
                word = rng.choice([label.code for label in document.sheet.labels])
                given.append((area.code, word))
                seen += [f.Seen(area.code, rng.choice(codes))] if word == document.sheet.labels[-1].code else []
            else:
                given.append((area.code, "looked"))
                kinds = rng.sample(codes, rng.randrange(3))
                seen += [f.Seen(area.code, code, places=rng.randrange(1, 4)) for code in kinds]
        marks: tuple[f.Mark, ...] = (f.Mark(tuple(given), tuple(seen)),) * 3 if rng.random() > 0.15 else ()
        found[home.code] = home, marks
    return found


def live(document: SchemeDocument, place: Mapping[str, tuple[s.Home, tuple[f.Mark, ...]]]) -> dict[str, f.Outcome]:
    """What a round's close makes of the homes: each alone, then ranked, then with what the rank brings."""
    facts = {code: f.Facts(marks) for code, (_, marks) in place.items()}
    alone = {code: score(document, one) for code, one in facts.items()}
    placed = [Placed(code, home.village, home.group, alone[code]) for code, (home, _) in place.items()]
    ranks = ranks_of(document, placed)
    return {code: with_rank(document, facts[code], alone[code], ranks[code]) if code in ranks else alone[code]
            for code in place}  # fmt: skip


def of_run(document: SchemeDocument, place: Mapping[str, tuple[s.Home, tuple[f.Mark, ...]]]) -> dict[str, s.Result]:
    visits = [s.Visit(code, DAY, marks) for code, (_, marks) in place.items() if marks]
    told = engine_2.run(document, [home for home, _ in place.values()], visits, END, date(2026, 11, 1))
    return {one.home: one for one in told.results}


@pytest.mark.parametrize("change", [RUYANG, SHARES, LABELS], ids=["numbers", "shares", "labels"])
@pytest.mark.parametrize("seed", range(25))
def test_a_round_ranks_as_a_run_does(change: dict[str, Any], seed: int) -> None:
    one = document("ruyang" if change is not LABELS else "wandian", change)
    rng = random.Random(seed)
    place = homes(one, rng, rng.choice([2, 5, 9, 14]))
    here, there = live(one, place), of_run(one, place)
    worst = one.bands[-1].code
    for code, outcome in here.items():
        run = there[code]
        assert (outcome.grade, outcome.score_milli) == (run.grade, run.score_milli)
        assert [(award.clause, award.points * 1000) for award in outcome.awards] == [
            (entry.clause, entry.milli) for entry in run.entries
        ]
        lists = [(c.listing, c.clause) for c in outcome.candidates if c.clause.startswith("lists.")]
        spared = one.list_rule("black").kind == "last" and outcome.grade != worst  # type: ignore[union-attr]
        assert lists == [pair for pair in run.lists if not (spared and pair[0] == "black")]
        assert [(prize.clause, prize.amount_fen) for prize in outcome.prizes] == [
            (f"prizes.{prize}", fen) for prize, fen in run.prizes
        ]
        assert outcome.rank.place == run.rank
        assert set(outcome.rank.notes) <= set(run.notes)


def test_ties_are_never_broken_by_chance_and_order_is_of_no_account() -> None:
    one = document("ruyang", RUYANG)
    place = homes(one, random.Random(3), 12)
    turned = dict(reversed(place.items()))
    assert live(one, place) == {code: live(one, turned)[code] for code in place}


def test_the_last_that_is_not_poor_is_told_so_and_is_no_candidate() -> None:
    one = document("ruyang", RUYANG)
    yards = [f.Seen("courtyard", f"c{n}") for n in range(1, 6)] + [f.Seen("bins", f"b{n}") for n in range(1, 4)]
    given = tuple((area.code, "looked") for area in one.sheet.areas)
    clean = {
        f"h{n}": (s.Home(f"h{n}", group="g", village="v"), (f.Mark(given, tuple(yards[:n])),) * 3) for n in range(8)
    }
    seen = live(one, clean).values()
    last = [outcome for outcome in seen if "lists.black" in outcome.rank.clauses]
    spared = [outcome for outcome in last if outcome.grade != "poor"]
    assert spared and all(not any(c.listing == "black" for c in outcome.candidates) for outcome in spared)
    for outcome in spared:
        [never] = [never for never in outcome.never if never.listing == "black"]
        assert f.NOT_POOR in never.reasons
        text = "".join(line.text for line in explain(one, json.loads(outcome.breakdown_text)))
        assert "没有评为最低一等,不算差" in text and "第" in text


def test_a_breakdown_keeps_the_rank_and_reads_it_back() -> None:
    one = document("ruyang", RUYANG)
    for outcome in live(one, homes(one, random.Random(5), 9)).values():
        assert f.outcome_of(json.loads(outcome.breakdown_text)) == outcome


def test_a_scheme_without_ranks_keeps_its_text() -> None:
    one = document("wandian", {"engine": 2})
    place = homes(one, random.Random(5), 4)
    for code, outcome in live(one, place).items():
        assert outcome.breakdown_text == score(one, f.Facts(place[code][1])).breakdown_text
        assert not {"rank", "prizes", "people"} & set(json.loads(outcome.breakdown_text))


@pytest.mark.parametrize("seed", range(10))
def test_the_same_home_with_its_own_rank_again_is_the_same(seed: int) -> None:
    one = document("ruyang", RUYANG)
    for outcome in live(one, homes(one, random.Random(seed), 9)).values():
        assert ranked_again(one, outcome, outcome.rank) == outcome


@pytest.mark.parametrize(
    ("before", "now", "after"),
    [
        (["lists.red"], [], ["lists.red"]),
        ([], ["lists.red"], ["lists.red"]),
        (["lists.black"], [], []),
        ([], ["lists.black"], []),
        (["lists.black"], ["lists.red"], ["lists.red"]),
        (["lists.black"], ["lists.black"], ["lists.black"]),
        (["awards.first", "lists.red"], ["lists.black"], ["awards.first", "lists.red"]),
    ],
)
def test_nobody_falls_by_somebody_elses_correction(before: list[str], now: list[str], after: list[str]) -> None:
    one = document("ruyang", RUYANG)
    kept = in_good_faith(one, f.Rank(tuple(before), 3, 9), f.Rank(tuple(now), 4, 9))
    assert list(kept.clauses) == after


TOWN = {
    "scope.period": "month",
    "prizes[top].count": 2, "prizes[top].amount_fen": 50000,
}  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_prizes_of_a_town_with_checks_are_those_of_a_run(seed: int) -> None:
    one, rng = document("guanqiao", TOWN), random.Random(seed)
    assert late_clauses(one) == {"prizes.top"}
    town = {f"h{n}": s.Home(f"h{n}", group="g", village=f"v{n % 3}") for n in range(12)}
    points = {code: rng.choice([88_000, 90_000, 93_000, 95_000, 97_000]) for code in town}
    checks = {code: rng.choice([88_000, 90_000, 96_000]) for code in town if rng.random() > 0.4}
    visits = [s.Visit(code, DAY, score_milli=milli) for code, milli in points.items()]
    visits += [s.Visit(code, date(2026, 11, 20), score_milli=milli, spot=True) for code, milli in checks.items()]
    run = {r.home: r for r in engine_2.run(one, town.values(), visits, END, date(2026, 11, 1)).results}
    placed = []
    for code, home in town.items():
        band = one.band_of(points[code]).code
        passed = code in checks and checks[code] >= 90_000
        check = f.Check(checks[code], 2, passed, points[code]) if code in checks else None
        outcome = replace(_nothing(band, points[code]), check=check)
        placed.append(Placed(code, home.village, home.group, outcome, passed=passed))
    won = late_prizes(one, placed)
    assert {code: [(w.clause, w.amount_fen) for w in won.get(code, ())] for code in town} == {
        code: [(f"prizes.{prize}", fen) for prize, fen in run[code].prizes] for code in town
    }


def _nothing(grade: str, score_milli: int) -> f.Outcome:
    return f.Outcome(2, grade, "", score_milli, 3, 0, (), (), (), (), False, f.History())


def test_an_award_a_head_and_a_step_counts_people_and_grades() -> None:
    one = document("wandian", {"engine": 2, "awards[good].per_member": True, "awards[better].each_step": True})
    marks = (f.Mark(tuple((area.code, "good") for area in one.sheet.areas)),) * 3
    outcome = score(one, f.Facts(marks, f.History("poor", 1), people=4))
    earned = {award.clause: award.points for award in outcome.awards}
    assert earned["awards.good"] == 40 and earned["awards.better"] == 10
    text = "".join(line.text for line in explain(one, json.loads(outcome.breakdown_text)))
    assert "按登记的 4 口人" in text and "这次算 2 次" in text
