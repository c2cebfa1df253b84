"""Phones sealed with AES-256-GCM and found by blind index; PINs as HMAC. The keys lie outside the database (D16)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from courtyard.kernel.ids import random_bytes
from courtyard.records.keys import key

_NONCE = 12


def phone_sealer(count: int = 1) -> tuple[str, Callable[[UUID, str], bytes]]:
    """The phone key's id, and a function that seals a household's phone: nonce ‖ ciphertext, bound to the household.

    `count`: for about how many phones, so that their nonces are drawn at once; each is used once.
    """
    phone_key = key("phone")
    cipher = AESGCM(phone_key.secret)
    drawn = random_bytes(_NONCE * count)
    nonces = iter([drawn[at : at + _NONCE] for at in range(0, len(drawn), _NONCE)])

    def seal(household: UUID, phone: str) -> bytes:
        nonce = next(nonces, b"") or random_bytes(_NONCE)
        return nonce + cipher.encrypt(nonce, phone.encode(), household.bytes)

    return phone_key.id, seal


def open_phone(household: UUID, sealed: bytes | memoryview | None) -> str | None:
    """A household's phone in clear, or None where there is none. Whoever shows it writes an access line first."""
    return phone_opener()(household, sealed)


def phone_opener() -> Callable[[UUID, bytes | memoryview | None], str | None]:
    """`open_phone` for many households: the cipher is made once."""
    cipher = AESGCM(key("phone").secret)

    def opened(household: UUID, sealed: bytes | memoryview | None) -> str | None:
        if not sealed:
            return None
        raw = bytes(sealed)
        return cipher.decrypt(raw[:_NONCE], raw[_NONCE:], household.bytes).decode()

    return opened


def _blind(secret: bytes, text: str) -> str:
    return hmac.digest(secret, text.encode(), "sha256").hex()


@lru_cache(maxsize=10_000)
def _ending(secret: bytes, digits: str) -> str:
    """The blind index of four digits: there are but ten thousand, and a roster has hundreds of thousands of phones."""
    return _blind(secret, f"last four {digits}")


def phone_indexer() -> Callable[[str], tuple[str, str]]:
    """A function phone → (blind index, blind index of its last four); ('', '') for none."""
    secret = key("phone_index").secret

    def both(phone: str) -> tuple[str, str]:
        return (_blind(secret, phone), _ending(secret, phone[-4:])) if phone else ("", "")

    return both


def last_four_index(digits: str) -> str:
    """The blind index under which phones ending in these four digits stand."""
    return phone_indexer()(digits)[1]


def sealed_pin(household: UUID, pin: str) -> tuple[str, str]:
    """(key id, HMAC-SHA-256) of a household's PIN."""
    pin_key = key("pin")
    return pin_key.id, hmac.new(pin_key.secret, f"{household.hex}/{pin}".encode(), hashlib.sha256).hexdigest()


def same_pin(household: UUID, pin: str, sealed: str) -> bool:
    """Whether this PIN is the one sealed; takes as long whichever it is."""
    return hmac.compare_digest(sealed_pin(household, pin)[1], sealed)
