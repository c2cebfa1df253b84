"""What the tamper kit does to slips and counterfoils."""

from __future__ import annotations

from tests.ops.tampering import Tool, reseal


def slips(alter: Tool) -> None:
    """A counterfoil is said to be another home's."""
    foil = alter.value("SELECT MIN(CAST(id AS text)) FROM honours_counterfoil")
    other = alter.value(
        "SELECT MIN(CAST(id AS text)) FROM households_household WHERE id <>"
        f" (SELECT household_id FROM honours_counterfoil WHERE id = '{foil}')"
    )
    alter.past_triggers(
        "honours_counterfoil", f"UPDATE honours_counterfoil SET household_id = '{other}' WHERE id = '{foil}'"
    )
    reseal(alter)
