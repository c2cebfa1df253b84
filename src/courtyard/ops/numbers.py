"""numbers.json beside the database (D18): the heads of its chains, so that an older copy put back is noticed."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from courtyard.kernel.actors import Actor
from courtyard.places.queries import county
from courtyard.records.epochs import begin_epoch, current, heads, is_behind
from courtyard.records.rules import canonical


def _path() -> Path:
    return Path(settings.VAR) / "numbers.json"


def kept() -> dict[str, tuple[int, str]]:
    """The heads as they were last kept; none where nothing was kept."""
    if not _path().exists():
        return {}
    found = json.loads(_path().read_text())
    return {place: (int(number), str(head)) for place, (number, head) in found["heads"].items()}


def keep() -> bool:
    """Write the heads down, whole or not at all; False where they have not changed."""
    text = canonical({"epoch": current(), "heads": heads()})
    path = _path()
    if path.exists() and path.read_text() == text:
        return False
    new = path.with_suffix(".new")
    with new.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    return True


def notice(*, by: Actor, at: datetime) -> int | None:
    """Begin the next life where this database is older than what was kept beside it; its number, or None."""
    root = county()
    number = None
    if root is not None and is_behind(kept()):
        number = begin_epoch(why="older", chain=root.pk, by=by, at=at)
    keep()
    return number
