"""What holds for engine 2 under every shipped scheme: order, monotony, sums, caps, balances; and engine 1's own answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rating.test_rules_properties import visits
from tests.rating.worked import SCHEMES

from courtyard.rating.rules import engine_1, engine_2
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import Area, SchemeDocument
from courtyard.rating.rules.engine_2.looking import look
from courtyard.rating.rules.engine_2.numbers import rounded
from courtyard.rating.rules.facts import Mark, Seen
from courtyard.rating.rules.parsing import check_toml
from courtyard.rating.rules.periods import period_of, time_of

NAMES = sorted(path.stem for path in SCHEMES.glob("*.toml"))
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@lru_cache(maxsize=40)
def scheme(name: str) -> SchemeDocument:
    found = check_toml((SCHEMES / f"{name}.toml").read_text(encoding="utf-8"))
    assert found.document is not None, found.problems
    return replace(found.document, engine=2)


def _value(draw: st.DrawFn, document: SchemeDocument, area: Area) -> str:
    """Something an area may be given."""
    marks = document.marks_of(area)
    if area.consent and draw(st.integers(0, 9)) == 0:
        return "declined"
    if marks == "labels":
        return draw(st.sampled_from([label.code for label in document.sheet.labels]))
    if marks == "findings":
        return "looked"
    if not area.items:
        return str(draw(st.integers(0, area.weight)))
    return "+".join(
        "na" if item.optional and draw(st.integers(0, 5)) == 0 else str(draw(st.integers(0, item.most_milli // 1000)))
        for item in area.items
    )


@st.composite
def marks(draw: st.DrawFn, document: SchemeDocument) -> Mark:
    """One evaluator's whole marks under any kind of sheet, with findings."""
    given_ = tuple((area.code, _value(draw, document, area)) for area in document.sheet.areas)
    pictures = [(area.code, picture.code) for area in document.sheet.areas for picture in area.pictures]
    seen = draw(st.lists(st.sampled_from(pictures), max_size=3)) if pictures else []
    found = tuple(Seen(area, code, draw(st.booleans()), draw(st.integers(1, 3))) for area, code in seen)
    return Mark(given_, found, kin=draw(st.integers(0, 7)) == 0)


@st.composite
def looks(draw: st.DrawFn) -> tuple[SchemeDocument, tuple[Mark, ...]]:
    document = scheme(draw(st.sampled_from(NAMES)))
    return document, tuple(draw(st.lists(marks(document), min_size=1, max_size=4)))


@st.composite
def stories(draw: st.DrawFn) -> tuple[SchemeDocument, list[s.Home], list[s.Event]]:
    """Three homes' year under any shipped scheme: visits, deeds, spending in any order."""
    document = scheme(draw(st.sampled_from(NAMES)))
    homes = [s.Home(code, (f"{code}1", f"{code}2"), group="g") for code in "abc"]
    days = st.integers(0, 364).map(lambda n: FIRST + timedelta(days=n))
    events: list[s.Event] = []
    for _ in range(draw(st.integers(0, 12))):
        home = draw(st.sampled_from(homes))
        top = document.whole_milli // 1000
        score = draw(st.integers(0, top)) * 1000
        events.append(s.Visit(home.code, draw(days), score_milli=score))
    for _ in range(draw(st.integers(0, 10)) if document.deeds else 0):
        home, rule = draw(st.sampled_from(homes)), draw(st.sampled_from(document.deeds))
        thing = draw(st.sampled_from([row.kind for row in rule.prices])) if rule.prices else ""
        events.append(
            s.Deed(
                home.code, draw(days), rule.code, draw(st.sampled_from(home.members)), draw(st.integers(1, 3)),
                draw(st.integers(0, 200)) * 1000, thing, draw(st.sampled_from(["", "e1", "e2"])),
            )
        )  # fmt: skip
    for _ in range(draw(st.integers(0, 4))):
        home = draw(st.sampled_from(homes))
        member = home.members[0] if document.account == "person" else ""
        if any(ledger.spendable for ledger in document.ledgers):
            events.append(s.Spend(home.code, draw(days), member, points=draw(st.integers(1, 40))))
    return document, homes, events


