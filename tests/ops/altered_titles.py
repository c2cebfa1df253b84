"""The tamper kit's alteration of titles."""

from __future__ import annotations

from tests.ops.tampering import Tool

MADE = "0192f0c1a2b37c4d8e5f60718293a4b7"


def titles(alter: Tool) -> None:
    """A home holds a title that no round ever gave it."""
    alter.plain(
        "INSERT INTO honours_titleheld (id, village_id, household_id, version_id, title, state, since, given_in_id,"
        f" poor_rounds, ended_by) SELECT '{MADE}', r.village_id, v.household_id, r.version_id, 'made_up', 'held',"
        " r.opened, r.id, 0, '' FROM inspections_visit v JOIN inspections_round r ON r.id = v.round_id"
        " WHERE r.kind = 'full' ORDER BY v.id LIMIT 1"
    )
