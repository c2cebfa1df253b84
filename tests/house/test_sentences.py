"""Every refusal is a code with a sentence, every sentence belongs to a code, and every code is provoked by a test."""

from __future__ import annotations

import ast
import re
import string

import pytest
from tests.house.reading import ROOT, Source, dotted, none, planted, rooms, sources, strings

from courtyard.kernel.sentences import registered

CODE = re.compile(r"[a-z]+\.[a-z0-9_]+")
RAISERS = {"refuse", "Problem"}
# Words that DOMAIN §6 keeps out of everything a person reads.
NEVER = ("扣分", "曝光", "失信", "信用不良", "违反", "违规", "落后", "懒", "刁民", "不够格")
SENTENCES = {code: str(text) for code, text in registered().items()}


def raised(source: Source) -> dict[str, str]:
    """Problem codes this source makes → where: refuse("…"), Problem("…"), swap(…, "…"), act(…, conflict="…")."""
    found = {}
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func).rpartition(".")[2]
        arguments: list[ast.expr] = [
            keyword.value for keyword in node.keywords if keyword.arg in ("conflict", "problem")
        ]
        if name in RAISERS:
            arguments += node.args[:1] + [k.value for k in node.keywords if k.arg == "code" and name == "Problem"]
        elif name == "swap":
            arguments += node.args[1:2]
        for argument in arguments:
            for constant in (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,):
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                    found[constant.value] = f"{source.path}:{node.lineno}"
    return found


RAISED = {code: where for source in sources() for code, where in raised(source).items()}
CONSTANTS = {
    str(node.value)
    for source in sources()
    if not source.path.endswith("/sentences.py")
    for node in strings(source.tree)
    if CODE.fullmatch(str(node.value))
}
TESTS = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "tests").rglob("*"))
    if path.suffix in (".py", ".toml") and "house" not in path.parts
)


def test_codes_are_found_at_all():
    assert len(RAISED) > 20


def test_every_code_is_named_by_its_room():
    odd = {
        code: where for code, where in RAISED.items() if not CODE.fullmatch(code) or code.split(".")[0] not in rooms()
    }
    assert odd == {}


def test_every_code_has_a_sentence():
    none({code: where for code, where in RAISED.items() if code not in SENTENCES})


def test_every_sentence_is_used():
    none(sorted(set(SENTENCES) - set(RAISED) - CONSTANTS))


def test_every_code_is_provoked_by_a_test():
    none([code for code in sorted(SENTENCES) if not re.search(rf"\b{re.escape(code)}\b", TESTS)])


def unplain(text: str) -> list[str]:
    """What is wrong with a sentence: not Chinese, not ended, a hard word, a field that is more than a fact's name."""
    found = [f"{word} in it" for word in NEVER if word in text]
    if not re.search(r"[一-鿿]", text):
        found.append("not Chinese")
    if not text.rstrip().endswith(("。", "?", "?", ")", "}")):
        found.append("no full stop")
    for _, name, spec, conversion in string.Formatter().parse(text):
        if (name is not None and not name.isidentifier()) or spec or conversion:
            found.append(f"{{{name}}} is no fact's name")
    return found


def test_sentences_are_plain_chinese():
    none({code: found for code, text in SENTENCES.items() if (found := unplain(text))})


@pytest.mark.parametrize("text", ["没有办成", "No.", "本月扣分。", "{a.b}没有。", "{a:>5}没有。"])
def test_an_unplain_sentence_is_found(text):
    assert unplain(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("refuse('shop.sold_out', item=1)", "shop.sold_out"),
        ("Problem('shop.sold_out')", "shop.sold_out"),
        ("swap(rows, 'shop.sold_out', state='x')", "shop.sold_out"),
        ("act('shop.sell', conflict='shop.sold_out')", "shop.sold_out"),
        ("problems.refuse('shop.a' if x else 'shop.b')", "shop.b"),
    ],
)
def test_planted_codes_are_found(text, code):
    assert code in raised(planted("src/courtyard/shop/actions.py", text))
