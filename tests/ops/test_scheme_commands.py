"""check_scheme, score and scheme_schema: no database, faults with their clauses, exit 1, pure JSON."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.rating.worked import SCHEMES, document, text_of

from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.rating.rules.documents import canonical, fingerprint
from courtyard.rating.rules.loading import BYTES_MOST
from courtyard.rating.rules.schema import schema

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "example.toml"


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command(*[str(one) for one in arguments], stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> tuple[str, str]:
    """What it prints and what it says on leaving with 1."""
    out = io.StringIO()
    with pytest.raises(CommandError) as told:
        call_command(*[str(one) for one in arguments], stdout=out)
    return out.getvalue(), str(told.value)


def kept(folder: Path, text: str | bytes, name: str = "ours.toml") -> Path:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_a_sound_scheme_is_told_with_its_fingerprint():
    text = run("check_scheme", SCHEMES / "wandian.toml")
    assert "\n✓ 「家庭环境卫生积分办法」(wandian,算法 " in text
    assert fingerprint(canonical(document())) in text
    found = json.loads(run("check_scheme", SCHEMES / "wandian.toml", "--json"))
    assert set(found) == {"ok", "problems", "warnings", "questions", "not_carried"}
    assert (found["ok"], found["problems"], found["warnings"], found["not_carried"]) == (True, [], [], [])


def test_the_open_questions_are_told_answered_or_not(tmp_path):
    text = EXAMPLE.read_text(encoding="utf-8")
    told = {one["code"]: one for one in json.loads(run("check_scheme", EXAMPLE, "--json"))["questions"]}
    assert all(set(one) == {"code", "text", "answered", "answer", "clause", "write"} for one in told.values())
    assert all(one["answered"] and one["answer"] for one in told.values())
    open_one = kept(tmp_path, text.replace('disputed = "counts"\n', ""))
    found = json.loads(run("check_scheme", open_one, "--json"))
    assert [one["code"] for one in found["questions"] if not one["answered"]] == ["disputed"]
    assert [one["code"] for one in found["warnings"]] == ["rating.question_open"]
    assert "还没有说(写在 answers.disputed)" in run("check_scheme", open_one)


def test_every_fault_is_told_with_its_clause_and_it_leaves_with_one(tmp_path):
    bad = kept(tmp_path, text_of("wandian").replace("points = 10\n", 'points = "ten"\n').replace("[card]", "[cart]"))
    text, told = refused("check_scheme", bad)
    assert "行:「awards[good].points」的写法不对。" in text and "✗ 少了「card」" in text
    assert "处要改" in told
    text, _ = refused("check_scheme", bad, "--json")
    found = json.loads(text)
    assert found["ok"] is False
    assert ("rating.clause_unknown", "cart") in [(one["code"], one["clause"]) for one in found["problems"]]
    assert all(set(one) == {"code", "clause", "line", "why"} and one["why"].endswith("。") for one in found["problems"])
    lines = bad.read_text(encoding="utf-8").split("\n")
    assert {lines[one["line"] - 1] for one in found["problems"] if one["line"]} == {'points = "ten"', "[cart]"}


def test_a_warning_lets_it_pass(tmp_path):
    text = text_of("wandian").replace('[budget]\nshort = "wait"\nunpublished = true\n', "")
    file = kept(tmp_path, text)
    assert "\n✓ " in run("check_scheme", file)
    found = json.loads(run("check_scheme", file, "--json"))
    assert (found["ok"], [one["clause"] for one in found["warnings"]]) == (True, ["budget"])


def test_what_no_round_carries_out_yet_is_told_beside(tmp_path):
    found = json.loads(run("check_scheme", EXAMPLE, "--json"))
    told = {one["clause"]: one["code"] for one in found["not_carried"]}
    assert found["ok"] and set(told.values()) <= {"rating.not_carried"}
    text = run("check_scheme", EXAMPLE)
    lines = [line for line in text.splitlines() if line.startswith("! ")]
    assert len(lines) == bool(told)
    assert all(f"{clause}(" in line for clause in told for line in lines)


def test_json_is_read_by_its_name(tmp_path):
    assert "✓" in run("check_scheme", kept(tmp_path, canonical(document()), "ours.json"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00\x01", "rating.document_not_utf8"),
        (b"", "rating.clause_missing"),
        (b"a" * (BYTES_MOST + 1), "rating.document_too_large"),
        (b"x = " + b"[" * 100_000 + b"]" * 100_000, "rating.document_too_deep"),
        (b"x = [" + b"1," * 10_000 + b"]", "rating.document_too_many"),
        (b"x = nan", "rating.clause_unknown"),
    ],
    ids=["not utf-8", "empty", "large", "deep", "many", "nan"],
)  # fmt: skip
def test_what_is_no_scheme_is_refused(tmp_path, content, code):
    text, _ = refused("check_scheme", kept(tmp_path, content), "--json")
    assert code in [one["code"] for one in json.loads(text)["problems"]]


def test_a_thousand_faults_are_not_all_printed(tmp_path):
    text, told = refused("check_scheme", kept(tmp_path, "\n".join(f"k{n} = 1" for n in range(1000))))
    assert text.count("✗") == 50 and "另有" in text
    assert "有 10" in told


def test_no_file_and_a_folder_are_said(tmp_path):
    for file in (tmp_path / "none.toml", tmp_path):
        _, told = refused("check_scheme", file)
        assert "没有找到文件" in told


def test_a_village_is_held_to_its_towns_frame(tmp_path):
    town = text_of("wandian").replace("engine = 1", "engine = 2")
    framed = kept(
        tmp_path, town + '\n[frame]\nmay = [{ clause = "awards[good].points", least = 5, most = 15 }]\n', "t.toml"
    )
    inside = kept(tmp_path, town.replace("points = 10\n", "points = 15\n", 1), "in.toml")
    assert "✓" in run("check_scheme", inside, "--within", framed)
    outside = kept(tmp_path, town.replace("points = 10\n", "points = 16\n", 1), "out.toml")
    text, _ = refused("check_scheme", outside, "--within", framed, "--json")
    assert [(one["code"], one["clause"]) for one in json.loads(text)["problems"]] == [
        ("rating.frame_out_of_room", "awards[good].points")
    ]
    _, told = refused("check_scheme", inside, "--within", kept(tmp_path, "format = 1", "bad.toml"))
    assert "「scope」" in told and "先改好再办" in told


def test_the_schema_goes_to_the_screen_or_into_a_file(tmp_path):
    assert json.loads(run("scheme_schema")) == schema()
    out = tmp_path / "scheme.json"
    assert run("scheme_schema", "--out", out) == ""
    assert json.loads(out.read_text(encoding="utf-8")) == schema()
    _, told = refused("scheme_schema", "--out", tmp_path / "scheme.txt")
    assert ".json" in told


def test_neither_touches_a_database(tmp_path):
    """An empty folder stays empty: no keys, no database."""
    env = {**os.environ, "COURTYARD_VAR": str(tmp_path / "var")}
    done = subprocess.run(
        [sys.executable, "-m", "courtyard.project.command", "check_scheme", str(SCHEMES / "wandian.toml"), "--json"],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, json.loads(done.stdout)["ok"]) == (0, True), done.stderr
    assert list(tmp_path.rglob("*")) in ([], [tmp_path / "var"])


CASE = """
[[case]]
name = "正好 85 分是好"
score_given = "85"
grade = "good"
"""


def test_cases_are_scored_and_a_wrong_answer_leaves_with_one(tmp_path):
    assert "✓ 正好 85 分是好" in run("score", EXAMPLE, kept(tmp_path, CASE))
    text, said = refused("score", EXAMPLE, kept(tmp_path, CASE.replace("good", "fair")))
    assert "✗ 正好 85 分是好" in text and "写的是 fair,算出来是 good" in text
    assert "1 个例子不对" in said
    text, _ = refused("score", EXAMPLE, kept(tmp_path, CASE.replace("grade", "grads")), "--json")
    (one,) = json.loads(text)["cases"]
    assert not one["ok"] and one["fault"].startswith("grads: ")


@pytest.mark.parametrize("text", ["", "case = 1", "[[cases]]\nname = 'x'"])
def test_a_file_without_cases_is_refused(tmp_path, text):
    _, said = refused("score", EXAMPLE, kept(tmp_path, text))
    assert said == say(Problem("rating.no_cases", {}))


def test_a_past_is_told_by_marks_not_by_a_score(tmp_path):
    text, _ = refused("score", EXAMPLE, kept(tmp_path, CASE + 'last = "good"\nrun = 2\n'))
    assert "读不了:score_given: " in text
