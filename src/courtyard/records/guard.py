"""Compare and swap: UPDATE … WHERE state = old, then look at the row count (DESIGN §3.5)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from courtyard.kernel.problems import refuse


def swap(rows: QuerySet[Any], problem: str, /, **new: Any) -> None:
    """Change exactly the one row that still is as the caller read it, or refuse with `problem`."""
    if rows.update(**new) != 1:
        refuse(problem)
