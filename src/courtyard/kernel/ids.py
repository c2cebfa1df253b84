"""Ids made by their maker (D1): UUIDv7 and 128-bit tokens; the demonstration seeds the source."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime

_lock = threading.Lock()
_random_bytes: Callable[[int], bytes] = os.urandom
_now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000  # noqa: E731
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# Of a UUID's 128 bits: what is drawn in a version 7, and its version and variant.
_RANDOM, _VERSION_7 = 0x0FFF_3FFF_FFFF_FFFF_FFFF, 0x7000_8000_0000_0000_0000
VISITS = uuid.UUID("6b1f0c52-6b0c-5e61-9a6a-0c0f7a5d1c11")


def random_bytes(count: int) -> bytes:
    """Random bytes for salts, nonces and tokens (seeded inside `seeded`)."""
    with _lock:
        return _random_bytes(count)


def uuid7() -> uuid.UUID:
    """A new UUIDv7. It never means order or time."""
    raw = bytearray(_now_ms().to_bytes(6, "big") + random_bytes(10))
    raw[6] = (raw[6] & 0x0F) | 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return uuid.UUID(bytes=bytes(raw))


def uuid7s(count: int) -> list[uuid.UUID]:
    """So many new UUIDv7 at once."""
    head, raw = _now_ms() << 80, random_bytes(10 * count)
    parts = (int.from_bytes(raw[at : at + 10], "big") for at in range(0, 10 * count, 10))
    return [uuid.UUID(int=head | part & _RANDOM | _VERSION_7) for part in parts]


def visit_id(round_id: uuid.UUID, household_id: uuid.UUID) -> uuid.UUID:
    """The one id of a visit: UUIDv5 of round and household (D3), the same on every phone, sheet and keyboard."""
    return uuid.uuid5(VISITS, f"{round_id}/{household_id}")


def visit_hex(round_hex: str, household_hex: str) -> str:
    """The same as text without dashes, for many at once: no UUID is made of either."""
    name = f"{_dashed(round_hex)}/{_dashed(household_hex)}"
    digest = hashlib.sha1(VISITS.bytes + name.encode(), usedforsecurity=False).hexdigest()
    return f"{digest[:12]}5{digest[13:16]}{'89ab'[int(digest[16], 16) & 3]}{digest[17:32]}"


def _dashed(text: str) -> str:
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def token() -> str:
    """An opaque random token of 128 bits, 26 ASCII characters, for cards and prints."""
    number = int.from_bytes(random_bytes(16), "big")
    letters = []
    for _ in range(26):
        number, index = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[index])
    return "".join(letters)


def short_number(five: int) -> str:
    """Five digits and a check digit (weights 7,3,1 …: any one wrong digit or swapped neighbours differing by ≠5 shows)."""
    total = 7 * (five // 10_000) + 3 * (five // 1000 % 10) + five // 100 % 10 + 7 * (five // 10 % 10) + 3 * (five % 10)
    return f"{five:05d}{-total % 10}"


def short_number_is_sound(text: str) -> bool:
    """Whether six ASCII digits carry their right check digit."""
    return len(text) == 6 and text.isascii() and text.isdigit() and short_number(int(text[:5])) == text


@contextlib.contextmanager
def seeded(seed: str, clock: Callable[[], datetime]) -> Iterator[None]:
    """Inside, ids, tokens, salts and nonces follow from the seed and `clock` (the demonstration: same seed, same bytes)."""
    global _random_bytes, _now_ms
    source = random.Random(seed)  # noqa: S311  # the demonstration's, never a production secret
    before = (_random_bytes, _now_ms)
    _random_bytes = source.randbytes
    _now_ms = lambda: int(clock().timestamp() * 1000)  # noqa: E731
    try:
        yield
    finally:
        _random_bytes, _now_ms = before
