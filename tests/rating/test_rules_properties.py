"""What holds for every visit under every sound scheme: order, monotony, sums, caps, who can never be listed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rating.worked import document

from courtyard.rating.rules import engine_1
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import Facts, History, Mark, Outcome, Seen

# The words engine 1 knows.
METHODS = ("mean", "trimmed_mean", "median")
ROUNDINGS = ("half_up", "half_even", "down")
LABELS = ("good", "fair", "poor")
FULL = ("good", "fair", "poor", "declined", "-")


@st.composite
def schemes(draw: st.DrawFn) -> SchemeDocument:
    """The shipped schemes with methods, roundings, label scores and missing-area rules drawn."""
    scheme = document(draw(st.sampled_from(["wandian", "wandian_small"])))
    digits = st.integers(0, 3)
    aggregate = replace(
        scheme.aggregate,
        method=draw(st.sampled_from(METHODS)),
        even=draw(st.sampled_from(["mean", "better", "worse"])),
        rounding=draw(st.sampled_from(ROUNDINGS)),
        area_digits=draw(digits),
        score_digits=draw(digits),
    )
    values = sorted(draw(st.lists(st.integers(0, 100_000), min_size=3, max_size=3)), reverse=True)
    labels = tuple(replace(label, score_milli=v) for label, v in zip(scheme.sheet.labels, values, strict=True))
    missing = draw(st.sampled_from(["renormalise", "not_rated"]))
    return replace(scheme, aggregate=aggregate, sheet=replace(scheme.sheet, labels=labels, missing_area=missing))


@st.composite
def marks(draw: st.DrawFn, scheme: SchemeDocument, words: tuple[str, ...] = FULL) -> Mark:
    """One evaluator's marks: any labels, findings, kin, nobody at home."""
    if draw(st.integers(0, 9)) == 0 and words is FULL:
        return Mark(not_at_home=True)
    chosen = [(area, draw(st.sampled_from(words))) for area in scheme.sheet.areas]
    pairs = [(a.code, w) for a, w in chosen if w != "-" and (w != "declined" or a.consent)]
    pictures = [Seen(a.code, p.code, m) for a in scheme.sheet.areas for p in a.pictures for m in (False, True)]
    seen = draw(st.lists(st.sampled_from(pictures), max_size=4))
    return Mark(tuple(pairs), tuple(seen), kin=draw(st.integers(0, 5)) == 0)


@st.composite
def visits(draw: st.DrawFn) -> tuple[SchemeDocument, Facts]:
    """A scheme and the facts of one visit under it."""
    scheme = draw(schemes())
    given_marks = draw(st.lists(marks(scheme), max_size=6))
    last = draw(st.sampled_from([None, *LABELS]))
    earned = draw(st.integers(0, 220))
    history = History(last, draw(st.integers(1, 9)) if last else 0, (("points", earned),) if earned else ())
    return scheme, Facts(tuple(given_marks), history, draw(st.booleans()), draw(st.booleans()))


@given(visits(), st.randoms())
def test_the_order_of_marks_never_matters(visit, order) -> None:
    scheme, facts = visit
    shuffled = [replace(m, given=tuple(order.sample(m.given, len(m.given))), seen=m.seen[::-1]) for m in facts.marks]
    order.shuffle(shuffled)
    other = engine_1.score(scheme, replace(facts, marks=tuple(shuffled)))
    assert other == engine_1.score(scheme, facts)
    assert other.breakdown_text == engine_1.score(scheme, facts).breakdown_text


@given(visits(), st.data())
def test_a_worse_mark_never_raises_the_score(visit, data) -> None:
    scheme, facts = visit
    places = [
        (n, k) for n, m in enumerate(facts.marks) for k, (_, label) in enumerate(m.given) if label in ("good", "fair")
    ]
    if not places:
        return
    n, k = data.draw(st.sampled_from(places))
    mark = facts.marks[n]
    area, label = mark.given[k]
    worse = LABELS[LABELS.index(label) + 1]
    changed = replace(mark, given=(*mark.given[:k], (area, worse), *mark.given[k + 1 :]))
    after = engine_1.score(scheme, replace(facts, marks=(*facts.marks[:n], changed, *facts.marks[n + 1 :])))
    before = engine_1.score(scheme, facts)
    assert (before.score_milli is None) == (after.score_milli is None)
    if before.score_milli is not None and after.score_milli is not None:
        assert after.score_milli <= before.score_milli
        assert (scheme.rank(after.grade) or 0) >= (scheme.rank(before.grade) or 0)


@given(visits(), st.data())
def test_a_finding_never_changes_score_grade_or_points(visit, data) -> None:
    scheme, facts = visit
    if not facts.marks:
        return
    n = data.draw(st.integers(0, len(facts.marks) - 1))
    area = data.draw(st.sampled_from(scheme.sheet.areas))
    more = replace(facts.marks[n], seen=(*facts.marks[n].seen, Seen(area.code, area.pictures[0].code)))
    after = engine_1.score(scheme, replace(facts, marks=(*facts.marks[:n], more, *facts.marks[n + 1 :])))
    before = engine_1.score(scheme, facts)
    assert (after.score_milli, after.grade, after.awards) == (before.score_milli, before.grade, before.awards)


def _recomputed(scheme: SchemeDocument, outcome: Outcome) -> int:
    """The score again, from nothing but the kept breakdown."""
    kept = outcome.breakdown
    rated = [area for area in kept["areas"] if area["score_milli"] is not None]
    weighted = sum(area["weight"] * area["score_milli"] for area in rated)
    mean = Fraction(weighted, sum(area["weight"] for area in rated))
    return engine_1.rounded(mean, scheme.aggregate.score_digits, scheme.aggregate.rounding)


