"""How a command's words name a month and a round."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.management.base import CommandError

from courtyard.inspections.models import Round
from courtyard.inspections.queries.rounds import round_within
from courtyard.kernel import weeks
from courtyard.kernel.actors import Actor
from courtyard.people.rules import areas


def month(text: str) -> date:
    """A round's month written YYYY-MM, or its week written YYYY-Www, by the day that names it. Raises CommandError."""
    found = weeks.named(text)
    if found is None:
        raise CommandError(f"「{text}」不是月份,也不是周。请写成 2026-11,一周一评的写成 2026-W47。")
    return found


def round_of(text: str, by: Actor, verb: str) -> Round:
    """The round of this id within the actor's areas. Raises CommandError, Refused (inspections.round_unknown)."""
    return round_within(areas(by, verb), _id(text))


def any_round(text: str) -> Round:
    """The round of this id anywhere, for a command that only reads. Raises as `round_of`."""
    return round_within([""], _id(text))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CommandError(f"「{text}」不是轮次编号。courtyard rounds 会列出各轮的编号。") from None