@given(visits())
def test_engine_1s_documents_have_engine_1s_answers(visit) -> None:
    document, facts = visit
    assert replace(engine_2.score(document, facts), engine=1) == engine_1.score(document, facts)
    assert replace(engine_2.carried(document, facts), engine=1) == engine_1.carried(document, facts)
    outcome = engine_1.score(document, facts)
    assert engine_2.again(document, outcome, facts.history) == engine_1.again(document, outcome, facts.history)
    assert engine_2.after(facts.history, outcome) == engine_1.after(facts.history, outcome)


@given(looks(), st.randoms())
def test_the_order_of_raters_and_areas_never_matters(found, order) -> None:
    document, given_marks = found
    shuffled = [replace(m, given=tuple(order.sample(m.given, len(m.given))), seen=m.seen[::-1]) for m in given_marks]
    order.shuffle(shuffled)
    assert look(document, shuffled) == look(document, given_marks)


@given(looks(), st.data())
def test_more_findings_never_raise_a_score(found, data) -> None:
    document, given_marks = found
    pictured = [area for area in document.sheet.areas if area.pictures]
    if not pictured:
        return
    n, area = data.draw(st.integers(0, len(given_marks) - 1)), data.draw(st.sampled_from(pictured))
    picture = data.draw(st.sampled_from(area.pictures))
    more = replace(given_marks[n], seen=(*given_marks[n].seen, Seen(area.code, picture.code, places=2)))
    before = look(document, given_marks)
    after = look(document, (*given_marks[:n], more, *given_marks[n + 1 :]))
    assert (before.score_milli is None) == (after.score_milli is None)
    if before.score_milli is not None and after.score_milli is not None:
        assert after.score_milli <= before.score_milli
        assert 0 <= after.score_milli <= document.most_milli


@given(looks())
def test_renormalising_with_nothing_missing_changes_nothing(found) -> None:
    document, given_marks = found
    here = look(document, given_marks)
    if any(area.score_milli is None for area in here.areas):
        return
    for missing in ("renormalise", "zero", "not_rated"):
        other = replace(document, sheet=replace(document.sheet, missing_area=missing))
        assert look(other, given_marks).score_milli == here.score_milli


@given(looks())
def test_areas_sum_to_the_score(found) -> None:
    document, given_marks = found
    here = look(document, given_marks)
    if here.score_milli is None:
        return
    rated = [area for area in here.areas if area.score_milli is not None]
    extra = {area.code for area in document.sheet.areas if area.extra}
    core = [area for area in rated if area.area not in extra]
    weights = sum(area.weight for area in core)
    if document.labels_only:
        total = Fraction(sum(area.weight * (area.score_milli or 0) for area in core), weights)
    else:
        total = Fraction(sum(area.score_milli or 0 for area in core)) * document.whole_milli / (weights * 1000)
        total += sum(area.score_milli or 0 for area in rated if area.area in extra)
    assert here.score_milli == rounded(total, document.aggregate.score_digits, document.aggregate.rounding)


@settings(max_examples=150)
@given(stories(), st.randoms())
def test_the_order_of_arrival_never_matters(story, order) -> None:
    document, homes, events = story
    told = engine_2.run(document, homes, events, LAST)
    shuffled, others = list(events), list(homes)
    order.shuffle(shuffled)
    order.shuffle(others)
    again = engine_2.run(document, others, shuffled, LAST)
    assert again.results == told.results
    assert again.balances == told.balances
    assert again.entries == told.entries


