"""Worked answers of a scheme: a file of cases read, run and judged without a database (docs/reference/cases.md)."""

from courtyard.rating.rules.cases.judging import Difference, Judged, Verdict, judge

__all__ = ["Difference", "Judged", "Verdict", "judge"]
