"""Every test asserts something, by itself or through a helper of the tests: one that asserts nothing cannot fail."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

import pytest
from tests.house.reading import Source, functions, none, planted, sources

EXPECTING = {"raises", "warns", "fail", "run_state_machine_as_test"}
Helper = tuple[str, str]  # the file it stands in; its name, "." before it where it is a method


@dataclass
class Tree:
    """The functions of all tests by file, and what was found out about them."""

    sources: tuple[Source, ...]
    defined: dict[Helper, list[ast.AST]] = field(default_factory=dict)
    imports: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    known: dict[Helper, tuple[bool, set[Helper]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for source in self.sources:
            self.imports[source.path] = imported(source.tree)
            methods = {id(one) for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef) for one in node.body}
            for one in functions(source.tree):
                name = f".{one.name}" if id(one) in methods else one.name
                self.defined.setdefault((source.path, name), []).append(one)

    def assert_nothing(self, source: Source) -> list[str]:
        """The tests of a file that assert nothing."""
        found = [one for one in functions(source.tree) if one.name.startswith("test_")]
        return [f"{source.path}:{one.lineno} {one.name}" for one in found if not self._asserts(source.path, one)]

    def _asserts(self, path: str, node: ast.AST) -> bool:
        """Whether a function asserts, or any that it uses, or any that those use."""
        if expects(node):
            return True
        seen, ahead = set[Helper](), list(self._helpers(path, node))
        while ahead:
            helper = ahead.pop()
            if helper not in seen:
                seen.add(helper)
                asserts, further = self._known(helper)
                if asserts:
                    return True
                ahead += further
        return False

    def _known(self, helper: Helper) -> tuple[bool, set[Helper]]:
        """Whether a helper asserts by itself, and what it uses."""
        if helper not in self.known:
            found = self.defined[helper]
            uses = {one for node in found for one in self._helpers(helper[0], node)}
            self.known[helper] = any(expects(node) for node in found), uses
        return self.known[helper]

    def _helpers(self, path: str, node: ast.AST) -> set[Helper]:
        """The helpers a function uses: of its own file, imported from the tests, or methods of classes of either."""
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        attributes = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
        found = {(path, name) for name in names} | {(path, f".{name}") for name in attributes}
        for module, name, known_as in self.imports[path]:
            found |= {(as_path(module), f".{attribute}") for attribute in attributes}
            if known_as in names:
                whole = as_path(f"{module}.{name}")
                found |= {(as_path(module), name)} | {(whole, attribute) for attribute in attributes}
        return {helper for helper in found if helper in self.defined}


def as_path(module: str) -> str:
    return module.replace(".", "/") + ".py"


def imported(tree: ast.Module) -> list[tuple[str, str, str]]:
    """(module, name, known as) of everything a file imports from the tests."""
    return [
        (node.module, one.name, one.asname or one.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "tests"
        for one in node.names
    ]


def expects(node: ast.AST) -> bool:
    """Whether a function says by itself what must be: an assertion that can fail, or an error that must come."""
    for one in ast.walk(node):
        if isinstance(one, ast.Assert) and not isinstance(one.test, ast.Constant | ast.Tuple | ast.JoinedStr):
            return True
        if isinstance(one, ast.Raise) and "AssertionError" in ast.dump(one):
            return True
        if isinstance(one, ast.Call):
            name = one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "")
            if name in EXPECTING or name.startswith("django_assert"):
                return True
    return False


def test_every_test_asserts_something():
    tree = Tree(sources("tests"))
    assert len(tree.defined) > 1000
    none(line for source in tree.sources for line in tree.assert_nothing(source))


HELPERS = planted(
    "tests/helping.py",
    """
def told(): assert page() == 1
def through(): return told()
def made(): return 1
def circle(): return round_about()
def round_about(): return circle()
class Walk:
    def held(self): assert page()
    def gone(self): return 1
""",
)


@pytest.mark.parametrize(
    "body",
    [
        "made()",
        "assert True",
        "assert 'nothing is wrong'",
        "assert (made(), 'a tuple is always true')",
        "circle()",
        "Walk().gone()",
        "elsewhere.told()",
    ],
)
def test_a_planted_test_that_asserts_nothing_is_found(body):
    text = f"from tests.helping import Walk, circle, made\ndef test_it():\n    {body}\n"
    source = planted("tests/x/test_x.py", text)
    assert Tree((HELPERS, source)).assert_nothing(source) == ["tests/x/test_x.py:2 test_it"]


@pytest.mark.parametrize(
    "body",
    [
        "assert made() == 1",
        "with pytest.raises(ValueError): made()",
        "through()",
        "helping.told()",
        "Walk().held()",
        "own()",
        "each(told)",
        "with django_assert_num_queries(3): made()",
    ],
)
def test_an_assertion_counts_by_itself_and_through_a_helper(body):
    text = f"""
from tests import helping
from tests.helping import Walk, made, through, told
def own(): assert made()
def test_it():
    {body}
"""
    source = planted("tests/x/test_x.py", text)
    assert Tree((HELPERS, source)).assert_nothing(source) == []
