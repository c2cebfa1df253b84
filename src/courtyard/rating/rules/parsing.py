"""From tables to a scheme document: every clause read, every fault named. `check_toml` is what an author is shown."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.rating.rules import documents as d
from courtyard.rating.rules.coherence import incoherent
from courtyard.rating.rules.documents.declare import REQUIRED, Declared, declared
from courtyard.rating.rules.lines import Places, places
from courtyard.rating.rules.linter import refused, warned
from courtyard.rating.rules.loading import WHOLE, load_json, load_toml
from courtyard.rating.rules.reading import Reader

FAULTS_MOST = 100  # shown at once


@dataclass(frozen=True)
class Check:
    """What reading a scheme text found: the document where it is sound, else every problem; warnings beside."""

    document: d.SchemeDocument | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


def check_toml(text: str) -> Check:
    """Read a scheme as a town writes it (TOML): all faults at once, then what the linter refuses or warns of."""
    data = load_toml(text)
    found = check_data(data)
    if isinstance(data, Problem) or not (found.problems or found.warnings):
        return found
    where = places(text)
    return Check(found.document, _placed(found.problems, where), _placed(found.warnings, where))


def check_json(text: str) -> Check:
    """Read a scheme from its canonical JSON, by the same rules as its TOML."""
    return check_data(load_json(text))


def parse_json(text: str) -> d.SchemeDocument | Problem:
    """A stored version's document. The linter of today is not asked: what was adopted stays readable."""
    data = load_json(text)
    if isinstance(data, Problem):
        return data
    problems: list[Problem] = []
    document = _document(data, problems)
    return problems[0] if problems else document


def check_data(data: dict[str, Any] | Problem) -> Check:
    """Read a scheme from its tables; a Problem instead of them is its only problem."""
    if isinstance(data, Problem):
        return Check(None, (data,))
    problems: list[Problem] = []
    document = _document(data, problems)
    if not problems:
        problems.extend([*incoherent(document), *refused(document)])
    if problems:
        return Check(None, _told(problems))
    return Check(document, (), tuple(warned(document)))


def _placed(problems: tuple[Problem, ...], where: Places) -> tuple[Problem, ...]:
    """The same problems, each with the line its clause stands on where that is known."""
    lines = [where.line_of(str(one.facts.get("clause") or one.facts.get("field") or "")) for one in problems]
    return tuple(
        one if line is None else Problem(one.code, {"line": line, **one.facts})
        for one, line in zip(problems, lines, strict=True)
    )


def _told(problems: list[Problem]) -> tuple[Problem, ...]:
    """The faults an author is shown: the first hundred, and how many there are."""
    if len(problems) <= FAULTS_MOST:
        return tuple(problems)
    more = Problem("rating.faults_more", {"clause": WHOLE, "shown": FAULTS_MOST, "found": len(problems)})
    return (*problems[:FAULTS_MOST], more)


def _document(data: dict[str, Any], problems: list[Problem]) -> d.SchemeDocument:
    engine = 1 if data.get("engine") == 1 else 2  # left out or mistaken: its other faults are told as a new document's
    document: d.SchemeDocument = _clause(d.SchemeDocument, Reader(data, "", problems), engine)
    return document


def read_clause(cls: type, data: dict[str, Any], problems: list[Problem]) -> Any:
    """Tables as a declared class of any document of ours; faults go into the list, each with its clause."""
    return _clause(cls, Reader(data, "", problems), 2)


def _clause(cls: type, row: Reader, engine: int) -> Any:
    """One table as its declared class; every key that nobody declared is a fault. Beside a word that is at fault (the
    `kind`), the keys that hang on it are left unread: what may stand there is known once the word is right."""
    held: dict[str, Any] = {}
    unsure: set[str] = set()
    for key in declared(cls):
        if key.spec.only and key.spec.only[0] in unsure:
            held[key.name] = None if key.default is REQUIRED else key.default
            row.leave(key.key)
            continue
        if key.spec.only and held.get(key.spec.only[0]) not in key.spec.only[1]:
            held[key.name] = None if key.default is REQUIRED else key.default
            row.says_nothing(key.key, key.default)
            continue
        if row.has(key.key) and key.spec.engine > engine:
            row.fault("rating.clause_needs_engine", key.key, engine=key.spec.engine)
        known = len(row.problems)
        held[key.name] = _value(key, row, _default(key, held, engine), engine)
        if key.spec.kind == "choice" and len(row.problems) > known:
            unsure.add(key.name)
    row.close()
    return _finished(cls(**held))


def _default(key: Declared, held: dict[str, Any], engine: int) -> Any:
    """What a key that is left out holds; REQUIRED where it may not be, by itself or beside what stands before it."""
    only = key.spec.only
    if engine == 1 and key.spec.first_needed:
        return REQUIRED
    return REQUIRED if only and held.get(only[0]) in key.spec.needed else key.default


def _value(key: Declared, row: Reader, default: Any, engine: int) -> Any:
    spec = key.spec
    if spec.kind == "table":
        assert spec.of is not None
        inner = row.table(key.key) if default is REQUIRED else row.optional(key.key)
        return default if inner is None else _clause(spec.of, inner, engine)
    if spec.kind == "tables":
        assert spec.of is not None
        least, most = spec.first if engine == 1 and spec.first else (spec.least, spec.most)
        least = least if default is REQUIRED else 0
        return tuple(_clause(spec.of, one, engine) for one in row.tables(key.key, least=least, most=most))
    if engine == 1 and spec.kind == "milli" and spec.first:
        return row.whole(key.key, *spec.first) * 1000  # engine 1 knows whole points only
    if engine == 1 and (spec.first or spec.first_choices):
        least, most = spec.first or (spec.least, spec.most)
        spec = dataclasses.replace(spec, least=least, most=most, choices=spec.first_choices or spec.choices)
    return row.value(key.key, spec, default)


def _finished(clause: Any) -> Any:
    """Defaults that depend on a neighbour: kin are left out of a black list where the document does not say."""
    if isinstance(clause, d.ListRule) and clause.kin_excluded is None:
        return dataclasses.replace(clause, kin_excluded=clause.listing == "black")
    return clause
