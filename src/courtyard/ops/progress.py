"""Progress of long work, on stderr only: a bar on a terminal, one line a step elsewhere."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Steps:
    """What a long piece of work reports to: which step it is in, and how far."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None) if progress else None
        self._text = ""

    def __call__(self, text: str, done: int = 0, total: int | None = None) -> None:
        """Say the step and how much of it is done (`total` None where nobody knows)."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=text, completed=done, total=total)
        elif text != self._text:
            print(text, file=sys.stderr, flush=True)
        self._text = text


@contextlib.contextmanager
def progress() -> Iterator[Steps]:
    """A place to report to while the work inside goes on."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Steps(None)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=False) as bar:
        yield Steps(bar)


def say(text: str = "") -> None:
    """A line for the person at the terminal, on stderr: stdout belongs to what the command answers."""
    print(text, file=sys.stderr, flush=True)
