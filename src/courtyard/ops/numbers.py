"""numbers.json beside the database (D18): the heads of its chains, so that an older copy put back is noticed; and how
long the list of erasures is, so that a cut is (D10)."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from courtyard.kernel.actors import Actor
from courtyard.places.queries import county
from courtyard.records import erasures
from courtyard.records.epochs import begin_epoch, current, heads, is_behind
from courtyard.records.rules import canonical


def _path() -> Path:
    return Path(settings.VAR) / "numbers.json"


def _found() -> dict[str, Any]:
    """What was last kept; nothing where no file is, or where it holds no numbers (then doctor says so)."""
    try:
        found = json.loads(_path().read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def kept() -> dict[str, tuple[int, str]]:
    """The heads as they were last kept; none where nothing was kept."""
    return {place: (int(number), str(head)) for place, (number, head) in _found().get("heads", {}).items()}


def kept_life() -> int:
    """The life that was last kept; 0 where nothing was."""
    return int(_found().get("epoch", 0))


def kept_erasures() -> tuple[int, str]:
    """How many lines the list of erasures had, and the seal of the last."""
    number, seal = _found().get("erasures", (0, ""))
    return int(number), str(seal)


def expect_older() -> None:
    """Say on the disk that an older copy is about to be put in place, so that even a kill in the middle is noticed."""
    _marker().touch(mode=0o600)


def _marker() -> Path:
    return Path(settings.VAR) / "restoring"


def keep() -> bool:
    """Write the heads down, whole or not at all; False where they have not changed."""
    listed = erasures.read()
    text = canonical({"epoch": current(), "heads": heads(), "erasures": [len(listed.lines), listed.seal]})
    path = _path()
    if path.exists() and path.read_text() == text and not _marker().exists():
        return False
    new = path.with_suffix(".new")
    with new.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _marker().unlink(missing_ok=True)
    return True


def notice(*, by: Actor, at: datetime, meanwhile: Callable[[bool], None]) -> int | None:
    """Begin the next life where this database is older than what was kept beside it; its number, or None.

    `meanwhile` is told whether it is older, and does what must be done before that is written down: killed in it, the
    next start notices the same again.
    """
    root = county()
    older = is_behind(kept()) or _marker().exists()
    meanwhile(older)
    number = None
    if root is not None and older:
        number = begin_epoch(why="older", chain=root.pk, by=by, at=at, after=kept_life())
    keep()
    return number
