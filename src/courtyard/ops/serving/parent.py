"""The parent: starts the children, starts again what dies, and takes both with it when it ends."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from courtyard.ops.serving.tie import PARENT

log = logging.getLogger(__name__)
# A child that dies at once is started again after 0.2, 0.4 … at most 5 seconds: within ten in any case.
PATIENCE = (0.2, 5.0)


@dataclass
class Child:
    """One kept process: how it is started, and since when it runs."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    pause: float = PATIENCE[0]
    not_before: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *self.arguments],
            stdin=subprocess.DEVNULL,
            env={**os.environ, PARENT: str(os.getpid())},
        )
        self.began = time.monotonic()

    def look(self) -> None:
        """Start it where it does not run, no sooner than its pause allows."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            if now - self.began > 10:
                self.pause = PATIENCE[0]
            return
        if self.process is not None:
            log.warning("%s ended (%s); starting it again", self.name, self.process.returncode)
            self.process = None
            self.not_before = now + self.pause
            self.pause = min(self.pause * 2, PATIENCE[1])
        if now >= self.not_before:
            self.start()

    def end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)


def keep(children: list[Child], stop: threading.Event) -> None:
    """Keep the children alive until `stop`; then end them, after ten seconds by force."""
    try:
        while not stop.wait(0.1):
            for child in children:
                child.look()
    finally:
        for child in children:
            child.end(signal.SIGTERM)
        deadline = time.monotonic() + 10
        for child in children:
            if child.process is not None:
                try:
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    child.process.kill()
                    child.process.wait()


def serve(host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtyard.project.settings")
    keep(
        [
            Child("web", ["courtyard.ops.serving.web", host, str(port)]),
            Child("worker", ["courtyard.project.command", "worker"]),
        ],
        stop,
    )
