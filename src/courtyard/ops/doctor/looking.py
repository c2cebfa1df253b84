"""All looks, in order: those that need a database only where there is one that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from courtyard.ops.doctor import data, folder
from courtyard.ops.doctor.findings import WRONG, Finding, Look, carry_out

FOLDER: dict[str, Look] = {
    "keys": folder.keys,
    "disk": folder.disk,
    "shipped": folder.shipped,
    "profile": folder.profile,
    "leftovers": folder.leftovers,
    "lists": folder.lists,
}
REACHED: dict[str, Look] = {"clock": folder.clock, "backups": folder.backups, "migrations": data.migrations}
MIGRATED: dict[str, Look] = {"sound": data.sound, "life": data.life, "serving": data.serving}


def examine(at: datetime) -> Iterator[Finding]:
    """Look over the running installation; where the database cannot be reached, only at what lies beside it."""
    for name, look in FOLDER.items():
        yield from carry_out(name, look, at)
    reached = carry_out("reachable", data.reachable, at)
    yield from reached
    if any(found.level == WRONG for found in reached):
        return
    whole = True
    for name, look in REACHED.items():
        findings = carry_out(name, look, at)
        whole = whole and not (name == "migrations" and any(found.level == WRONG for found in findings))
        yield from findings
    for name, look in MIGRATED.items() if whole else ():
        yield from carry_out(name, look, at)
