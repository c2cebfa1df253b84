"""PINs of cards: six digits chosen at hand-over, and how often one may be tried (QUALITY §2: 5 tries)."""

from __future__ import annotations

from courtyard.kernel.problems import Problem

DIGITS = 6
TRIES_A_DEVICE = 5
TRIES_A_DAY = 20


def unfit_pin(pin: str, short: str) -> Problem | None:
    """Why this PIN cannot be taken, or None: six digits, not all alike, no run up or down, not the short number."""
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        return Problem("households.pin_shape")
    steps = {int(b) - int(a) for a, b in zip(pin, pin[1:], strict=False)}
    if steps in ({0}, {1}, {-1}) or pin == short:
        return Problem("households.pin_too_plain")
    return None


def locked(device_tries: int, day_tries: int) -> bool:
    """Whether no further try counts today, for this device or for the household altogether."""
    return device_tries >= TRIES_A_DEVICE or day_tries >= TRIES_A_DAY
