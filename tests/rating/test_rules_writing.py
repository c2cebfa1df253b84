"""A document written as TOML reads back as itself, in the order people read, and repeats no default."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.rating.drawn import read, tables
from tests.rating.worked import SCHEMES, document, text_of

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.documents.declare import declared
from courtyard.rating.rules.parsing import check_toml, parse_json
from courtyard.rating.rules.writing import ordered, write, write_part

SHIPPED = sorted(path.stem for path in SCHEMES.glob("*.toml"))


def tables_of(text: str) -> Any:
    return json.loads(json.dumps(tomllib.loads(text, parse_float=Decimal), default=str))


@pytest.mark.parametrize("scheme", SHIPPED)
def test_a_shipped_scheme_reads_back_as_itself(scheme: str) -> None:
    one = document(scheme)
    text = write(one)
    assert check_toml(text).document == one
    assert write(check_toml(text).document or one) == text
    assert check_toml(write(one, head="说明\n\n第二段", notes=True)).document == one


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(SchemeDocument))
def test_what_is_drawn_reads_back_as_itself(data: dict[str, Any]) -> None:
    one = read(data)
    assert not isinstance(one, Problem), one
    again = parse_json(json.dumps(tables_of(write(one)), ensure_ascii=False))
    assert again == one


def test_decimals_stand_as_they_are_and_defaults_are_left_out() -> None:
    text = write(document("wandian", {"bands[good].least": "84.125", "bands[fair].most": "84.125"}))
    assert "least = 84.125\n" in text
    assert '"84.125"' not in text
    plain = write(document())
    assert all(word not in plain for word in ("consent = false", 'even = "mean"', "or_better", "unpublished = false"))
    assert '  { code = "good", name = "好", key = "1", score = 100, unpublished = true },\n' in plain


def test_tables_stand_in_the_order_of_the_declarations() -> None:
    text = write(document())
    headings = [line.strip("[]") for line in text.splitlines() if line.startswith("[")]
    parts = [key.key for key in declared(SchemeDocument) if key.spec.of]
    found = list(dict.fromkeys(heading.split(".")[0] for heading in headings))
    assert found == [part for part in parts if part in found]
    assert text.index("format = ") < text.index("engine = ") < text.index("code = ") < text.index("[scope]")


def test_every_key_of_a_table_has_its_place() -> None:
    for key in declared(SchemeDocument):
        if key.spec.of:
            assert sorted(row.key for row in ordered(key.spec.of)) == sorted(row.key for row in declared(key.spec.of))


def test_quotes_strokes_and_many_dots_in_a_text_survive() -> None:
    name = 'a"b\\c = [x] # ' + ".".join("abcdefghijklmnop")
    one = document("wandian", {"source": name})
    assert check_toml(write(one)).document == one


def test_a_part_alone_is_the_same_as_in_the_whole() -> None:
    one = document()
    text = write(one)
    for part in ("budget", "bands", "sheet", "format"):
        assert write_part(one, part).strip() in text
    assert write_part(one, "stars") == ""
    assert tomllib.loads(write_part(one, "caps"))["caps"] == tomllib.loads(text)["caps"]


def test_notes_say_what_each_part_is() -> None:
    text = write(document(), head="一行", notes=True)
    assert text.startswith("# 一行\n")
    assert "\n# 等次\n[[bands]]\n" in text
    assert text_of("wandian").count("[[bands]]") == text.count("[[bands]]")
