"""What every page's frame needs: who is here, which text size, whether the connection is plain."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

SIZES = ("normal", "large", "largest")


def page(request: HttpRequest) -> dict[str, Any]:
    """The frame's facts; no query."""
    size = request.COOKIES.get("size", "normal")
    return {
        "actor": getattr(request, "actor", None),
        "size": size if size in SIZES else "normal",
        "plain_http": settings.PLAIN_HTTP and not request.is_secure(),
    }
