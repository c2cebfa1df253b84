"""The page behind a group's named sheet: opened by the sheet's token, counted, never kept, marked with its moment."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from courtyard.honours.models import BoardToken
from courtyard.honours.queries.named import NamedList, named_list
from courtyard.honours.queries.naming import board_of_token
from courtyard.honours.rules.naming import VIEWS_MOST
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of, instant
from courtyard.people.asked import Asked
from courtyard.people.needs import public
from courtyard.places.queries import complaint_line, full_name
from courtyard.records import access

BY, FIELDS = "board", "named_list"


@public
def named(request: Asked, token: str) -> HttpResponse:
    """Whom a group's sheet names, for who stands before it. A dead token, too many views, or access lines that cannot be
    written show no name; each view is counted and each home's line says that its name was shown.
    """
    today = day_of(request.at)
    board = board_of_token(token, today)
    if board is None:
        return render(request, "board/named_dead.html", {}, status=404)
    views = access.times_shown(board.group_id.hex, FIELDS, instant(today, 0))
    found = named_list(board.group, today) if views < VIEWS_MOST else None
    facts = {
        "place": board.group,
        "village": board.group.village,
        "title": full_name(board.group),
        "found": found if found and _counted(request, board, found) else None,
        "many": views >= VIEWS_MOST,
        "view": views + 1,
        "complaint_line": complaint_line(board.group.path),
    }
    answer = render(request, "board/named.html", facts)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _counted(request: Asked, board: BoardToken, found: NamedList) -> bool:
    """One line for the board, one for every home; where they cannot be written, nothing is shown (D11)."""
    passer = Actor(board.pk, BY, "", ())
    subjects = [board.group_id.hex, *(home.household.hex for home in found.homes)]
    return access.shown(by=passer, at=request.at, subjects=subjects, fields=FIELDS, why=_("本组公示栏"))
