"""Schemes with clauses changed, and marks written short, for this room's tests."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.kernel.texts import SENTENCES as KERNEL
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import Mark, Seen
from courtyard.rating.rules.parsing import Check, check_json, check_toml
from courtyard.rating.sentences import SENTENCES

CASES = Path(__file__).parent.parent / "cases" / "rating"
SCHEMES = Path(__file__).parents[2] / "src" / "courtyard" / "rating" / "schemes"
DOCUMENTS = Path(__file__).parent / "documents"
_STEP = re.compile(r"([a-z_]+)(?:\[([a-z0-9_+]+)\])?")


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of tests/cases/rating/<name>.toml."""
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]


def text_of(scheme: str) -> str:
    """A shipped scheme's text, or that of a document made for these tests."""
    made = DOCUMENTS / f"{scheme}.toml"
    return (made if made.exists() else SCHEMES / f"{scheme}.toml").read_text(encoding="utf-8")


def changed(scheme: str, change: Mapping[str, Any], remove: tuple[str, ...] = ()) -> dict[str, Any]:
    """A shipped scheme's tables with clauses changed (`awards[good].points`), added (`awards[+]`) or removed."""
    data = tomllib.loads(text_of(scheme), parse_float=str)
    for path, value in change.items():
        holder, key = _holder(data, path)
        if isinstance(holder, list) and key == "+":
            holder.append(value)
        else:
            holder[key] = value
    for path in remove:
        holder, key = _holder(data, path)
        del holder[key]
    return data


def _holder(data: Any, path: str) -> tuple[Any, Any]:
    holder, key = None, None
    for name, row in _STEP.findall(path):
        holder, key, data = data, name, data.get(name)
        if row == "+":
            holder, key = data, "+"
        elif row:
            place = int(row) if row.isdigit() else [item.get("code") for item in data].index(row)
            holder, key, data = data, place, data[place]
    return holder, key


def said(problem: Problem) -> str:
    """The sentence its author reads."""
    return str({**KERNEL, **SENTENCES}[problem.code]).format_map(problem.facts)


def check(scheme: str, change: Mapping[str, Any] | None = None, remove: tuple[str, ...] = ()) -> Check:
    """What reading the changed scheme finds."""
    return check_json(json.dumps(changed(scheme, change or {}, remove), ensure_ascii=False, default=str))


def named_with_its_clause(case: Mapping[str, Any], found: Check) -> None:
    """The fault (or caution) of a case was found, by its code and clause, and is said in whole sentences."""
    wanted = case.get("code") or case["warns"]
    problems = [problem for problem in (found.problems or found.warnings) if problem.code == wanted]
    assert problems, (found.problems, found.warnings)
    assert (found.document is None) == ("code" in case)
    if "clause" in case:
        assert case["clause"] in [problem.facts["clause"] for problem in problems]
    sentences = [said(problem) for problem in problems]
    assert all("{" not in sentence for sentence in sentences)
    assert any(case.get("says", "") in sentence for sentence in sentences), sentences


def document(scheme: str = "wandian", change: Mapping[str, Any] | None = None) -> SchemeDocument:
    """The document of a shipped scheme, changed; it must be sound."""
    return _document(scheme, json.dumps(dict(change or {}), ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=200)
def _document(scheme: str, change: str) -> SchemeDocument:
    found = check(scheme, json.loads(change)) if change != "{}" else check_toml(text_of(scheme))
    assert found.document is not None, found.problems
    return found.document


def mark(scheme: SchemeDocument, text: str, seen: list[str] | None = None) -> Mark:
    """`good fair poor` in the sheet's order; `-` not given; `kin:` before them; `absent`."""
    kin, words = text.startswith("kin:"), text.removeprefix("kin:").split()
    if words == ["absent"]:
        return Mark(not_at_home=True, kin=kin)
    pairs = zip((area.code for area in scheme.sheet.areas), words, strict=True)
    given = tuple((area, label) for area, label in pairs if label != "-")
    return Mark(given, tuple(saw(item) for item in seen or []), kin)


def saw(text: str) -> Seen:
    """`courtyard c1`, or `courtyard c1 mended`."""
    area, code, *rest = text.split()
    return Seen(area, code, rest == ["mended"])
