"""Every page declares what it needs, by the door's table of verbs, and stands in tests/cases/access.toml by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from tests.house.reading import ROOT, none

from courtyard.people.rules import verbs_known

ACCESS = ROOT / "tests" / "cases" / "access.toml"
OPEN = {"public", "household.own"}


def pages(patterns: list[Any] | None = None, space: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """(namespace:name, view) of every address of the site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from pages(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or ''}", pattern.callback


def undeclared(found: list[tuple[str, Callable[..., Any]]]) -> list[str]:
    """Pages without a name, without a need, or with a need that no duty has."""
    known = verbs_known() | OPEN
    wrong = []
    for name, view in found:
        need = getattr(view, "needs", None)
        if not name or name.endswith(":"):
            wrong.append(f"{view.__module__}.{view.__name__} has no name")
        if need is None:
            wrong.append(f"{name} ({view.__module__}.{view.__name__}) declares nothing")
        elif need not in known:
            wrong.append(f"{name} needs {need}, a verb that nobody has")
    return wrong


def expected() -> dict[str, Any]:
    """The table by hand: a page's name → what it says of it."""
    return dict(tomllib.loads(ACCESS.read_text(encoding="utf-8"))["pages"])


def test_there_are_pages():
    assert len(list(pages())) > 10


def test_every_page_declares_what_it_needs():
    none(undeclared(list(pages())))


def test_no_two_pages_have_one_name():
    names = [name for name, _ in pages()]
    none({name for name in names if names.count(name) > 1})


def test_the_table_by_hand_and_the_addresses_agree():
    names = {name for name, _ in pages()}
    none([f"{name} is not in tests/cases/access.toml" for name in sorted(names - expected().keys())])
    none([f"{name} is in tests/cases/access.toml but no page" for name in sorted(expected().keys() - names)])


def test_the_needs_by_hand_and_the_declared_ones_agree():
    table = expected()
    found = {name: getattr(view, "needs", None) for name, view in pages()}
    none(
        {
            name: f"{need}, by hand {table[name]['needs']}"
            for name, need in found.items()
            if need != table[name]["needs"]
        }
    )


def test_planted_pages_are_found():
    def bare(request: object) -> None: ...

    def odd(request: object) -> None: ...

    odd.needs = "towns.burn"
    assert len(undeclared([("office:bare", bare)])) == 1
    assert len(undeclared([("office:odd", odd)])) == 1
    assert len(undeclared([("office:", bare)])) == 2
