"""The real server, `courtyard serve`, over a database of the test's own, on a free loopback port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.ground.databases import COURTYARD, OwnDatabase

START_SECONDS = 60


@dataclass
class Served:
    """A served process: `url` without a last slash; `stop()` and `start()` again as a power cut would."""

    url: str
    port: int
    database: OwnDatabase
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.database.var / "serve.log"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*COURTYARD, "serve", "--port", str(self.port)],
                env={**self.database.env, "PUBLIC_URL": self.url},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            if self._answers():
                return
            time.sleep(0.1)
        self.stop()
        raise AssertionError(f"courtyard serve did not answer:\n{self.log.read_text(errors='replace')[-4000:]}")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + "/", timeout=5):
                return True
        except urllib.error.HTTPError as error:
            return error.code < 500
        except OSError:
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server and whatever it started; SIGKILL after ten seconds."""
        if self.process is None:
            return
        for number in (how, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                break
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                continue
        self.process.wait(10)
        self.process = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(database: OwnDatabase) -> Iterator[Served]:
    port = free_port()
    server = Served(f"http://127.0.0.1:{port}", port, database)
    server.start()
    try:
        yield server
    finally:
        server.stop()
