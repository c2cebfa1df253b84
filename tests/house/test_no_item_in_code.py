"""No item of a scheme stands in code: whatever a town looks at or rewards is a document (D14)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.house.reading import none

SOURCE = Path(__file__).resolve().parents[2] / "src" / "courtyard"
SHELF = SOURCE / "rating" / "schemes"
KEYS = ("sheet.areas", "deeds", "prizes", "rewards")  # what an award is called is a sentence: 这一轮评为好
SHORT = 4  # shorter names are words of the language: 大米, 标杆户


def _code() -> Iterator[tuple[str, str]]:
    """Every file that is read as code or page, but not data and not the generated styles."""
    for path in sorted(SOURCE.rglob("*")):
        if (
            path.suffix in (".py", ".html", ".typ", ".js")
            and "assets" not in path.parts
            and "schemes" not in path.parts
        ):
            yield str(path.relative_to(SOURCE)), path.read_text(encoding="utf-8")


def _documents() -> list[dict[str, Any]]:
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SHELF.glob("*.toml"))]


def _names(document: dict[str, Any]) -> Iterator[str]:
    for key in KEYS:
        rows: Any = document
        for part in key.split("."):
            rows = rows.get(part, [])
        for row in rows:
            yield row["name"]
            yield from (item["name"] for item in row.get("items", ()))


def test_no_item_of_a_scheme_is_named_in_code() -> None:
    names = {name for document in _documents() for name in _names(document) if len(name) > SHORT}
    assert names
    none({f"{path}: {name}": "" for path, text in _code() for name in names if name in text})
