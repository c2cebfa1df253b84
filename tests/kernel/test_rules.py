"""The vocabulary: ids, short numbers, paths, days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import RFC_4122, UUID

import pytest

from courtyard.kernel import days, ids, paths, texts
from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import register, say


def test_ids_are_uuid7_and_never_repeat() -> None:
    made = {ids.uuid7() for _ in range(1000)}
    assert len(made) == 1000
    assert {made_id.version for made_id in made} == {7}


def test_many_ids_at_once_are_such_ids() -> None:
    made = ids.uuid7s(1000)
    assert len(set(made)) == 1000 and ids.uuid7s(0) == []
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}
    assert ids.uuid7().int >> 80 >= made[0].int >> 80 > 0, "they carry the moment"


def test_a_visits_id_as_text_is_its_id() -> None:
    for _ in range(500):
        a, b = ids.uuid7(), ids.uuid7()
        assert ids.visit_hex(a.hex, b.hex) == ids.visit_id(a, b).hex


def test_a_visit_has_one_id_wherever_it_is_named() -> None:
    a, b = UUID(int=1), UUID(int=2)
    assert ids.visit_id(a, b) == ids.visit_id(a, b) != ids.visit_id(b, a)
    assert ids.visit_id(a, b).version == 5


def test_a_token_has_128_bits_and_is_plain_ascii() -> None:
    made = {ids.token() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(token) == 26 and token.isascii() and token.isalnum() for token in made)


def test_any_one_wrong_digit_of_a_short_number_shows() -> None:
    for five in range(0, 100_000, 997):
        short = ids.short_number(five)
        assert ids.short_number_is_sound(short)
        for place in range(6):
            for digit in "0123456789":
                if digit != short[place]:
                    assert not ids.short_number_is_sound(short[:place] + digit + short[place + 1 :])


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345a", "\uff11\uff12\uff13\uff14\uff15\uff16", " 12345"])
def test_what_is_no_short_number(text: str) -> None:
    assert not ids.short_number_is_sound(text)


def test_seeded_ids_follow_from_seed_and_clock() -> None:
    def clock() -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)

    def some() -> list[object]:
        return [ids.uuid7(), ids.token(), ids.random_bytes(4)]

    with ids.seeded("1", clock):
        first = some()
    with ids.seeded("1", clock):
        assert some() == first
    with ids.seeded("2", clock):
        assert some() != first
    assert some() != first


@pytest.mark.parametrize(
    ("text", "number"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十九", 29), ("两", 2), ("\uff11\uff12", 12), ("07", 7), ("一二", 12),
     ("", None), ("甲", None), ("十十", None), ("-1", None)],
)  # fmt: skip
def test_chinese_numbers(text: str, number: int | None) -> None:
    assert paths.chinese_number(text) == number


@pytest.mark.parametrize(
    ("path", "area", "inside"),
    [("WD/01", "WD", True), ("WD", "WD", True), ("WD1", "WD", False), ("WD", "WD/01", False), ("X", "", True)],
)
def test_inside(path: str, area: str, inside: bool) -> None:
    assert paths.inside(path, area) is inside


def test_the_day_is_shanghais() -> None:
    assert days.day_of(datetime(2026, 11, 23, 15, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert days.day_of(datetime(2026, 11, 23, 16, 0, tzinfo=UTC)) == date(2026, 11, 24)


TABLE = days.Holidays(
    frozenset({2026}), frozenset({date(2026, 10, d) for d in range(1, 8)}), frozenset({date(2026, 10, 10)})
)


@pytest.mark.parametrize(
    ("start", "count", "last", "provisional"),
    [
        (date(2026, 9, 28), 3, date(2026, 10, 8), False),  # Tue, Wed, then a free week, Thu
        (date(2026, 10, 8), 2, date(2026, 10, 10), False),  # Fri, and the Saturday worked instead
        (date(2026, 10, 9), 0, date(2026, 10, 9), False),
        (date(2026, 12, 30), 1, date(2026, 12, 31), False),
        (date(2026, 12, 31), 1, date(2027, 1, 4), True),  # 1 January is fixed; 2027 has no table
        (date(2027, 9, 30), 1, date(2027, 10, 4), True),
    ],
)
def test_working_days(start: date, count: int, last: date, provisional: bool) -> None:
    assert days.working_days_after(start, count, TABLE) == days.Deadline(last, provisional)


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2026, 9, 1), 30, date(2026, 10, 8)),
        (date(2026, 11, 1), 5, date(2026, 11, 6)),
        (date(2026, 11, 2), 5, date(2026, 11, 9)),
    ],
)
def test_calendar_days_end_on_a_working_day(start: date, count: int, last: date) -> None:
    assert days.days_after(start, count, TABLE).day == last


def test_text_that_cannot_be_stored() -> None:
    for text in ("a\x00b", "a\ud800b", "a\x07"):
        problem = texts.unfit(text, most=10, field="x")
        assert problem is not None
        assert problem.code == "kernel.unfit_character"
    too_long = texts.unfit("x" * 11, most=10, field="x")
    assert too_long is not None
    assert too_long.code == "kernel.too_long"
    assert texts.unfit("㛃䶮𠮷", most=3, field="x") is None
    assert texts.clean("  王  建国 ") == "王 建国"


def test_a_problem_is_said_with_its_facts_and_an_unknown_code_openly() -> None:
    register({"test.said": "有 {n} 户"})
    assert say(Problem("test.said", {"n": 3})) == "有 3 户"
    assert "test.unsaid" in say(Problem("test.unsaid"))


def test_a_chinese_sentence_says_its_days_as_people_do_an_english_one_as_facts_have_them() -> None:
    facts = {"day": "2026-12-02", "month": "2026-11", "code": "01-2026-11"}
    register({"test.day": "最早 {day},{month}那一轮,{code}", "test.english": "{day} at the earliest"})
    assert say(Problem("test.day", facts)) == "最早 2026年12月2日,2026年11月那一轮,01-2026-11"
    assert say(Problem("test.english", facts)) == "2026-12-02 at the earliest"


def test_a_character_no_screen_shows_is_named_by_its_number() -> None:
    from courtyard.kernel.glyphs import named

    assert named("\ue000😀\u200b") == "U+E000😀U+200B" and named("\ue000𪚥", " ") == "U+E000 𪚥" and named("") == ""
