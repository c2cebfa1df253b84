"""Re-visits as law, from tests/cases/inspections/revisits.toml."""

from __future__ import annotations

import random
import uuid
from typing import Any

import pytest
from tests.inspections.test_rules import AREAS, SEED, cases, ids
from tests.rating.worked import document

from courtyard.honours.rules.standing import after_looks
from courtyard.honours.rules.states import Verb
from courtyard.inspections.rules import revisits
from courtyard.inspections.rules.marks import Found, Given
from courtyard.inspections.rules.questions import ASKED_LEAST, Question, Replied, Reply, Share, shares
from courtyard.inspections.rules.states import Presence

PEOPLE = {name: uuid.uuid5(SEED, name) for name in "甲乙丙"}


def given(case: dict[str, Any]) -> Given:
    values = zip(AREAS, case.get("values", "- - -").split(), strict=True)
    found = [text.split() for text in case.get("found", [])]
    seen = tuple(Found(one[0], one[1], mended="mended" in one) for one in found)
    presence = Presence(case.get("presence", "seen"))
    return Given(presence, tuple((area, label) for area, label in values if label != "-"), seen)


@pytest.mark.parametrize("case", cases("revisits", "look"))
def test_what_a_look_says(case: dict[str, Any]) -> None:
    scheme, wanted = document("wandian"), frozenset(case["wanted"])
    problem = revisits.unfit_look(scheme, given(case), wanted)
    assert (problem.code if problem else "") == case.get("code", "")
    if problem is None:
        assert revisits.still_poor(scheme, given(case), wanted) is case.get("poor")


@pytest.mark.parametrize("case", cases("revisits", "wanted"))
def test_which_areas_are_looked_at_again(case: dict[str, Any]) -> None:
    assert revisits.areas_to_look_at(document("wandian"), case["scores"].items()) == frozenset(case["areas"])


@pytest.mark.parametrize("case", cases("revisits", "drawn"))
def test_a_spot_check_is_drawn_over_the_groups(case: dict[str, Any]) -> None:
    groups = ids("group", len(case["homes"]))
    homes = {group: ids(f"{n}-", count) for n, (group, count) in enumerate(zip(groups, case["homes"], strict=True))}
    drawn = revisits.spot_sample(homes, "seed")
    each = [len(drawn & set(homes[group])) for group in groups]
    assert sum(each) == sum(case["each"])
    assert case.get("loose") or each == case["each"]
    assert all(abs(one - wanted) <= 1 for one, wanted in zip(each, case["each"], strict=True))
    for rows in homes.values():
        random.Random(5).shuffle(rows)
    assert revisits.spot_sample(homes, "seed") == drawn, "who has the seed draws the same again"


def test_another_seed_draws_others() -> None:
    homes = {ids("group", 1)[0]: ids("home", 400)}
    assert revisits.spot_sample(homes, "one") != revisits.spot_sample(homes, "two")


@pytest.mark.parametrize("case", cases("revisits", "agreed"))
def test_how_far_two_looks_agree(case: dict[str, Any]) -> None:
    again = Given(Presence.SEEN, tuple(case["again"].items()))
    found = revisits.compare(document("wandian"), [(case["first"], again)])
    assert {one.area: [one.same, one.near, one.far] for one in found} == case["counts"]
    assert sum(one.compared for one in found) == sum(map(sum, case["counts"].values()))


@pytest.mark.parametrize("case", cases("revisits", "goes"))
def test_who_goes(case: dict[str, Any]) -> None:
    groups = ids("group", case["groups"])
    drawn = {group: ids(f"home{n}-", 1) for n, group in enumerate(groups)}
    people = [
        revisits.Checker(
            PEOPLE[name],
            frozenset(groups[n] for n in barred),
            frozenset(drawn[groups[n]][0] for n in case.get("kin", {}).get(name, [])),
        )
        for name, barred in case["barred"].items()
    ]
    found = revisits.checkers(drawn, people, "seed")
    names = {key: name for name, key in PEOPLE.items()}
    each = [names[found[group][0]] if group in found else "" for group in groups]
    if case["each"] == ["*", "*"]:
        assert len(set(each)) == 2
    else:
        assert each == case["each"]


@pytest.mark.parametrize("case", cases("revisits", "asked"))
def test_the_three_questions(case: dict[str, Any]) -> None:
    rows = [Replied(*map(Reply, row)) for row in case["replies"]]
    found = shares((question, row.to(question), 1) for row in rows for question in Question)
    assert [[one.yes, one.asked] for one in found] == case["shares"]
    assert ["/".join(row.noes) for row in rows] == case.get("noes", [])


def test_a_share_of_few_says_something_of_one_home() -> None:
    assert not Share(Question.CAME, 9, ASKED_LEAST - 1).shown
    assert Share(Question.CAME, 9, ASKED_LEAST).shown


def test_two_people_confirm_and_one_clears() -> None:
    one, other = PEOPLE["甲"], PEOPLE["乙"]
    assert after_looks([]) is None
    assert after_looks([(one, True)]) is None
    assert after_looks([(one, True), (one, True)]) is None, "the same person twice is one"
    assert after_looks([(one, True), (other, True)]) is Verb.CONFIRM
    assert after_looks([(one, True), (other, False)]) is Verb.CLEAR
