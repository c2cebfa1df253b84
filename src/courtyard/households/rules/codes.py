"""The card's QR: an https (or loopback http) address of this programme's own with an opaque token; nothing else opens."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from courtyard.kernel.problems import Problem

TOKEN = re.compile(r"/c/([0-9A-Z]{26})/?")


def token_of(text: str, hosts: Collection[str]) -> str | Problem:
    """The token in a card's QR text. `hosts`: the names (with port) this programme has or had.

    Problems: households.qr_not_ours (another host, another scheme, no card's address).
    """
    try:
        parts = urlsplit(text.strip())
        host = parts.netloc.lower()
    except ValueError:
        return Problem("households.qr_not_ours")
    found = TOKEN.fullmatch(parts.path)
    if parts.scheme not in ("https", "http") or host not in hosts or found is None or parts.query or parts.fragment:
        return Problem("households.qr_not_ours")
    return found.group(1)
