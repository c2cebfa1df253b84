"""Simulation: the engine's own answers, whoever asks; the same numbers by the same seed; models read, faults named."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from datetime import date, timedelta

import pytest
from tests.rating.worked import SCHEMES, changed, text_of

from courtyard.kernel.chances import stream
from courtyard.kernel.problems import Refused
from courtyard.rating.rules import engine_2
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.parsing import check_json, check_toml
from courtyard.rating.rules.periods import months_later
from courtyard.rating.rules.simulating import Figure, Model, fare, read_model, simulate, write_model, year_cost
from courtyard.rating.rules.simulating.figures import Task, _Ground, figure
from courtyard.rating.rules.simulating.model import HomeClass

START = date(2027, 1, 1)
SHIPPED = sorted(file.stem for file in SCHEMES.glob("*.toml"))
# Much of everything, so that a short time in a small place meets every clause.
LIVELY = dataclasses.replace(
    Model(), deeds_a_year_milli=20_000, losses_a_year_milli=10_000, comes_milli=700, group_homes=10, village_homes=20,
    checked_milli=300, disputed_milli=200, kin_milli=100,
)  # fmt: skip
# Every home good, at home and of one mind with everybody; nothing done, nothing spent.
STILL = dataclasses.replace(
    Model(), classes=(HomeClass(code="all", share_milli=1000, good_milli=1000, fair_milli=0),), dip_milli=0,
    spread_milli=0, disagreement_milli=0, kin_milli=0, away_milli=0, declined_milli=0, empty_milli=0, apart_milli=0,
    deeds_a_year_milli=0, losses_a_year_milli=0, comes_milli=0,
)  # fmt: skip
# Clauses that no shipped scheme has, or has only alone.
VARIANTS = {
    "weeks": ("shuangzhai", {"scope.period": "week", "ledgers[points].valid_months": 2}),
    "lapse": ("wandian_small", {"engine": 2, "awards[good].valid_months": 3, "ledgers[points].valid_months": 5}),
    "gate": ("luoyu", {"gates": [{"code": "low", "name": "中以上", "shuts": ["redeem", "awards"], "band": "fair"}]}),
    "veto": ("luoyu", {"vetoes": [{"code": "litter", "name": "乱堆", "deeds": ["LOSS"], "effects": ["grade", "no_lists"],
                                   "band": "poor"}]}),
    "standing": ("ruyang", {"titles": [{"code": "plate", "kind": "points", "name": "牌", "ledger_of": "points",
                                        "least": 12}],
                            "prizes": [{"code": "plate", "kind": "title", "name": "挂牌", "amount_fen": 5000,
                                        "title": "plate"}]}),
    "twice": ("gulai", {"multipliers[0].periods": 4, "multipliers[0].since": "joined"}),
}  # fmt: skip


@pytest.fixture(autouse=True)
def small_store(monkeypatch):
    """Fewer drawn visits: what is asked here does not depend on how many there are."""
    monkeypatch.setattr(fare, "STORE", 60)


def shipped(name: str) -> SchemeDocument:
    found = check_toml(text_of(name)).document
    assert found is not None
    return found


def variant(name: str) -> SchemeDocument:
    scheme, change = VARIANTS[name]
    loss = next((rule.code for rule in shipped(scheme).deeds if rule.points_milli < 0), "")
    said = json.dumps(change, ensure_ascii=False).replace("LOSS", loss)
    tables = changed(scheme, json.loads(said))
    found = check_json(json.dumps(tables, ensure_ascii=False))
    assert found.document is not None, found.problems
    return found.document


def lived(document: SchemeDocument, model: Model, households: int, months: int, seed: int):
    """A seed's time as the simulation tells it, and every home with all its events, persons known apart."""
    document = dataclasses.replace(document, engine=2)
    ground = _Ground(Task(document, model, households, months, (seed,), START, ()))
    course = ground.course(seed, trace=True)
    told = course.go(ground.ticks, months)
    homes = [
        dataclasses.replace(one, members=tuple(f"{one.code}{who}" for who in one.members)) for one in course.place.homes
    ]
    events = []
    for rows in course.place.trace or []:
        for event in rows:
            member = getattr(event, "member", "")
            events.append(dataclasses.replace(event, member=f"{event.home}{member}") if member else event)
    return told, homes, events


