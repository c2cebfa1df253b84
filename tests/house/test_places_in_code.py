"""D14: no scheme and no place has a name in code. Schemes are documents; places are rows; tests and the demo may say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.house.reading import PACKAGE, ROOT, none, strings

# Identifiers of the published schemes (the document's own shelf apart) and names of real places.
SCHEMES = (
    "wandian", "guanqiao", "baming", "nanyang", "ruyang", "gulai", "fengjia", "youzha", "shuangzhai", "luoyu", "wendeng",
)  # fmt: skip
PLACES = (
    "万店",
    "萬店",
    "塔湾",
    "随县",
    "随州",
    "官桥",
    "八名",
    "南洋",
    "儒洋",
    "谷来",
    "奉家",
    "油榨",
    "双寨",
    "罗峪",
    "文登",
)
SUFFIXES = {".py", ".html", ".typ", ".js", ".css", ".txt"}
MAY = re.compile(
    r"(rating/schemes/|ops/demo|ops/management/commands/demo|project/locale/|outreach/fonts/|project/assets/)"
)
FILES = [
    path
    for path in sorted(PACKAGE.rglob("*"))
    if path.suffix in SUFFIXES and path.is_file() and not MAY.match(str(path.relative_to(PACKAGE)))
]


def named(text: str) -> list[str]:
    """Scheme ids as whole words, place names anywhere."""
    return [word for word in SCHEMES if re.search(rf"(?<![a-z]){word}(?![a-z])", text)] + [
        name for name in PLACES if name in text
    ]


def without_examples(text: str) -> str:
    """Sentences and help may give an example path; it stands behind 例如."""
    return re.sub(r"例如[^。\n]*", "", text)


def code_of(path: Path) -> str:
    """A file's text; of Python without comments and docstrings, which may give an example."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    tree = ast.parse(text)
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return "\n".join(names + [str(node.value) for node in strings(tree)])


def test_no_scheme_and_no_place_in_code():
    found = {str(path.relative_to(PACKAGE)): named(without_examples(code_of(path))) for path in FILES}
    none({path: names for path, names in found.items() if names})


def test_every_shipped_scheme_is_known_to_this_test():
    shelf = PACKAGE / "rating" / "schemes"
    unknown = [path.stem for path in shelf.glob("*.toml") if not path.stem.startswith(SCHEMES)]
    assert unknown == [], f"add to SCHEMES in {__file__.removeprefix(str(ROOT))}: {unknown}"


@pytest.mark.parametrize("line", ["if scheme == 'wandian':", "NAME = '万店镇'", "id = 'wandian_small'"])
def test_a_planted_name_is_found(line):
    assert named(line)
