"""The JSON Schema (2020-12) of a scheme document, made from the declarations that the reader reads.

It says what each key may hold and which keys a table takes; that clauses agree with one another is `coherence`, and what
no scheme may touch is the linter: `courtyard check_scheme` asks all three. A decimal is a number, or the same as a text;
the bounds of a text the schema cannot see, the reader does. Documents of engine 1 have their own, narrower tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.documents.declare import REQUIRED, Declared, Spec, declared
from courtyard.rating.rules.documents.whole import decimal_text

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:courtyard:scheme:1"
CODE = "^[a-z][a-z0-9_]{0,15}$"
_CONTROLS = r"\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f"
TEXT = rf"^[^{_CONTROLS}]*[^\s{_CONTROLS}][^{_CONTROLS}]*$"
DECIMAL = r"^\s*[+-]?[0-9]+(\.[0-9]{1,3}0*)?\s*$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MONTH_DAY = "^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$"
Table = dict[str, Any]
# A key that may be left out may be there and empty: so a canonical text says that it was left out.
EMPTY: tuple[Any, ...] = ("", ())
NOTHING: Table = {"enum": ["", []]}


def schema() -> Table:
    """The whole schema, as plain tables: what `courtyard scheme_schema` prints."""
    defs: dict[str, Table] = {}
    newest, first = (_define(SchemeDocument, engine, defs) for engine in (2, 1))
    return {
        "$schema": DIALECT,
        "$id": ID,
        "title": "积分办法",
        "description": "A scheme document of Courtyard: every number of a town's rules. See docs/reference/scheme.md.",
        "type": "object",
        "if": {"properties": {"engine": {"const": 1}}, "required": ["engine"]},
        "then": {"$ref": first},
        "else": {"$ref": newest},
        "$defs": dict(sorted(defs.items())),
    }


def _define(cls: type, engine: int, defs: dict[str, Table]) -> str:
    """The address of a class's schema under an engine; engine 1 shares the newest's where both are the same."""
    made = _table(cls, engine, defs)
    name = cls.__name__
    if defs.setdefault(name, made) != made:
        name = f"{name}_{engine}"
        defs[name] = made
    return f"#/$defs/{name}"


def _table(cls: type, engine: int, defs: dict[str, Table]) -> Table:
    keys = [key for key in declared(cls) if key.spec.engine <= engine]
    known = {key.key: key for key in keys}
    defaults = {key.key: key.default for key in declared(cls)}
    properties: Table = {}
    required: list[str] = []
    sometimes: dict[tuple[str, tuple[str, ...]], tuple[list[str], list[str]]] = {}
    for key in keys:
        only = key.spec.only
        if only and only[0] not in known and defaults[only[0]] not in only[1]:
            continue  # it stands beside a word that this engine's documents cannot say
        properties[key.key] = _value(key, engine, defs)
        if _always_asked(key, engine):
            required.append(key.key)
        elif only and only[0] in known:
            may, must = sometimes.setdefault((only[0], only[1]), ([], []))
            may.append(key.key)
            must.extend([key.key] if key.spec.needed else [])
        elif only and defaults[only[0]] in key.spec.needed:
            required.append(key.key)
    made: Table = {"type": "object", "additionalProperties": False, "properties": properties}
    if required:
        made["required"] = required
    if conditions := [
        one for (beside, words), keys_ in sometimes.items() for one in _conditions(known[beside], words, keys_, known)
    ]:
        made["allOf"] = conditions
    return made


def _always_asked(key: Declared, engine: int) -> bool:
    """Whether the key must stand in every such table under this engine."""
    if key.spec.kind == "tables":
        return _bounds(key, engine)[0] > 0
    if engine == 1 and key.spec.first_needed:
        return True
    return key.default is REQUIRED and key.spec.only is None


def _bounds(key: Declared, engine: int) -> tuple[int, int]:
    """The least and most of a number, length or count under an engine."""
    spec = key.spec
    least, most = spec.first if engine == 1 and spec.first else (spec.least, spec.most)
    asked = key.default is REQUIRED or (engine == 1 and spec.first_needed)
    return (least if spec.kind != "tables" or asked else 0), most


def _conditions(
    beside: Declared, words: tuple[str, ...], keys: tuple[list[str], list[str]], known: dict[str, Declared]
) -> Iterable[Table]:
    """Keys that stand only beside some words of another key, and those of them that must stand beside some."""
    may, must = keys
    out_of_place = {key: NOTHING if known[key].default in EMPTY else False for key in may}
    yield {"if": _says(beside, words), "else": {"properties": out_of_place}}
    needed: dict[tuple[str, ...], list[str]] = {}
    for key in must:
        needed.setdefault(known[key].spec.needed, []).append(key)
    for at, names in needed.items():
        yield {"if": _says(beside, at), "then": {"required": names}}


def _says(beside: Declared, words: tuple[str, ...]) -> Table:
    """The other key says one of these words; where it is left out, its default speaks."""
    says: Table = {"properties": {beside.key: {"enum": list(words)}}}
    if beside.default not in words:
        says["required"] = [beside.key]
    return says


def _value(key: Declared, engine: int, defs: dict[str, Table]) -> Table:
    spec = key.spec
    least, most = _bounds(key, engine)
    made: Table = {"title": spec.zh, "description": spec.en}
    if spec.of is not None:
        address = {"$ref": _define(spec.of, engine, defs)}
        if spec.kind == "table":
            return {**made, **address}
        return {**made, "type": "array", "items": address, "minItems": least, "maxItems": most}
    if engine == 1 and spec.kind == "milli" and spec.first:
        return {**made, "type": "integer", "minimum": least, "maximum": most}
    plain = _plain(spec, least, most, (engine == 1 and spec.first_choices) or spec.choices)
    made |= {"anyOf": [plain, NOTHING]} if key.default in EMPTY else plain
    if key.default not in (REQUIRED, None, "", ()):
        made["default"] = _default(spec, key.default)
    return made


def _default(spec: Spec, held: Any) -> Any:
    if spec.kind == "milli":
        return held // 1000 if held % 1000 == 0 else decimal_text(held)
    return list(held) if isinstance(held, tuple) else held


def _plain(spec: Spec, least: int, most: int, choices: tuple[str, ...]) -> Table:
    """A value that is no table."""
    listed: Table = {"type": "array", "minItems": max(least, 1), "maxItems": most}
    kinds: dict[str, Table] = {
        "text": {"type": "string", "minLength": 1, "maxLength": most, "pattern": TEXT},
        "code": {"type": "string", "pattern": CODE},
        "whole": {"type": "integer", "minimum": least, "maximum": most},
        "milli": {"type": ["number", "string"], "minimum": least, "maximum": most, "pattern": DECIMAL},
        "choice": {"enum": list(choices)},
        "flag": {"type": "boolean"},
        "day": {"type": "string", "format": "date", "pattern": DAY},
        "month_day": {"type": "string", "pattern": MONTH_DAY},
        "choices": {**listed, "items": {"enum": list(choices)}},
        "codes": {**listed, "items": {"type": "string", "pattern": CODE}},
        "months": {**listed, "items": {"type": "integer", "minimum": 1, "maximum": 12}},
        "month_days": {**listed, "items": {"type": "string", "pattern": MONTH_DAY}},
    }
    return kinds[spec.kind]
