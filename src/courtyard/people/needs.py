"""What a page needs: every view is @public, @needs(verb) or @household_only; an undeclared one is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
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


def deed(page: Callable[..., Any]) -> Callable[[View], View]:
    """A view that acts on POST only and belongs to `page`.

    On a refusal the middleware renders `page` again with the sentence above the form and the input kept; any other
    method shows `page`, so that reloading the address is harmless. `page` takes those parts of the address it names.
    """

    names = signature(page).parameters

    def show(request: Any, **parts: Any) -> Any:
        return page(request, **{name: part for name, part in parts.items() if name in names})

    def declare(view: View) -> View:
        @wraps(view)
        def by_method(request: Any, **parts: Any) -> Any:
            return view(request, **parts) if request.method == "POST" else show(request, **parts)

        by_method.page = show  # type: ignore[attr-defined]
        return by_method  # type: ignore[return-value]

    return declare
