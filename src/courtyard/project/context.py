"""What every page's frame needs: who is here, where they may go, which text size, whom to complain to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from courtyard.kernel.actors import Actor
from courtyard.office.nav import entries
from courtyard.places.queries import complaint_line

SIZES = ("normal", "large", "largest")
SIZE_WORDS = (("normal", _("标准字")), ("large", _("大字")), ("largest", _("特大字")))


def page(request: HttpRequest) -> dict[str, Any]:
    """The frame's facts; one query, for the complaint line, where neither the page nor the duties have said it."""
    size = request.COOKIES.get("size", "normal")
    actor: Actor | None = getattr(request, "actor", None)
    match = request.resolver_match
    return {
        "actor": actor,
        "size": size if size in SIZES else "normal",
        "sizes": SIZE_WORDS,
        "languages": settings.LANGUAGES,
        "here": request.get_full_path(),
        "nav": entries(actor, match.url_name or "" if match else ""),
        "complaint_line": _line(request, actor),
        "plain_http": settings.PLAIN_HTTP and not request.is_secure(),
    }


def _line(request: HttpRequest, actor: Actor | None) -> object:
    """Whom to complain to: as it was read with the duties, else of the place the first duty lies at, else the county's."""
    known: str | None = getattr(request, "complaint_line", None)
    if known is not None:
        return known
    return SimpleLazyObject(lambda: complaint_line(actor.duties[0].path if actor and actor.duties else ""))
