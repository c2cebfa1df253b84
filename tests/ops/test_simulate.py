"""courtyard simulate: figures in words and JSON, a budget, prices beside the scheme, the model of a place, bad inputs."""

from __future__ import annotations

import dataclasses
import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.rating.worked import SCHEMES

from courtyard.ops.management.commands import simulate as command
from courtyard.rating.rules.facts import History, Outcome
from courtyard.rating.rules.simulating import Model, fare, read_model, write_model

FILE = SCHEMES / "wandian_small.toml"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Few drawn visits, one process: what is asked here depends on neither."""
    monkeypatch.setattr(fare, "STORE", 40)
    monkeypatch.setattr("os.cpu_count", lambda: 1)


def run(*arguments: object, file=FILE) -> str:
    out = io.StringIO()
    call_command("simulate", str(file), *[str(one) for one in arguments], stdout=out)
    return out.getvalue()


def refused(*arguments: object, file=FILE) -> str:
    with pytest.raises(CommandError) as told:
        run(*arguments, file=file)
    assert told.value.returncode == 2
    return str(told.value)


def test_it_is_told_month_by_month_with_intervals_and_the_budget():
    text = run(
        "--households", 60, "--months", 3, "--seeds", 20, "--budget", 1000, "--start", "2027-04", "--price", "肥皂=10"
    )
    assert "60 户" in text and "从 2027-04 起 3 个月,算了 20 遍(种子 1—20)" in text
    assert [line.split()[0] for line in text.splitlines() if line.startswith("2027-")] == [
        "2027-04",
        "2027-05",
        "2027-06",
    ]
    assert "「肥皂」10 分:手里攒够过的 " in text
    assert "预算 1000 元:在预算以内;20 遍里超出的 0 遍(0.0 %)。" in text
    assert "预算 1 元:超出预算;20 遍里超出的 20 遍(100.0 %)。" in run("--households", 60, "--seeds", 20, "--budget", 1)


def test_the_same_seed_says_the_same_and_one_pass_says_that_it_has_no_interval():
    text = run("--households", 40, "--months", 2, "--seed", 9, "--seeds", 1)
    assert text == run("--households", 40, "--months", 2, "--seed", 9, "--seeds", 1)
    assert "只算了一遍" in text and "—" not in text.split("合计")[1]


def test_json_is_pure_and_whole():
    found = json.loads(run("--households", 40, "--months", 2, "--seeds", 3, "--budget", "0.5", "--json"))
    assert set(found) == {
        "scheme", "households", "homes", "start", "seeds", "months", "whole", "rewards", "black", "cost_fen", "unpriced",
        "budget",
    }  # fmt: skip
    assert (found["scheme"], found["households"], found["seeds"], len(found["months"])) == (
        "wandian_small",
        40,
        [1, 2, 3],
        2,
    )
    assert set(found["months"][0]["issued"]["points"]) == {"low", "mid", "high"}
    assert found["budget"] == {"budget_fen": 50, "inside": False, "over": 3, "over_milli": 1000}
    assert len(found["cost_fen"]["seeds"]) == 3


def test_where_a_point_has_no_worth_the_budget_is_not_said_to_suffice():
    text = run("--households", 30, "--months", 1, "--budget", 9999, file=SCHEMES / "gulai.toml")
    assert "说不出够不够" in text and "在预算以内" not in text


def test_several_processes_say_the_same():
    arguments = ("--households", 20, "--months", 2, "--seeds", 4, "--json")
    # Another process draws as many visits as it is delivered with, so here too.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fare, "STORE", 1000)
        assert run(*arguments, "--processes", 2) == run(*arguments, "--processes", 1)


def test_without_a_number_of_seeds_a_small_place_has_many_and_a_town_one(monkeypatch):
    asked = []
    monkeypatch.setattr(command, "simulate", lambda *given, **_: asked.append(len(given[4])))
    monkeypatch.setattr(command, "as_words", lambda *_: ())
    for homes, months in ((10, 12), (320, 12), (6000, 12), (100_000, 36)):
        run("--households", homes, "--months", months)
    assert asked == [200, 37, 1, 1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "没有写多少户"),
        (("--households", 0), "户数写的是 0"),
        (("--households", 100_001), "户数写的是 100001"),
        (("--households", 5, "--months", 0), "月数写的是 0"),
        (("--households", 5, "--months", 37), "月数写的是 37"),
        (("--households", 5, "--seeds", 1001), "种子数写的是 1001"),
        (("--households", 5, "--budget", "1e9x"), "预算「1e9x」"),
        (("--households", 5, "--budget", "-1"), "预算「-1」"),
        (("--households", 5, "--price", "肥皂"), "「肥皂」应当写成"),
        (("--households", 5, "--price", "肥皂=０"), "应当写成"),
        (("--households", 5, "--start", "2027-13"), "不是月份"),
        (("--households", 5, "--start", "0001-01"), "年份不对"),
        (("--households", 5, "--model", "nowhere.toml"), "没有找到假设的文件"),
    ],
)
def test_what_cannot_be_simulated_is_said_plainly_with_exit_2(arguments, words):
    assert words in refused(*arguments)


def test_a_model_file_is_taken_or_every_fault_of_it_is_said(tmp_path):
    file = tmp_path / "model.toml"
    file.write_text(write_model(dataclasses.replace(Model(), empty_milli=1000)), encoding="utf-8")
    assert "其中有人住又参加的 0 户" in run("--households", 10, "--months", 1, "--seeds", 1, "--model", file)
    file.write_text("persistence = 3\ndip = true\n", encoding="utf-8")
    said = refused("--households", 10, "--model", file)
    assert "「persistence」" in said and "「dip」" in said and "有 2 处要改" in said
    file.write_bytes(b"\xff\xfe")
    assert "有 1 处要改" in refused("--households", 10, "--model", file)
    file.write_text('[[deeds]]\ncode = "dance"\na_year = 1\n', encoding="utf-8")
    assert "dance" in refused("--households", 10, "--model", file)
    file.write_bytes(b"#" * 200_000)
    assert "太大" in refused("--households", 10, "--model", file)


def test_a_place_whose_rounds_tell_nothing_keeps_the_usual_model(world):
    with pytest.raises(CommandError) as told:
        run("--fit", world["WD/01"].path)
    assert "少于 10 户" in str(told.value)


def test_a_places_model_is_printed_or_written_and_taken(world, tmp_path, monkeypatch):
    def outcome(grade: str) -> Outcome:
        return Outcome(2, grade, "", 90_000, 3, 0, (), (), (), (), False, History())

    rows = [(date(2026, month, 1), outcome("good" if month % 4 else "poor")) for month in range(1, 9)]
    monkeypatch.setattr(command, "histories", lambda areas: {str(home): rows for home in range(40)})
    out = tmp_path / "model.toml"
    assert "40 户的历史" in run("--fit", "WD/01", "--out", out)
    text = out.read_text(encoding="utf-8")
    assert "# 农户的几类(按 40 户、320 次评分)" in text
    assert sum(one.share_milli for one in read_model(text).classes) == 1000
    assert "评上" in run("--households", 20, "--months", 1, "--model", out)
    assert run("--fit", "WD/01") == text