@given(visits())
def test_a_breakdown_sums_to_its_result(visit) -> None:
    scheme, facts = visit
    outcome = engine_1.score(scheme, facts)
    kept = outcome.breakdown
    assert kept["points"] == sum(award["points"] for award in kept["awards"]) == outcome.points
    rules = {f"awards.{rule.code}": rule.points for rule in scheme.awards}
    assert all(award["points"] >= 0 and award["cut"] >= 0 for award in kept["awards"])
    assert all(award["points"] + award["cut"] == rules[award["clause"]] for award in kept["awards"])
    if outcome.grade is None:
        assert kept["score_milli"] is None
        assert kept["why"]
        assert (kept["awards"], kept["candidates"], kept["never"]) == ([], [], [])
        return
    assert kept["score_milli"] == _recomputed(scheme, outcome)
    assert scheme.band_of(kept["score_milli"]).code == kept["grade"]
    for area in kept["areas"]:
        labels = [scheme.label(code).score_milli for code, count in area["counts"].items() for _ in range(count)]
        if labels:
            whole = engine_1.combined(scheme.aggregate, labels)
            aggregate = scheme.aggregate
            assert area["score_milli"] == engine_1.rounded(whole, aggregate.area_digits, aggregate.rounding)
            unit = 10 ** (3 - aggregate.area_digits)
            assert min(labels) - unit < area["score_milli"] < max(labels) + unit
        else:
            assert area["score_milli"] is None


@given(schemes(), st.data())
def test_renormalising_with_nothing_missing_changes_nothing(scheme, data) -> None:
    whole = data.draw(st.lists(marks(scheme, LABELS), min_size=1, max_size=5))
    facts = Facts(tuple(replace(mark, kin=False) for mark in whole))
    renormalised = engine_1.score(replace(scheme, sheet=replace(scheme.sheet, missing_area="renormalise")), facts)
    strict = engine_1.score(replace(scheme, sheet=replace(scheme.sheet, missing_area="not_rated")), facts)
    assert renormalised == strict
    weighted = sum(area.weight * (area.score_milli or 0) for area in strict.areas)
    aggregate = scheme.aggregate
    plain = engine_1.rounded(Fraction(weighted, 100), aggregate.score_digits, aggregate.rounding)
    assert strict.score_milli == plain


@settings(max_examples=50)
@given(
    st.sampled_from(["wandian", "wandian_small"]),
    st.lists(st.sampled_from([*LABELS, "absent", "carried"]), max_size=40),
)
def test_caps_hold_and_points_are_whole_over_any_year(name: str, rounds: list[str]) -> None:
    scheme = document(name)
    history, total = History(), 0
    for word in rounds:
        if word == "carried":
            outcome = engine_1.carried(scheme, Facts((), history))
        elif word == "absent":
            outcome = engine_1.score(scheme, Facts((Mark(not_at_home=True),), history))
        else:
            given_marks = Mark(tuple((area.code, word) for area in scheme.sheet.areas))
            outcome = engine_1.score(scheme, Facts((given_marks,) * 3, history))
        assert all(award.points >= 0 and award.cut >= 0 for award in outcome.awards)
        assert all(award.points > 0 for award in outcome.paying)
        total += outcome.points
        history = engine_1.after(history, outcome)
        assert dict(history.earned).get("points", 0) == total
    cap = scheme.caps[0].points
    assert total <= cap
    uncapped = replace(scheme, caps=())
    assert all(not a.cut for a in engine_1.score(uncapped, Facts((Mark((("courtyard", "good"),)),), history)).awards)


@st.composite
def poor_visits(draw: st.DrawFn) -> tuple[SchemeDocument, Facts]:
    """A visit that is mostly poor and mostly well documented: on the edge of the black list."""
    scheme = document(draw(st.sampled_from(["wandian", "wandian_small"])))
    all_poor = Mark(tuple((area.code, "poor") for area in scheme.sheet.areas))
    mended = st.sampled_from([False] * 9 + [True])
    seen = tuple(
        Seen(area.code, area.pictures[0].code, draw(mended)) for area in scheme.sheet.areas if draw(st.integers(0, 5))
    )
    odd = draw(st.lists(marks(scheme), max_size=2))
    whole = [replace(all_poor, seen=seen), *[all_poor] * draw(st.sampled_from([1, 2, 2, 3])), *odd]
    rarely = st.sampled_from([False] * 5 + [True])
    return scheme, Facts(tuple(draw(st.permutations(whole))), care=draw(rarely), help_owed=draw(rarely))


@given(poor_visits())
def test_who_is_never_a_black_candidate(visit) -> None:
    """DOMAIN §4.2 and §4.7, without asking the engine's own reasons."""
    scheme, facts = visit
    outcome = engine_1.score(scheme, facts)
    listings = {candidate.listing for candidate in outcome.candidates}
    assert not {"red", "black"} <= listings
    if "black" not in listings:
        return
    assert outcome.grade == "poor"
    assert not facts.care
    assert not facts.help_owed
    assert not any(mark.kin and mark.given for mark in facts.marks)
    assert sum(1 for mark in facts.marks if mark.given) >= 3
    standing = {item.area for mark in facts.marks for item in mark.seen if not item.mended}
    for area in outcome.areas:
        if area.score_milli is not None and scheme.band_of(area.score_milli).code == "poor":
            assert area.area in standing


@given(visits())
def test_an_unrated_home_is_never_poor_and_loses_nothing(visit) -> None:
    scheme, facts = visit
    for away in (replace(facts, taking_part=False), replace(facts, lived_in=False), replace(facts, marks=())):
        outcome = engine_1.score(scheme, away)
        assert (outcome.grade, outcome.score_milli, outcome.points, outcome.candidates) == (None, None, 0, ())
        assert engine_1.after(facts.history, outcome) == facts.history
