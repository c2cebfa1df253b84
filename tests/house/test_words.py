"""One word an idea: labels stand in the glossary, the map names what is there, hard words stay out of what is read."""

from __future__ import annotations

import importlib
import re
import sys

import pytest
from tests.house.reading import PACKAGE, ROOT, none, planted, rooms, sources, strings
from tests.house.test_sentences import NEVER

from courtyard.kernel.choices import Choice

GLOSSARY = ROOT / "docs" / "glossary.md"
MAP = ROOT / "docs" / "map.md"
VAGUE = {"utils", "helpers", "common", "manager", "service", "base", "misc", "util", "helper"}


def enumerations() -> list[type[Choice]]:
    """Every Choice of every room, wherever it stands."""
    for source in sources():
        if "(Choice):" in source.text or ".Choice):" in source.text:
            importlib.import_module(".".join(source.parts[1:]).removesuffix(".py"))
    found, waiting = [], list(Choice.__subclasses__())
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return sorted(found, key=lambda kind: f"{kind.__module__}.{kind.__name__}")


LABELS = [
    (f"{kind.__module__}.{kind.__name__}.{member.name}", member.label) for kind in enumerations() for member in kind
]


def in_glossary(label: str, text: str) -> bool:
    """Whether the label stands there as a word of its own, between blanks, strokes or marks."""
    return re.search(rf"(?<![一-鿿]){re.escape(label)}(?![一-鿿])", text) is not None


def test_every_label_is_in_the_glossary():
    text = GLOSSARY.read_text(encoding="utf-8")
    assert len(LABELS) > 30
    none({where: label for where, label in LABELS if not label or not in_glossary(label, text)})


def test_a_missing_label_is_found():
    assert in_glossary("已公布", "| 已公布 / 已下榜 | published |")
    assert not in_glossary("公布", "| 已公布 / 已下榜 | published |")


def modules_of(room: str) -> list[str]:
    """What stands in a room's first row: modules and folders, without what every room has."""
    usual = {"__init__", "apps", "__pycache__", "migrations"}
    return sorted(
        path.stem for path in (PACKAGE / room).iterdir()
        if (path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py")))) and path.stem not in usual
    )  # fmt: skip


def section_of(room: str, text: str) -> str:
    """The part of the map under the heading that names the room."""
    found = re.search(rf"^#+ .*`?\b{room}\b`?.*$", text, re.MULTILINE)
    if not found:
        return ""
    rest = text[found.end() :]
    following = re.search(r"^#+ ", rest, re.MULTILINE)
    return rest[: following.start()] if following else rest


@pytest.mark.parametrize("room", rooms())
def test_the_map_names_every_room_and_module(room):
    section = section_of(room, MAP.read_text(encoding="utf-8"))
    assert section, f"docs/map.md has no heading for {room}"
    missing = [module for module in modules_of(room) if not re.search(rf"\b{module}\b", section)]
    assert missing == [], f"docs/map.md, {room}: not named: {missing}"


def test_a_module_missing_from_the_map_is_found():
    assert "actions" not in section_of("shop", "## shop\n- queries\n## points\n- actions\n")


@pytest.mark.parametrize("room", rooms())
def test_rooms_say_what_they_know_and_never_do(room):
    text = (PACKAGE / room / "__init__.py").read_text(encoding="utf-8")
    assert text.startswith('"""') and "ever" in text, f"{room}/__init__.py says what it knows and what it never does"


def test_no_vague_module_names():
    found = [source.path for source in sources() if ({*source.parts[2:-1], source.parts[-1][:-3]} & VAGUE)]
    # Django looks for a database backend in a module of this name.
    none([path for path in found if path != "src/courtyard/project/postgres/base.py"])


# The linter of rules must know the words it refuses.
KNOWS_THEM = re.compile(r"src/courtyard/(rating/rules/lint\w*|rating/rules/words|kernel/words)\.py")


def hard_words(path: str, texts: list[str]) -> list[str]:
    return [f"{path}: {word} in {text[:40]!r}" for text in texts for word in NEVER if word in text]


def test_no_hard_words_in_code():
    read = [source for source in sources() if not KNOWS_THEM.match(source.path)]
    none([f for s in read for f in hard_words(s.path, [str(node.value) for node in strings(s.tree)])])


def test_no_hard_words_in_pages_and_prints():
    paths = [path for path in sorted(PACKAGE.rglob("*")) if path.suffix in (".html", ".typ", ".txt", ".toml", ".js")]
    ours = [path for path in paths if not {"assets", "fonts"} & set(path.parts)]
    none([f for path in ours for f in hard_words(str(path), [path.read_text(encoding="utf-8")])])


def test_a_planted_hard_word_is_found():
    source = planted("src/courtyard/office/views.py", "text = '本月扣分 5'")
    assert hard_words(source.path, [str(node.value) for node in strings(source.tree)])


def test_the_lists_diagram_is_made_from_the_step_tables_of_today():
    """`make diagrams` writes it; a step table that changed without it shows here."""
    sys.path.insert(0, str(ROOT / "tools"))
    import diagrams

    assert (ROOT / "docs" / "diagrams" / "lists.md").read_text(encoding="utf-8") == diagrams.the_lists()
