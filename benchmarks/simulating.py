"""A scheme's simulated year: one pass over a town of 6,000 homes, and 200 passes for the intervals.

No database: what is measured is the engine in `courtyard.rating.rules.simulating`. Beside it: the same homes, visits,
deeds and spending told to one whole run of the engine, which must come to the same points.
"""

from __future__ import annotations

import dataclasses
import time
from datetime import date, timedelta

from benchmarks.child import Wanted
from benchmarks.measuring import Figure, say
from courtyard.rating.queries import shipped
from courtyard.rating.rules import engine_2
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.parsing import check_toml
from courtyard.rating.rules.periods import months_later
from courtyard.rating.rules.simulating import Model, simulate
from courtyard.rating.rules.simulating.figures import Task, _Ground

START, MONTHS = date(2027, 1, 1), 12
NAME = "simulating"


def bench(wanted: Wanted) -> list[Figure]:
    """The slowest shipped scheme's one pass, the passes of one without ranks, and the engine's run beside."""
    homes = wanted.homes or wanted.size(6000, 1500)
    documents = {code: _document(text) for code, text in shipped().items()}
    took = {code: _seconds(document, homes, 1) for code, document in documents.items()}
    slowest = max(took, key=lambda code: took[code])
    say(f"one pass of {homes}: " + ", ".join(f"{code} {seconds:.1f} s" for code, seconds in sorted(took.items())))
    figures = [
        _figure(
            f"one pass of {homes} homes × 12 months, the slowest of {len(took)} schemes ({slowest})",
            took[slowest],
            homes,
            10,
        )
    ]
    plain = next(code for code, document in documents.items() if document.coverage.drawn_share_milli and document.deeds)
    passes = wanted.size(200, 20)
    seconds = _seconds(documents[plain], homes, passes)
    figures.append(_figure(f"{passes} passes in one process ({plain})", seconds, homes * passes, None))
    ours, run = _beside(documents[plain], homes)
    figures.append(
        Figure(NAME, "one pass, of one whole run of the engine over the same events", "–", ours / run, "× its time",
               rows=homes * MONTHS, ours=homes * MONTHS / ours, other=homes * MONTHS / run)
    )  # fmt: skip
    return figures


def _document(text: str) -> SchemeDocument:
    found = check_toml(text).document
    assert found is not None
    return dataclasses.replace(found, engine=2)


def _seconds(document: SchemeDocument, homes: int, passes: int) -> float:
    began = time.process_time()
    simulate(document, Model(), homes, MONTHS, range(passes), START)
    return time.process_time() - began


def _figure(what: str, seconds: float, homes: int, most: float | None) -> Figure:
    rows = homes * MONTHS
    return Figure(NAME, what, "–", seconds, "s of one core", at_most=most, rows=rows, ours=rows / seconds)


def _beside(document: SchemeDocument, homes: int) -> tuple[float, float]:
    """Seconds of one pass and of one run over its events; they must issue the same points."""
    began = time.process_time()
    ground = _Ground(Task(document, Model(), homes, MONTHS, (1,), START, ()))
    course = ground.course(1, trace=True)
    told = course.go(ground.ticks, MONTHS)
    ours = time.process_time() - began
    events = [event for rows in course.place.trace or [] for event in rows]
    until = months_later(START, MONTHS) - timedelta(days=1)
    began = time.process_time()
    run = engine_2.run(document, course.place.homes, events, until, START)
    seconds = time.process_time() - began
    earned = sum(row.milli for row in run.entries if row.clause.startswith(("awards.", "deeds.")) and row.milli > 0)
    issued = sum(sums[name] for sums in told.months for name in sums if name.startswith("issued:"))
    assert earned == issued, f"the run issues {earned}, the simulation {issued}"
    return ours, seconds