@settings(max_examples=150)
@given(stories())
def test_entries_sum_to_every_balance_and_nothing_spendable_is_below_zero(story) -> None:
    document, homes, events = story
    told = engine_2.run(document, homes, events, LAST)
    running: dict[tuple[str, str], int] = defaultdict(int)
    for ledger in document.ledgers:
        for owner in {owner for owner, _ in told.balances}:
            running[owner, ledger.code] = ledger.base_milli
    for entry in told.entries:
        running[entry.owner, entry.ledger] += entry.milli
        ledger = document.ledger(entry.ledger)
        if ledger.spendable:
            assert entry.milli % 1000 == 0
            assert running[entry.owner, entry.ledger] >= 0, entry
    assert {key: running[key] for key in told.balances} == told.balances


@settings(max_examples=150)
@given(stories())
def test_caps_hold_over_any_year(story) -> None:
    document, homes, events = story
    told = engine_2.run(document, homes, events, LAST)
    for cap in document.caps:
        earned: dict[tuple[str, date], int] = defaultdict(int)
        for entry in told.entries:
            if entry.ledger == cap.ledger and _names(document, cap, entry.clause) and (entry.milli < 0) == cap.taken:
                whose = entry.owner if cap.owner == "account" else entry.home
                when = time_of(cap.per, entry.day, period_of(document.scope.period, entry.day))
                earned[whose, when] += abs(entry.milli)
        assert all(milli <= cap.points_milli for milli in earned.values()), cap


def _names(document: SchemeDocument, cap, clause: str) -> bool:
    part, _, code = clause.partition(".")
    if part == "awards":
        return not (cap.awards or cap.deeds or cap.category) or code in cap.awards
    if part != "deeds":
        return False
    rule = document.deed(code)
    assert rule is not None
    if not (cap.awards or cap.deeds or cap.category):
        return True
    return code in cap.deeds or bool(cap.category) and cap.category == rule.category


@settings(max_examples=100)
@given(stories())
def test_every_result_says_what_caused_it(story) -> None:
    """Each entry of a close names a clause of the document, and what it gave and what was cut are what the clause says."""
    document, homes, events = story
    told = engine_2.run(document, homes, events, LAST)
    rules = {f"awards.{rule.code}": rule for rule in document.awards}
    listed = {f"lists.{rule.code}" for rule in document.lists}
    for result in told.results:
        assert {entry.clause for entry in result.entries} <= set(rules)
        assert {clause for _, clause in result.lists} <= listed
        if result.grade is None:
            assert not result.lists
            assert result.why
        assert not {listing for listing, _ in result.lists} >= {"red", "black"}


@pytest.mark.parametrize("name", NAMES)
def test_a_year_runs_the_same_twice(name: str) -> None:
    document = scheme(name)
    homes = [s.Home(f"h{n}", group=f"g{n % 3}") for n in range(30)]
    events = [
        s.Visit(home.code, period_of("month", FIRST + timedelta(days=30 * month)).last, score_milli=(n * 37 + month * 11) % 101 * 1000)
        for month in range(12)
        for n, home in enumerate(homes)
    ]  # fmt: skip
    first, second = (engine_2.run(document, homes, events, LAST) for _ in range(2))
    assert first.results == second.results
    assert len(first.results) >= 30


def test_where_no_ledger_can_be_spent_a_spend_is_refused() -> None:
    document = next(scheme(name) for name in NAMES if not any(row.spendable for row in scheme(name).ledgers))
    told = engine_2.run(document, [s.Home("a")], [s.Spend("a", FIRST, points=1)], LAST)
    assert [refusal.code for refusal in told.refusals] == ["rating.spend_no_ledger"]


@settings(max_examples=100)
@given(stories())
def test_spending_never_lowers_a_standing(story) -> None:
    """A standing reads what was earned, never the balance: without the spending it is the same (D6)."""
    document, homes, events = story
    told = engine_2.run(document, homes, events, LAST)
    saving = engine_2.run(document, homes, [one for one in events if not isinstance(one, s.Spend)], LAST)
    off = {
        entry.ledger for entry in told.entries if entry.milli < 0 and not entry.clause.startswith(("spend", "rewards"))
    }
    for (owner, ledger), milli in told.standings.items():
        assert milli >= told.balances[owner, ledger]
        if ledger not in off and not document.gates:
            assert milli == saving.standings[owner, ledger]
