"""Every public function of an `actions` shelf that writes is a verb: keyword-only, with `by` (who) and `at` (when).

A function that takes the `pen` of an open act is a part of a verb, and one that writes nothing is none.
"""

from __future__ import annotations

import ast

import pytest
from tests.house.reading import Source, dotted, none, planted, sources
from tests.house.test_writes import is_write

ACTIONS = [source for source in sources() if source.is_in("actions")]
CLOCKS = ("datetime.now", "timezone.now", "date.today", "time.time", "datetime.utcnow", "localdate", "localtime")


def does_something(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether this function opens an act or writes outside somebody else's."""
    arguments = [*node.args.args, *node.args.kwonlyargs, *node.args.posonlyargs]
    if any(argument.arg == "pen" for argument in arguments):
        return False
    if any(argument.arg == "by" for argument in node.args.kwonlyargs):
        return True
    calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
    return any(is_write(call) or dotted(call.func) in ("act", "swap") for call in calls)


def unfit_verbs(source: Source) -> list[str]:
    """Public functions without keyword-only `by` and `at`, or with an argument that goes by its position."""
    found = []
    for node in source.tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        if not does_something(node):
            continue
        where = f"{source.path}:{node.lineno} {node.name}"
        keywords = {argument.arg: argument for argument in node.args.kwonlyargs}
        found += [f"{where} has no keyword-only `{name}`" for name in ("by", "at") if name not in keywords]
        if node.args.args or node.args.posonlyargs or node.args.vararg:
            found.append(f"{where} takes arguments by position")
        if not ast.get_docstring(node):
            found.append(f"{where} has no docstring")
    return found


def test_every_action_says_who_and_when():
    assert len(ACTIONS) > 5
    none([finding for source in ACTIONS for finding in unfit_verbs(source)])


@pytest.mark.parametrize(
    "line",
    [
        'def sell(*, item, at):\n    "Sell."\n    with act("shop.sell"): pass',
        'def sell(*, item, at):\n    "Sell."\n    Good.objects.filter(pk=item).update(left=1)',
        'def sell(*, item, by):\n    "Sell."',
        'def sell(item, *, by, at):\n    "Sell."',
        'def sell(by, at):\n    "Sell."\n    good.save()',
        "def sell(*, item, by, at):\n    pass",
    ],
)
def test_an_unfit_verb_is_found(line):
    assert unfit_verbs(planted("src/courtyard/shop/actions.py", line))


def test_a_fit_verb_and_a_private_function_pass():
    line = (
        'def sell(*, item, by, at, command=None):\n    "Sell."\ndef _inner(x):\n    x.save()\ndef fold(rows): return 1'
    )
    assert not unfit_verbs(planted("src/courtyard/shop/actions.py", line))


def clocks(source: Source) -> list[str]:
    """Reads of a clock in rules and actions, where `at` is given."""
    return [
        f"{source.path}:{node.lineno} reads a clock: {ast.unparse(node.func)}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(CLOCKS)
    ]


def test_no_clock_in_rules_actions_or_queries():
    given = [source for source in sources() if source.is_in("actions", "rules", "queries")]
    none([finding for source in given for finding in clocks(source)])


@pytest.mark.parametrize("line", ["datetime.now(UTC)", "timezone.now()", "date.today()", "datetime.date.today()"])
def test_a_planted_clock_is_found(line):
    assert clocks(planted("src/courtyard/shop/actions.py", line))
