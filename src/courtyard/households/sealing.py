"""Phones sealed with AES-256-GCM and found by blind index; PINs as HMAC. The keys lie outside the database (D16)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from courtyard.kernel.ids import random_bytes
from courtyard.records.keys import key

_NONCE = 12


def phone_sealer() -> tuple[str, Callable[[UUID, str], bytes]]:
    """The phone key's id, and a function that seals a household's phone: nonce ‖ ciphertext, bound to the household."""
    phone_key = key("phone")
    cipher = AESGCM(phone_key.secret)

    def seal(household: UUID, phone: str) -> bytes:
        nonce = random_bytes(_NONCE)
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


def phone_indexer() -> Callable[[str], tuple[str, str]]:
    """A function phone → (blind index, blind index of its last four); ('', '') for none."""
    base = hmac.new(key("phone_index").secret, b"", hashlib.sha256)

    def index(text: str) -> str:
        one = base.copy()
        one.update(text.encode())
        return one.hexdigest()

    def both(phone: str) -> tuple[str, str]:
        return (index(phone), index(f"last four {phone[-4:]}")) if phone else ("", "")

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
