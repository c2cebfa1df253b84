"""What a look found: well, worth knowing, or wrong. Only what is wrong makes the command fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.management.base import CommandError
from django.db import DatabaseError, InterfaceError

WELL, NOTE, WRONG = "well", "note", "wrong"


@dataclass(frozen=True)
class Finding:
    """One look's outcome: its name, how it is, and what it says (what is so, and what to do)."""

    name: str
    level: str
    says: str


# A look yields (level, sentence) for what it finds; what it says where all is well comes last and counts only then.
Looking = Iterator[tuple[str, str]]
Look = Callable[[datetime], Looking]


def carry_out(name: str, look: Look, at: datetime) -> list[Finding]:
    """Carry one look out; a look that cannot be finished is itself something wrong."""
    try:
        found = [Finding(name, level, says) for level, says in look(at)]
        return [one for one in found if one.level != WELL] or found
    except (DatabaseError, InterfaceError) as error:
        return [
            Finding(
                name, WRONG, f"数据库读不下去:{str(error).strip().splitlines()[0]}。请看数据库服务和 DATABASE_URL。"
            )
        ]
    except CommandError as error:
        return [Finding(name, WRONG, str(error))]
    except OSError as error:
        return [Finding(name, WRONG, f"读不了「{error.filename}」:{error.strerror}。请看文件在不在、权限对不对。")]
