"""What a form said, read field by field; what cannot be read is refused by the field's name."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from courtyard.kernel import weeks
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse
from courtyard.kernel.texts import clean


def command(request: Any) -> uuid.UUID:
    """The id the form made for this submission (hidden field `command`): the same one again is the same deed."""
    text = request.POST.get("command", "")
    return as_id(text, "command") if text else uuid7()


def as_id(text: str, label: str) -> uuid.UUID:
    """A UUID as forms and addresses carry it. Refuses people.unfit_id."""
    try:
        return uuid.UUID(text)
    except ValueError:
        refuse("people.unfit_id", field=label)


def text(request: Any, name: str) -> str:
    """A line of text without outer blanks; '' where nothing was given."""
    return clean(request.POST.get(name, ""))


def wanted(request: Any, name: str, label: str) -> str:
    """A line of text that must be given. Refuses people.empty_field."""
    return text(request, name) or refuse("people.empty_field", field=label)


def day(request: Any, name: str, label: str) -> date:
    """A day as YYYY-MM-DD. Refuses people.unfit_day."""
    given = wanted(request, name, label)
    try:
        return date.fromisoformat(given)
    except ValueError:
        refuse("people.unfit_day", field=label, given=given)


def month(request: Any, name: str, label: str) -> date:
    """A month as YYYY-MM, as its first day. Refuses people.unfit_month."""
    given = wanted(request, name, label)
    try:
        return date.fromisoformat(f"{given}-01")
    except ValueError:
        refuse("people.unfit_month", field=label, given=given)


def period(request: Any, name: str, label: str) -> date:
    """A round's month (2026-11) or week (2026-W47), by the day that names it. Refuses people.unfit_period."""
    given = wanted(request, name, label)
    return weeks.named(given) or refuse("people.unfit_period", field=label, given=given)


def number(request: Any, name: str, label: str, *, most: int = 1_000_000) -> int:
    """A whole number from 0 in ASCII digits. Refuses people.unfit_number."""
    given = wanted(request, name, label)
    if not (given.isascii() and given.isdigit() and len(given) <= 12 and int(given) <= most):
        refuse("people.unfit_number", field=label, given=given, most=most)
    return int(given)


def one_of(request: Any, name: str, label: str, codes: Any) -> str:
    """A choice among codes. Refuses people.not_chosen."""
    given = text(request, name)
    if given not in codes:
        refuse("people.not_chosen", field=label)
    return given


def back(request: Any, otherwise: str) -> str:
    """Where a deed goes back to: the page its form named (a path of this site), else the page `otherwise`."""
    target = str(request.POST.get("next", ""))
    return target if target.startswith("/") and not target.startswith(("//", "/\\")) else otherwise
