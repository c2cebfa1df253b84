"""Every shipped scheme: its worked answers hold, it leaves no question open, and what it is warned of is known."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest
from tests.rating.worked import CASES, SCHEMES, document, text_of

from courtyard.rating.rules.cases import Judged, judge
from courtyard.rating.rules.parsing import check_toml
from courtyard.rating.rules.questions import questions

SHIPPED = sorted(path.stem for path in SCHEMES.glob("*.toml"))
OLDER = [scheme for scheme in SHIPPED if document(scheme).engine == 1]
NEWER = [scheme for scheme in SHIPPED if document(scheme).engine > 1]
# What the places themselves published and a linter must tell an author who copies it.
WARNED = {
    "luoyu": {"rating.quota_warned lists[black].kind", "rating.ends_meet_warned lists[black]"},
    "ruyang": {
        "rating.quota_warned lists[black].kind",
        "rating.quota_warned awards[last].kind",
        "rating.ends_meet_warned awards[last]",
    },
    "wendeng": {"rating.doubled_warned repeats[again].factor"},
}


def _judged(scheme: str, **more: object) -> Judged:
    tables = {**tomllib.loads(text_of(scheme), parse_float=Decimal), **more}
    return judge(tables, (CASES / f"{scheme}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("scheme", SHIPPED)
def test_its_worked_answers_hold(scheme: str) -> None:
    judged = _judged(scheme)
    wrong = [(one.name, one.fault, *one.differences) for one in judged.verdicts if not one.ok]
    assert (judged.problem, wrong) == (None, [])
    assert len(judged.verdicts) >= 10
    names = [one.name for one in judged.verdicts]
    assert sorted(set(names)) == sorted(names), "a case is found by its name"


@pytest.mark.parametrize("scheme", OLDER)
def test_an_older_scheme_has_the_same_answers_by_the_newer_engine(scheme: str) -> None:
    assert [one for one in _judged(scheme, engine=2).verdicts if not one.ok] == []


@pytest.mark.parametrize("scheme", SHIPPED)
def test_its_warnings_are_known(scheme: str) -> None:
    found = check_toml(text_of(scheme))
    assert found.problems == ()
    assert {f"{one.code} {one.facts['clause']}" for one in found.warnings} == WARNED.get(scheme, set())


@pytest.mark.parametrize("scheme", NEWER)
def test_it_leaves_no_question_open(scheme: str) -> None:
    assert [one.code for one in questions(document(scheme)) if not one.answered] == []


def test_the_ends_that_meet_are_told_with_the_number_of_homes() -> None:
    """The first 20 and the last 5 meet under 25 homes; with 22 the close itself notes it (ruyang.toml)."""
    (met,) = (one for one in check_toml(text_of("ruyang")).warnings if one.code == "rating.ends_meet_warned")
    assert met.facts["homes"] == 25


def test_the_shelf_holds_the_eleven_places_and_their_sources() -> None:
    places = {
        "wandian": "万店", "guanqiao": "官桥", "baming": "八名", "nanyang": "南洋", "ruyang": "儒洋", "gulai": "谷来",
        "fengjia": "奉家", "youzha": "油榨", "shuangzhai": "双寨", "luoyu": "罗峪", "wendeng": "文登",
    }  # fmt: skip
    assert set(places) <= set(SHIPPED)
    for scheme, place in places.items():
        assert place in document(scheme).source, scheme
        assert text_of(scheme).startswith("# "), "the head says where, when and what is published"
    assert len(document("luoyu").deeds) == 28
