"""What comes from outside is opened in a child process (D20): a module of ours, its own limits, nothing of ours inherited."""

from __future__ import annotations

import os
import resource
import subprocess  # noqa: S404  # our own child
import sys

# The words of the environment a child is given: how to find Python and our code, and how text is written.
KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL")


def command(module: str, *words: str) -> list[str]:
    """How a module of ours is run apart."""
    return [sys.executable, "-P", "-m", module, *words]


def surroundings() -> dict[str, str]:
    """The environment a child is given: no address of a database, no key, no setting."""
    return {key: value for key, value in os.environ.items() if key in KEPT}


def answer(module: str, given: bytes, *, seconds: int, most: int) -> bytes | None:
    """What a module of ours wrote about these bytes; None where it failed, took longer than `seconds`, or wrote more than
    `most` bytes."""
    try:
        done = subprocess.run(  # noqa: S603  # our own module, no argument from outside
            command(module), input=given, capture_output=True, env=surroundings(), timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and len(done.stdout) <= most else None


def limit(memory: int, seconds: int) -> None:
    """In the child, before it reads a byte: no more memory (bytes) and time than its work needs, no file, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
