"""What an import did or would do, as the command's JSON and the page's table give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from courtyard.households.rules.roster import Interpretation, Sheet
from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say

MOST_ROWS_SHOWN = 20_000


@dataclass
class Outcome:
    """The reading of a file and what became of it. `run` is None for a dry run."""

    sheets: Sequence[Sheet]
    reading: Interpretation
    run: UUID | None = None
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    asked: int = 0
    care: int = 0
    not_lived_in: int = 0
    villages: list[str] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def said(self) -> list[str]:
        """What a clerk should know besides the counts, each once, as sentences."""
        return list(dict.fromkeys(say(note) for note in [*self.reading.notes, *self.notes]))

    def as_json(self, *, rows: bool = False) -> dict[str, Any]:
        """The command's contract. Above 20,000 rows `taken` only where `rows` asks for it."""
        answer: dict[str, Any] = {}
        if rows or len(self.reading.taken) <= MOST_ROWS_SHOWN:
            answer["taken"] = [
                {
                    "sheet": row.sheet, "row": row.row, "group": row.group, "code": row.code, "name": row.name,
                    "people": row.people, "phone": row.phone,
                }
                for row in self.reading.taken
            ]  # fmt: skip
        answer["refused"] = [
            {"sheet": cell.sheet, "row": cell.row, "cell": cell.cell, "why": say(cell.problem)}
            for cell in self.reading.refused
        ]
        answer["skipped"] = [{"sheet": sheet, "row": row} for sheet, row in self.reading.skipped]
        return {**answer, "new": self.new, "changed": self.changed, "unchanged": self.unchanged}