def as_run(document: SchemeDocument, homes: list[s.Home], events: list[s.Event], months: int) -> Counter[str]:
    """The same sums from one whole run of the engine."""
    until = months_later(START, months) - timedelta(days=1)
    run = engine_2.run(dataclasses.replace(document, engine=2), homes, events, until, START)
    sums: Counter[str] = Counter()
    for entry in run.entries:
        part = entry.clause.split(".")[0]
        if part in ("awards", "deeds"):
            sums[("issued:" if entry.milli > 0 else "taken:") + entry.ledger] += abs(entry.milli)
        else:
            sums[("redeemed:" if part in ("rewards", "spend") else "lapsed:") + entry.ledger] -= entry.milli
    for one in run.results:
        sums["rated" if one.grade else "carried" if one.why == "carried" else "unrated"] += 1
        sums[f"grade:{one.grade}"] += one.grade is not None
        for listing in {listing for listing, _ in one.lists}:
            sums[listing] += 1
        sums["given"] += len(one.titles)
        sums["lost"] += len(one.lost)
        sums["prizes_fen"] += sum(fen for _, fen in one.prizes)
    sums["refused"] = len(run.refusals)
    for (_, ledger), milli in run.balances.items():
        sums[f"outstanding:{ledger}"] += milli
    return +sums


@pytest.mark.long
@pytest.mark.parametrize("name", [*SHIPPED, *VARIANTS])
def test_home_by_home_and_kept_answers_are_what_one_whole_run_says(name):
    document = variant(name) if name in VARIANTS else shipped(name)
    told, homes, events = lived(document, LIVELY, 24, 14, 3)
    sums: Counter[str] = Counter()
    for month in told.months:
        sums.update({key: value for key, value in month.items() if not key.startswith("outstanding:")})
    sums.update({key: value for key, value in told.months[-1].items() if key.startswith("outstanding:")})
    expected = as_run(document, homes, events, 14)
    assert expected
    assert {key: value for key, value in (+sums).items() if key not in ("deeds", "cash_fen")} == expected


def test_several_visits_in_a_period_and_checks_are_the_engines_too():
    document, model = shipped("youzha"), dataclasses.replace(LIVELY, visits=4)
    told, homes, events = lived(document, model, 20, 4, 1)
    assert sum(isinstance(event, s.Visit) and not event.spot for event in events) == 4 * 4 * len(homes)
    expected = as_run(document, homes, events, 4)
    assert {key: sum(month[key] for month in told.months) for key in expected if "outstanding" not in key} == {
        key: value for key, value in expected.items() if "outstanding" not in key
    }


def test_a_light_round_leaves_homes_out_and_a_full_one_none():
    told, homes, events = lived(shipped("wandian"), LIVELY, 60, 3, 2)
    visits = Counter(event.day.month for event in events if isinstance(event, s.Visit))
    assert visits[1] == len(homes) > visits[2] > 0
    assert told.months[0]["carried"] == 0 < told.months[1]["carried"]


def test_the_same_seed_tells_the_same_and_another_something_else():
    document = shipped("luoyu")
    one, again, other = (simulate(document, Model(), 80, 6, seeds, START) for seeds in ((5,), (5,), (6,)))
    assert one == again
    assert one.series != other.series


@pytest.mark.long
def test_it_does_not_matter_in_how_many_parts_or_in_what_company_a_seed_runs(monkeypatch):
    monkeypatch.setattr(fare, "TURN", 3)
    document, seeds = shipped("wandian"), tuple(range(10, 18))
    whole = simulate(document, Model(), 60, 4, seeds, START)

    def backwards(work, tasks):
        done = {task.seeds: work(task) for task in reversed(list(tasks))}
        return [done[task.seeds] for task in _tasks(document, seeds, 3)]

    assert simulate(document, Model(), 60, 4, seeds, START, spread=backwards, parts=3) == whole
    assert whole.costs_fen[4] == simulate(document, Model(), 60, 4, (14,), START).costs_fen[0]


