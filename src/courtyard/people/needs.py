"""What a page needs: every view is @public, @needs(verb) or @household_only; an undeclared one is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """A page for everyone."""
    view.needs = "public"  # type: ignore[attr-defined]
    return view


def needs(verb: str) -> Callable[[View], View]:
    """A page for whoever may do this verb somewhere; the view narrows to areas(actor, verb)."""

    def declare(view: View) -> View:
        view.needs = verb  # type: ignore[attr-defined]
        return view

    return declare


def household_only(view: View) -> View:
    """A page for a household behind its card and PIN."""
    view.needs = "household.own"  # type: ignore[attr-defined]
    return view
