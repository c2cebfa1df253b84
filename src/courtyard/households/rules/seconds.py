"""Who may be the second person (DOMAIN §4.13), and what waits for one. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from courtyard.households.rules.states import CountersignState
from courtyard.kernel.actors import Actor, Duty
from courtyard.kernel.days import SHANGHAI
from courtyard.kernel.paths import inside
from courtyard.kernel.problems import Problem
from courtyard.people.rules import VERBS

# How long a household's points rest after its PIN was set anew.
STOP_AFTER_RESET = timedelta(hours=24)


def granting(actor: Actor, verb: str, path: str) -> list[Duty]:
    """The actor's duties that open this verb at this path, the nearest place first."""
    found = [duty for duty in actor.duties if verb in VERBS[duty.kind] and inside(path, duty.path)]
    return sorted(found, key=lambda duty: -len(duty.path))


def unfit_countersigner(made_by: UUID, by: Actor) -> Problem | None:
    """Why this person is not the second for what that one made: it takes somebody else."""
    return Problem("households.second_same_person") if by.id == made_by else None


def unfit_resetter(asked_by: UUID, duty: str, place: str, by: Actor, verb: str, path: str) -> Problem | None:
    """Why this person is not the second for a PIN reset asked for by that duty at that place: it takes somebody else,
    of another duty or of another level."""
    if by.id == asked_by:
        return Problem("households.second_same_person")
    if all((one.kind.value, one.path) == (duty, place) for one in granting(by, verb, path)):
        return Problem("households.second_same_duty")
    return None


def spending_stopped(
    at: datetime, countersign: CountersignState | None, binds: bool, spend_from: datetime | None
) -> Problem | None:
    """Why a household's points rest at this moment: nobody has looked at how it came into the register, or its PIN was
    set anew less than a day ago."""
    if countersign in (CountersignState.WAITING, CountersignState.REFUSED) and binds:
        return Problem("households.not_countersigned")
    if spend_from is not None and at < spend_from:
        until = spend_from.astimezone(SHANGHAI)
        return Problem("households.resting_after_reset", {"until": f"{until.month}月{until.day}日 {until:%H:%M}"})
    return None
