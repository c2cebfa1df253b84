"""Every piece of TOML in the documents strangers write schemes from: read, checked, and its cases scored."""

from __future__ import annotations

import copy
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from courtyard.rating.rules.carrying import uncarried
from courtyard.rating.rules.cases import judge
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.documents.declare import declared
from courtyard.rating.rules.loading import load_toml
from courtyard.rating.rules.parsing import check_data, check_toml
from courtyard.rating.rules.questions import questions

DOCS = Path(__file__).resolve().parents[2] / "docs"
REFERENCE, CASES, HOW = DOCS / "reference/scheme.md", DOCS / "reference/cases.md", DOCS / "how-to/write-a-scheme.md"
WRITTEN = Path(__file__).resolve().parent / "documents"
SENTENCES = Path(__file__).resolve().parents[1] / "cases" / "rating"
EXAMPLE = (DOCS / "reference/example.toml").read_text(encoding="utf-8")


def pieces(page: Path) -> list[str]:
    """The TOML of a page, fence by fence."""
    return _fences(page.read_text(encoding="utf-8"))


def _fences(text: str) -> list[str]:
    return re.findall(r"^```toml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def are_cases(piece: str) -> bool:
    return piece.startswith("[[case]]")


def tables(text: str) -> dict[str, Any]:
    found = load_toml(text)
    assert isinstance(found, dict), found
    return found


def laid_over(base: dict[str, Any], piece: dict[str, Any]) -> dict[str, Any]:
    """A document with a piece in it: keys replaced, rows with the same code in place, new rows behind the others."""
    found = copy.deepcopy(base)
    for key, value in piece.items():
        held = found.get(key)
        if isinstance(value, dict) and isinstance(held, dict):
            found[key] = laid_over(held, value)
        elif isinstance(value, list) and value and isinstance(value[0], dict) and isinstance(held, list):
            rows = {row.get("code"): row for row in held} | {row.get("code"): row for row in value}
            found[key] = list(rows.values())
        else:
            found[key] = value
    return found


PARTS = [piece for piece in pieces(REFERENCE) if not are_cases(piece)]


def test_no_page_hides_toml_in_another_fence() -> None:
    for page in (REFERENCE, CASES, HOW):
        text = page.read_text(encoding="utf-8")
        assert len(pieces(page)) == text.count("```toml")
        rest = re.sub(r"^```toml\n.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
        assert not re.search(r"^\[\[?[a-z_.]+\]?\]$", rest, re.MULTILINE)


@pytest.mark.parametrize("piece", PARTS, ids=[piece.splitlines()[0] for piece in PARTS])
def test_a_piece_of_the_reference_is_sound_in_the_example(piece: str) -> None:
    data = tables(piece)
    found = check_data(data if "format" in data else laid_over(tables(EXAMPLE), data))
    assert (found.problems, found.document is not None) == ((), True)


def test_the_example_says_every_part_and_leaves_nothing_open() -> None:
    found = check_toml(EXAMPLE)
    assert (found.problems, found.warnings) == ((), ())
    assert found.document is not None
    silent = [key.key for key in declared(SchemeDocument) if getattr(found.document, key.name) in (None, ())]
    assert silent == []
    assert all(one.answered for one in questions(found.document))


def test_the_parts_together_are_the_example() -> None:
    whole: dict[str, Any] = {}
    for piece in PARTS:
        data = tables(piece)
        if "format" not in data:
            whole = laid_over(whole, data)
    example = check_toml(EXAMPLE).document
    rest = {key: value for key, value in tables(EXAMPLE).items() if not isinstance(value, dict | list)}
    assert check_data({**rest, **whole}).document == example


def _walk() -> tuple[list[str], list[str]]:
    """The pieces of the walk-through itself, and of what a notice may say beside."""
    walk, _, more = HOW.read_text(encoding="utf-8").partition("## 7. ")
    return _fences(walk), _fences(more)


def _schemes(found: list[str]) -> str:
    return "\n".join(piece for piece in found if not are_cases(piece))


def _judge(scheme: dict[str, Any], found: list[str]) -> int:
    judged = judge(scheme, "\n".join(piece for piece in found if are_cases(piece)))
    assert [(one.name, one.fault, one.differences) for one in judged.verdicts if not one.ok] == []
    return len(judged.verdicts)


def test_the_walk_through_is_one_sound_scheme_that_can_be_adopted_and_its_cases_hold() -> None:
    walk, _ = _walk()
    check = check_toml(_schemes(walk))
    assert (check.problems, check.warnings) == ((), ())
    assert check.document is not None and uncarried(check.document) == []
    assert all(one.answered for one in questions(check.document))
    assert _judge(tables(_schemes(walk)), walk) >= 9


def test_what_a_notice_may_say_beside_fits_into_it_and_its_cases_hold() -> None:
    walk, more = _walk()
    scheme = laid_over(tables(_schemes(walk)), tables(_schemes(more)))
    for piece in more:
        if not are_cases(piece):
            one = check_data(laid_over(tables(_schemes(walk)), tables(piece)))
            assert (one.problems, one.warnings) == ((), ())
    assert check_data(scheme).problems == ()
    assert _judge(scheme, more) == 3


def test_the_cases_of_the_reference_hold_under_the_example() -> None:
    text = "\n".join(pieces(CASES))
    judged = judge(tables(EXAMPLE), text)
    assert [(one.name, one.fault, one.differences) for one in judged.verdicts if not one.ok] == []
    assert judged.ok
    spoilt = judge(tables(EXAMPLE), text.replace('score = "85"', 'score = "86"'))
    assert [one.ok for one in spoilt.verdicts].count(False) == 1


def _sentences() -> list[str]:
    """The cases of the file, each as it is written."""
    text = (SENTENCES / "reference.toml").read_text(encoding="utf-8")
    return [f"[[case]]\n{one}" for one in re.split(r"^\[\[case\]\]\n", text, flags=re.MULTILINE)[1:]]


def _word(case: str, key: str) -> str:
    return str(tables(case)["case"][0][key])


@pytest.mark.parametrize("case", _sentences(), ids=[_word(case, "name") for case in _sentences()])
def test_what_the_reference_says_is_what_the_engine_does(case: str) -> None:
    """Each case names the words of the page it proves, and runs on the page's smallest scheme."""
    page = " ".join(REFERENCE.read_text(encoding="utf-8").split())
    assert _word(case, "says") in page
    smallest = tables(next(piece for piece in PARTS if piece.startswith("format")))
    judged = judge(smallest, re.sub(r"^says = .*\n", "", case, flags=re.MULTILINE))
    assert [(one.fault, one.differences) for one in judged.verdicts] == [("", ())]


def test_a_scheme_nobody_shipped_written_from_the_documentation_gives_its_answers() -> None:
    scheme = (WRITTEN / "written_from_the_docs.toml").read_text(encoding="utf-8")
    check = check_toml(scheme)
    assert (check.problems, check.warnings) == ((), ())
    judged = judge(tables(scheme), (SENTENCES / "written_from_the_docs.toml").read_text(encoding="utf-8"))
    assert [(one.name, one.fault, one.differences) for one in judged.verdicts if not one.ok] == []
    assert len(judged.verdicts) == 8


def test_decimals_of_the_documents_are_exact() -> None:
    assert tables("x = 0.1")["x"] == Decimal("0.1")
