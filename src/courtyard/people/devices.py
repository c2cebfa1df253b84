"""Which device somebody logs in from: one where this person has logged in before carries a signed mark, all others are one.

Wrong passwords are counted by (log-in name, device). Whoever guesses from elsewhere, under whatever browser's name, is one
unknown device and soon locked out; the person's own computer stays open (QUALITY §2: locks by user and device).
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings

from courtyard.kernel.ids import token

YEAR = 365 * 24 * 3600
UNKNOWN = "unknown device"


def _cookie(username: str) -> str:
    """A computer may be several people's workplace: a mark each."""
    return f"workplace-{sha256(username.encode()).hexdigest()[:10]}"


def marked(request: Any, username: str) -> Any:
    """The request with its device's mark where the lock-out looks for it (the place of the browser's own name)."""
    mark = request.get_signed_cookie(_cookie(username), UNKNOWN, salt=username, max_age=YEAR)
    request.META["HTTP_USER_AGENT"] = mark
    return request


def remember(request: Any, response: Any, username: str) -> Any:
    """Give the device this person's mark once a log-in there has succeeded."""
    if request.META["HTTP_USER_AGENT"] == UNKNOWN:
        response.set_signed_cookie(
            _cookie(username), token(), salt=username, max_age=YEAR, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
