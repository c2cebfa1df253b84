"""Help (DOMAIN §4.7): who is owed it, until when, who may say it is no longer needed. Late help is the village's delay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.kernel.choices import Choice
from courtyard.kernel.problems import Problem

ASKED_MOST = 2  # a calendar year, by a household (DOMAIN §4.7)
HELP_DAYS = 7  # until when help comes where no scheme is in force yet (our own choice; a scheme's `mend_days` else)


class HelpWhy(Choice):
    CARE = "care", "照顾名单上的户评为差"
    ASKED = "asked", "说了一个人弄不动"


class HelpState(Choice):
    """Late is no state: a task that is owed after its day is late by reading, and still owed."""

    OPEN = "open", "等人帮"
    TAKEN = "taken", "有人去帮"
    DONE = "done", "帮好了"
    ENDED = "ended", "不用帮了"


class HelperKind(Choice):
    HOUSEHOLD = "household", "邻居一户"
    ACCOUNT = "account", "干部或评比员"
    OTHER = "other", "别的人"


class EndedBy(Choice):
    """Why help is owed no longer although nobody helped."""

    SAID = "said", "本户说不用了"
    SEEN = "seen", "再看时已经不是差"
    OUT = "out", "没人住了或不参加了"


OWED = (HelpState.OPEN, HelpState.TAKEN)


@dataclass(frozen=True)
class Helper:
    """Who helps: exactly one of a household, an account, words (a name, a team)."""

    household: UUID | None = None
    account: UUID | None = None
    words: str = ""

    @property
    def kind(self) -> HelperKind:
        if self.household is not None:
            return HelperKind.HOUSEHOLD
        return HelperKind.ACCOUNT if self.account is not None else HelperKind.OTHER


def may_ask(asked: int) -> Problem | None:
    """Why a household that said so `asked` times this calendar year cannot say it once more, or None."""
    return Problem("honours.help_asked_out", {"most": ASKED_MOST}) if asked >= ASKED_MOST else None


def unfit_helper(helper: Helper, helped: UUID) -> Problem | None:
    """Why this is nobody who can help that home, or None."""
    given = [helper.household is not None, helper.account is not None, bool(helper.words)]
    if sum(given) != 1:
        return Problem("honours.help_one_helper")
    return Problem("honours.help_own_home") if helper.household == helped else None


def unfit_done(day: date, *, since: date, today: date) -> Problem | None:
    """Why help cannot have been given on this day, or None."""
    if day > today:
        return Problem("honours.help_to_come", {"day": day.isoformat()})
    if day < since:
        return Problem("honours.help_before_asked", {"day": day.isoformat(), "since": since.isoformat()})
    return None


def may_end(why: HelpWhy, *, by_household: bool) -> Problem | None:
    """Why this cannot be ended undone, or None: what a household asked for only the household itself gives up."""
    if by_household or why is HelpWhy.CARE:
        return None
    return Problem("honours.help_is_theirs")


def late_days(state: HelpState, due: date, on: date) -> int:
    """How many days the village is late with help it owes; 0 while it is in time or no longer owed."""
    return max(0, (on - due).days) if state in OWED else 0


def ends_help(state: HelpState, grade: str | None, poor: str | None, *, out: bool) -> EndedBy | None:
    """What a round's close does to help that is owed: nobody lives there or takes part any more; or the yard was seen
    and is not poor, and nobody has set out to help yet (whoever has, is thanked when it is written down)."""
    if state not in OWED:
        return None
    if out:
        return EndedBy.OUT
    if state is HelpState.OPEN and grade is not None and grade != poor:
        return EndedBy.SEEN
    return None