def _tasks(document, seeds, parts):
    size = -(-len(seeds) // parts)
    return [Task(document, Model(), 60, 4, seeds[at : at + size], START, ()) for at in range(0, len(seeds), size)]


@pytest.mark.long
def test_forgetting_what_was_kept_changes_nothing(monkeypatch):
    document = shipped("wandian")
    whole = simulate(document, Model(), 60, 4, range(4), START)
    monkeypatch.setattr("courtyard.rating.rules.simulating.keeping.MOST", 1)
    assert simulate(document, Model(), 60, 4, range(4), START) == whole


def test_where_nothing_is_left_to_chance_the_year_is_known():
    document = shipped("shuangzhai")
    year = simulate(document, STILL, 50, 12, range(3), START)
    points = document.awards[0].points
    assert year.homes == Figure(50, 50, 50)
    assert year.whole["issued:points"] == Figure(*[50 * 12 * points * 1000] * 3)
    assert year.whole["outstanding:points"] == year.whole["issued:points"]
    assert [month["issued:points"].mid for month in year.series] == [50 * points * 1000] * 12
    assert {reward.points: reward.reached_milli.mid for reward in year.rewards} == {
        reward.points: 1000 if reward.points <= 12 * points else 0 for reward in document.rewards
    }
    assert year.black.entries == Figure(0, 0, 0)


def test_cost_is_what_was_issued_at_its_worth_and_prizes():
    document = shipped("wandian_small")
    worth = document.ledgers[0].worth_fen
    year = simulate(document, Model(), 40, 12, range(5), START)
    assert year.whole["cost_fen"].mid * 1000 == year.whole["issued:points"].mid * worth
    assert year.cost_fen == year.whole["cost_fen"]
    assert year_cost(document, Model(), 40, range(5), START) == dataclasses.astuple(year.cost_fen)
    middle = sorted(year.costs_fen)[2]
    assert (year.over(max(year.costs_fen)), year.over(middle), year.over(0)) == (0, 2, 5)
    assert year.unpriced == ()
    assert simulate(shipped("gulai"), Model(), 10, 1, (1,), START).unpriced == ("passbook",)


def test_the_black_list_tells_how_often_the_same_homes_are_hit():
    poor = (HomeClass(code="poor", share_milli=100, good_milli=0, fair_milli=0),
            HomeClass(code="good", share_milli=900, good_milli=1000, fair_milli=0))  # fmt: skip
    model = dataclasses.replace(STILL, classes=poor, recovers_milli=0, noted_milli=1000, mended_milli=0, care_milli=0)
    year = simulate(shipped("wandian_small"), model, 300, 3, (1,), START)
    often = year.black.entries.mid
    assert often > 0 and often % 3 == 0
    assert year.black.again_milli.mid == 667
    assert year.black.twice.mid == year.black.thrice.mid == often // 3


def test_what_a_place_gives_for_points_can_be_named_beside_the_scheme():
    year = simulate(shipped("wandian"), Model(), 60, 12, (1,), START, priced=(("肥皂", 10), ("大米", 100_000)))
    soap, rice = year.rewards
    assert (soap.name, soap.points, rice.reached_milli.mid) == ("肥皂", 10, 0)
    assert soap.reached_milli.mid >= soap.bought_milli.mid > 0


@pytest.mark.parametrize(
    ("households", "months", "seeds"), [(0, 1, 1), (100_001, 1, 1), (1, 0, 1), (1, 37, 1), (1, 1, 0), (1, 1, 1001)]
)
def test_too_little_or_too_much_is_refused(households, months, seeds):
    with pytest.raises(Refused) as told:
        simulate(shipped("gulai"), Model(), households, months, range(seeds), START)
    assert told.value.problem.code == "rating.simulate_out_of_range"


def test_a_deed_the_scheme_has_not_is_refused():
    model = read_model('[[deeds]]\ncode = "dance"\na_year = 3\n')
    with pytest.raises(Refused) as told:
        simulate(shipped("gulai"), model, 1, 1, (1,), START)
    assert told.value.problem.code == "rating.model_deed_unknown"


def test_a_deed_is_done_as_often_as_the_model_says():
    document = shipped("wandian")
    code = document.deeds[0].code
    model = read_model(f'deeds_a_year = 0\n[[deeds]]\ncode = "{code}"\na_year = 6\n')
    year = simulate(document, model, 500, 12, range(3), START)
    assert abs(year.whole["deeds"].mid - 6 * year.homes.mid) < 300


def test_a_model_is_read_back_as_it_was_written():
    model = dataclasses.replace(Model(), persistence_milli=125, dip_months=(), visits=4)
    assert read_model(write_model(model)) == model
    assert read_model("") == Model()
    assert "# 和上月一样的机会(按 40 户)\npersistence = 0.125\n" in write_model(model, {"persistence": "按 40 户"})


@pytest.mark.parametrize(
    ("text", "code", "clause"),
    [
        ("persistence = 1.5", "rating.clause_out_of_range", "persistence"),
        ("persistance = 0.5", "rating.clause_unknown", "persistance"),
        ("= 3", "rating.document_unreadable", "第 1 行"),
        ("dip_months = [13]", "rating.clause_out_of_range", "dip_months"),
        ('[[classes]]\ncode = "a"\nshare = 0.5\ngood = 1\nfair = 0', "rating.model_shares", "classes"),
        ('[[classes]]\ncode = "a"\nshare = 1\ngood = 0.9\nfair = 0.2', "rating.model_more_than_all", "classes[a]"),
        ("format = 2", "rating.clause_out_of_range", "format"),
    ],
)
def test_a_model_that_cannot_be_says_where(text, code, clause):
    problems = read_model(text)
    assert isinstance(problems, list)
    assert (problems[0].code, problems[0].facts.get("clause")) == (code, clause)


def test_an_interval_leaves_one_seed_in_twenty_out_at_each_end():
    assert figure(range(101)) == Figure(5, 50, 95)
    assert figure([7]) == Figure(7, 7, 7)


def test_a_stream_of_chance_follows_from_its_seed_alone():
    chance = stream("a", 1)
    assert [int(chance() * 1000) for _ in range(3)] == [331, 885, 783]
    assert stream("a", 1)() != stream("a", 2)()
