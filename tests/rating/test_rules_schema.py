"""The published schema and the reader agree: on what is shipped, on what is drawn at random, on every fault of a key."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.rating.drawn import read, tables
from tests.rating.worked import SCHEMES, cases, changed

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.documents.declare import declared
from courtyard.rating.rules.parsing import read_clause
from courtyard.rating.rules.schema import schema

SCHEMA = schema()
EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "example.toml"
SHIPPED = sorted(path.stem for path in SCHEMES.glob("*.toml"))
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, Decimal, float)}
KNOWN = {
    "$schema", "$id", "$ref", "$defs", "title", "description", "default", "format", "type", "enum", "const", "pattern",
    "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "items", "properties", "required",
    "additionalProperties", "allOf", "anyOf", "if", "then", "else",
}  # fmt: skip


def wrong(rule: Any, value: Any, at: str = "") -> Iterator[str]:
    """Where a value breaks a schema, by the keywords that ours uses."""
    if rule is False:
        yield f"{at}: may not stand here"
        return
    if rule is True:
        return
    if "$ref" in rule:
        yield from wrong(SCHEMA["$defs"][rule["$ref"].rpartition("/")[2]], value, at)
    types = rule.get("type", [])
    types = [types] if isinstance(types, str) else types
    if "number" in types and isinstance(value, str) and re.search(rule["pattern"], value):
        value = Decimal(value)  # the same decimal as a text: its bounds are the reader's to see
    fits = [name for name in types if isinstance(value, TYPES[name])]
    if (types and not fits) or (isinstance(value, bool) and types and "boolean" not in types):
        yield f"{at}: no {types}"
        return
    yield from _plain(rule, value, at)
    yield from _inner(rule, value, at)
    for one in rule.get("allOf", []):
        yield from wrong(one, value, at)
    if "anyOf" in rule and all(list(wrong(one, value, at)) for one in rule["anyOf"]):
        yield f"{at}: nothing it may be"
    if "if" in rule:
        holds = not list(wrong(rule["if"], value, at))
        yield from wrong(rule.get("then" if holds else "else", True), value, at)


def _plain(rule: dict[str, Any], value: Any, at: str) -> Iterator[str]:
    if "enum" in rule and value not in rule["enum"]:
        yield f"{at}: none of {rule['enum']}"
    if "const" in rule and value != rule["const"]:
        yield f"{at}: not {rule['const']}"
    if isinstance(value, str):
        if "pattern" in rule and not re.search(rule["pattern"], value):
            yield f"{at}: not like {rule['pattern']}"
        if not rule.get("minLength", 0) <= len(value) <= rule.get("maxLength", len(value)):
            yield f"{at}: length"
    elif isinstance(value, int | Decimal | float) and not isinstance(value, bool):
        if not rule.get("minimum", value) <= value <= rule.get("maximum", value):
            yield f"{at}: out of bounds"
    elif isinstance(value, list) and not rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", len(value)):
        yield f"{at}: count"


def _inner(rule: dict[str, Any], value: Any, at: str) -> Iterator[str]:
    if isinstance(value, list):
        for place, one in enumerate(value):
            yield from wrong(rule.get("items", True), one, f"{at}[{place}]")
    if isinstance(value, dict):
        inner = rule.get("properties", {})
        yield from (f"{at}.{key}: missing" for key in rule.get("required", []) if key not in value)
        for key, one in value.items():
            yield from wrong(inner.get(key, rule.get("additionalProperties", True)), one, f"{at}.{key}")


def agree(data: dict[str, Any]) -> bool:
    """Whether both take it or both refuse it."""
    return isinstance(read(data), Problem) == bool(list(wrong(SCHEMA, data)))


def agree_on(cls: type, data: dict[str, Any]) -> bool:
    """The same of one table."""
    problems: list[Problem] = []
    read_clause(cls, data, problems)
    return bool(problems) == bool(list(wrong({"$ref": f"#/$defs/{cls.__name__}"}, data)))


def _keywords(rule: Any) -> Iterator[str]:
    if isinstance(rule, dict):
        for key, one in rule.items():
            yield key
            names = key in ("properties", "$defs")
            yield from (word for held in (one.values() if names else [one]) for word in _keywords(held))
    elif isinstance(rule, list):
        yield from (word for one in rule for word in _keywords(one))


def test_the_schema_uses_only_what_this_test_understands() -> None:
    assert set(_keywords({key: one for key, one in SCHEMA.items() if key != "default"})) <= KNOWN
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    addresses = re.findall(r'"\$ref": "#/\$defs/(\w+)"', json.dumps(SCHEMA))
    assert set(addresses) == set(SCHEMA["$defs"])


@pytest.mark.parametrize("scheme", SHIPPED)
def test_a_shipped_scheme_keeps_to_the_schema(scheme: str) -> None:
    assert list(wrong(SCHEMA, changed(scheme, {}))) == []


def test_every_fault_of_the_case_file_is_one_for_both_or_for_neither() -> None:
    faults = [case for case in cases("documents") if case.get("code") != "rating.clause_twice"]
    told = {}
    for case in faults:
        data = changed("wandian", case.get("change", {}), tuple(case.get("remove", ())))
        told[case["name"]] = agree(data)
    assert len(told) > 40 and [name for name, same in told.items() if not same] == []


def test_a_control_is_seen() -> None:
    assert list(wrong(SCHEMA, changed("wandian", {"engine": 9})))
    assert list(wrong(SCHEMA, changed("wandian", {"bands[good].least": "85.0005"})))
    assert list(wrong(SCHEMA, changed("wandian", {"awards[streak].steps": 1})))
    assert list(wrong(SCHEMA, changed("wandian", {}, ("awards[streak].rounds",))))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(SchemeDocument))
def test_what_is_drawn_from_the_declarations_is_taken_by_both(data: dict[str, Any]) -> None:
    found = read(data)
    assert not isinstance(found, Problem), found
    assert list(wrong(SCHEMA, data)) == []


BAD = ("", "X", [], {}, True, -10_000_001, "1.0005", None)


def spoilt(cls: type, holder: dict[str, Any], bad: Any) -> Iterator[str]:
    """One table's keys, each left out, spoilt or doubled by a stranger; put back after each."""
    for key in [row.key for row in declared(cls)] + ["stranger"]:
        had, kept = key in holder, holder.get(key)
        if had:
            del holder[key]
            yield f"{key} left out"
        holder[key] = copy.deepcopy(bad)
        yield f"{key} = {bad!r}"
        if had:
            holder[key] = kept
        else:
            del holder[key]


def places(cls: type, holder: dict[str, Any], seen: set[type]) -> Iterator[tuple[type, dict[str, Any]]]:
    """One table of each class, wherever it stands."""
    if cls not in seen:
        seen.add(cls)
        yield cls, holder
    for row in declared(cls):
        held = holder.get(row.key)
        if row.spec.of and held:
            for one in held if isinstance(held, list) else [held]:
                yield from places(row.spec.of, one, seen)


@pytest.mark.parametrize("bad", BAD, ids=[repr(bad) for bad in BAD])
def test_every_key_spoilt_is_refused_or_taken_by_both(bad: Any) -> None:
    """Each key of each table of the document that says everything once; of its top level one spoiling is enough."""
    data = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"), parse_float=Decimal)
    seen: set[type] = set() if bad == "X" else {SchemeDocument}
    found = []
    for cls, holder in places(SchemeDocument, json.loads(json.dumps(data, default=str)), seen):
        for change in spoilt(cls, holder, bad):
            if not agree_on(cls, holder):
                found.append(f"{cls.__name__}: {change}")
    assert found == []
    assert len(seen) > 35
