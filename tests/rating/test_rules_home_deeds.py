"""What a home's deeds count, all together: as in a run of the engine, in whatever order they are handed over; caps that a
round has filled leave less."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rating.worked import text_of

from courtyard.rating.rules import engine_2
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.home_deeds import Given, Told, counts
from courtyard.rating.rules.parsing import check_toml

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
NAMES = ("luoyu", "nanyang", "everything", "wandian", "wendeng")
HOME = "h"


@lru_cache
def scheme(name: str) -> SchemeDocument:
    """A scheme by households whose accounts never run dry: what is counted, not what a balance covers."""
    found = check_toml(text_of(name)).document
    assert found is not None
    deep = tuple(replace(one, base_milli=10**12) if one.negative == "floor" else one for one in found.ledgers)
    return replace(found, engine=2, account="household", ledgers=deep, resets=())


@st.composite
def deeds(draw: st.DrawFn, document: SchemeDocument) -> s.Deed:
    rule = draw(st.sampled_from(document.deeds))
    day = FIRST + timedelta(draw(st.integers(0, 300)))
    weighed = rule.per_milli is not None or rule.prices
    return s.Deed(
        HOME,
        day,
        rule.code,
        amount_milli=draw(st.integers(1, 200_000)) if weighed else None,
        thing=draw(st.sampled_from([row.kind for row in rule.prices])) if rule.prices else "",
        event=draw(st.sampled_from(["", "", "e1", "e2"])),
        recorded=draw(st.one_of(st.none(), st.just(day + timedelta(40)))),
        mended=draw(st.one_of(st.none(), st.none(), st.integers(0, 50).map(lambda n: day + timedelta(n)))),
        disputed=draw(st.integers(0, 5)) == 0,
    )


def by_run(document: SchemeDocument, told: list[s.Deed]) -> Counter[tuple[str, str]]:
    home = s.Home(HOME, members=("1", "2", "3"))
    entries = engine_2.run(document, [home], told, LAST).entries
    found: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        if entry.clause.startswith("deeds."):
            found[entry.clause, entry.ledger] += entry.milli
    return found


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_deeds_together_count_what_a_run_counts_in_any_order(name: str, data: st.DataObject) -> None:
    document = scheme(name)
    told = data.draw(
        st.lists(deeds(document), max_size=9, unique_by=lambda one: (one.day, one.code, one.thing, one.event))
    )
    rows = [Told(str(n), one, people=3) for n, one in enumerate(told)]
    expected = by_run(document, told)
    for order in (rows, rows[::-1]):
        found: Counter[tuple[str, str]] = Counter()
        for count in counts(document, order):
            found[f"deeds.{told[int(count.key)].code}", count.ledger] += count.milli
        assert +found == +expected and -found == -expected


def only(name: str, *told: s.Deed, given_: tuple[Given, ...] = ()) -> list[tuple[str, int, int, str, str]]:
    rows = [Told(str(n), one) for n, one in enumerate(told)]
    return [(one.key, one.milli, one.cut_milli, one.cut_by, one.why) for one in counts(scheme(name), rows, given_)]


def deed(code: str, day: int, **more: object) -> s.Deed:
    return replace(s.Deed(HOME, date(2026, 9, day), code), **more)  # type: ignore[arg-type]


def test_what_a_round_gave_goes_first_within_a_cap() -> None:
    """everything: 700 a year in `points`; a round's 650 leave 50 of the 120 that a kilo of paper brings."""
    paper = deed("bottles", 10, amount_milli=1000, thing="paper")
    told = Given(date(2026, 3, 31), "awards.good", "points", 650_000)
    [(_, milli, cut, by, _), _] = only("everything", paper, given_=(told,))
    assert (milli, cut, by) == (50_000, 70_000, "caps.year")
    [(_, milli, _, by, _), _] = only("everything", paper, given_=(replace(told, day=date(2025, 12, 31)),))
    assert (milli, by) == (120_000, ""), "another year's"
    gone = Given(date(2026, 3, 31), "awards.of_an_older_version", "points", 650_000)
    assert only("everything", paper, given_=(gone,))[0][1] == 50_000, "a cap of the whole ledger knows it all the same"


def test_of_one_event_the_highest_counts_whichever_was_written_down_first() -> None:
    low, high = deed("sweep", 2, event="7"), deed("model_yard", 5, event="7")
    spendable = [row for row in only("luoyu", high, low) if row[0] == "0"][0]
    assert spendable[1:3] == (10_000, 5_000), "15 in all: 5 for the first day's, 10 more for the higher one"
    assert sum(row[1] for row in only("luoyu", low, high)) == 30_000, "15 in each of two ledgers"


def test_a_deed_that_waits_or_came_too_late_counts_nothing_and_says_why() -> None:
    assert only("everything", deed("training", 2, disputed=True)) == [("0", 0, 0, "", s.DISPUTED)]
    late = deed("training", 2, recorded=date(2026, 10, 3))
    assert only("everything", late) == [("0", 0, 0, "", s.WAITS)]
