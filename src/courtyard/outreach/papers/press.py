"""The press: facts (data, never markup) + one template + the shipped fonts → PDF or picture, the same bytes every time."""

from __future__ import annotations

import json
import subprocess  # noqa: S404  # the press's own child
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from courtyard.kernel.glyphs import named, unprintable
from courtyard.kernel.problems import Problem, refuse, refuse_if
from courtyard.outreach.papers.coverage import FONTS
from courtyard.outreach.papers.shelf import PAPERS
from courtyard.outreach.rules.frame import PAPER, PICTURE, Frame, place_of

TEMPLATES = Path(__file__).parent
# Every template that is no paper of its own is shared.
SHARED = tuple(sorted(path.name for path in TEMPLATES.glob("*.typ") if path.stem not in PAPERS))
A3_INCHES = 297 / 25.4
MOST_SECONDS = 300


@dataclass(frozen=True)
class Printed:
    """One finished print: which paper, the file, its SHA-256, its facts and theirs, its template's, its pages."""

    paper: str
    pdf: bytes
    sha256: str
    facts: str
    facts_sha256: str
    template_sha256: str
    pages: int


@cache
def template_sha256(paper: str) -> str:
    """SHA-256 over the paper's template and the shared ones, in this order."""
    digest = sha256()
    for name in (f"{paper}.typ", *SHARED):
        digest.update((TEMPLATES / name).read_bytes())
    return digest.hexdigest()


def texts(thing: Any, household: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the facts with the household it belongs to ('' where it belongs to none)."""
    if isinstance(thing, str):
        yield household, thing
    elif is_dataclass(thing):
        head = getattr(thing, "head", None)
        if head is not None:
            household = f"{head}({code})" if (code := getattr(thing, "code", "")) else head
        for field in fields(thing):
            yield from texts(getattr(thing, field.name), household)
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from texts(part, household)


def lost_characters(thing: Any) -> Problem | None:
    """The first household (or text) of these facts that would lose a character on paper, or None."""
    for household, text in texts(thing):
        lost = unprintable(text)
        if lost:
            return Problem("outreach.unprintable", {"household": household or text, "characters": named(lost, " ")})
    return None


def without_complaint_line(thing: Any) -> Problem | None:
    """A Problem where some frame of these facts has no complaint line: every print carries one (DOMAIN §4.13)."""
    if isinstance(thing, Frame):
        return (
            None if thing.complaint_line.strip() else Problem("outreach.no_complaint_line", {"place": place_of(thing)})
        )
    parts = [getattr(thing, field.name) for field in fields(thing)] if is_dataclass(thing) else thing
    if isinstance(parts, list | tuple):
        return next((problem for part in parts if (problem := without_complaint_line(part))), None)
    return None


def _facts(paper: str, thing: Any, medium: str) -> str:
    if paper not in PAPERS:
        refuse("outreach.no_such_paper", paper=paper)
    refuse_if(without_complaint_line(thing))
    refuse_if(lost_characters(thing))
    facts = PAPERS[paper].facts(thing, medium)
    if isinstance(facts, Problem):
        facts.refuse()
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _press(paper: str, facts: str, medium: str, ppi: float = 72) -> tuple[int, bytes]:
    """(pages, file) made by a child process, so that what Typst keeps in memory ends with the print."""
    if not any(FONTS.glob("*.ttf")):
        raise FileNotFoundError("outreach/fonts is empty: run `make setup`, which fetches the Chinese fonts")
    job = {"paper": paper, "facts": facts, "medium": medium, "ppi": ppi, "tagged": PAPERS[paper].tagged}
    done = subprocess.run(  # noqa: S603  # our own module, nothing from outside in the arguments
        [sys.executable, "-P", "-m", "courtyard.outreach.papers.child"],
        input=json.dumps(job).encode(),
        capture_output=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{paper}.typ was not printed: {done.stderr.decode(errors='replace')[-2000:]}")
    return int.from_bytes(done.stdout[:4], "big"), done.stdout[4:]


def render(paper: str, thing: Any) -> Printed:
    """The print as PDF.

    Raises Refused: `outreach.unprintable` naming the household, `outreach.no_complaint_line`,
    `outreach.no_such_paper`, and what the paper itself refuses.
    """
    facts = _facts(paper, thing, PAPER)
    pages, pdf = _press(paper, facts, PAPER)
    return Printed(
        paper=paper,
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
        facts=facts,
        facts_sha256=sha256(facts.encode()).hexdigest(),
        template_sha256=template_sha256(paper),
        pages=pages,
    )


def render_png(paper: str, thing: Any, px_wide: int = 1080) -> bytes:
    """The print as one picture, `px_wide` pixels wide, as tall as it needs.

    Raises Refused as `render` does, `outreach.paper_only` for a print that is never a picture and
    `outreach.names_on_paper_only` where a black list carries names (DOMAIN §4.4).
    """
    if paper in PAPERS and not PAPERS[paper].picture:
        refuse("outreach.paper_only", paper=PAPERS[paper].title)
    return _press(paper, _facts(paper, thing, PICTURE), PICTURE, ppi=px_wide / A3_INCHES)[1]
