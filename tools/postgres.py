"""A private PostgreSQL for one command: `python tools/postgres.py COMMAND …` runs it with DATABASE_URL set.

The cluster lives in a temporary folder, listens on a free loopback port with a password of its own, keeps fsync on,
runs as an unprivileged user where we are root, and is gone when the command ends, also after Ctrl-C. A cluster that
the machine runs already is left alone.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
import needs

SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "listen_addresses": "127.0.0.1",
}
PR_SET_PDEATHSIG = 1


def unprivileged() -> pwd.struct_passwd | None:
    """The user the server runs as where we are root (PostgreSQL refuses root); None: ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise needs.Missing("PostgreSQL does not run as root, and there is neither a user postgres nor nobody.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def die_with_parent() -> None:
    """Let the kernel stop the server should this process be killed (Linux; elsewhere the folder stays behind)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


class Cluster:
    """A running private server: `with Cluster() as cluster: cluster.url`."""

    def __init__(self) -> None:
        programs = needs.postgresql()
        if programs is None:
            raise needs.Missing(f"There is no PostgreSQL server {needs.POSTGRESQL_AT_LEAST} or newer here.")
        self.programs = programs
        self.user = unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="courtyard-pg-"))
        self.password = secrets.token_hex(16)
        self.port = 0
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://courtyard:{self.password}@127.0.0.1:{self.port}/courtyard"

    def _as_user(self) -> dict[str, Any]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        environment["LC_ALL"] = "C.UTF-8"
        found: dict[str, Any] = {"cwd": self.folder, "env": environment, "stdin": subprocess.DEVNULL}
        if self.user is not None:
            found |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        return found

    def _initialise(self) -> None:
        password_file = self.folder / "password"
        password_file.write_text(self.password, encoding="ascii")
        if self.user is not None:
            for path in (self.folder, password_file):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        command: list[str | Path] = [
            self.programs / "initdb", "--pgdata", self.folder / "data", "--username", "courtyard", "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--auth", "scram-sha-256", "--pwfile", password_file, "--no-sync",
        ]  # fmt: skip
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **self._as_user())

    def _start(self) -> None:
        """Start on a free port; another process may take it first, then the next one is tried."""
        for _ in range(5):
            self.port = free_port()
            settings = [part for key, value in SETTINGS.items() for part in ("-c", f"{key}={value}")]
            settings += ["-c", f"unix_socket_directories={self.folder}", "-c", f"port={self.port}"]
            log = (self.folder / "log").open("ab")
            self.server = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", *settings],
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
                start_new_session=True,
                **self._as_user(),
            )
            log.close()
            if self._answers():
                return
        raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text(errors='replace')}")

    def _answers(self) -> bool:
        assert self.server is not None
        command: list[str | Path] = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.server.poll() is None:
            if subprocess.run(command).returncode == 0:
                return True
            time.sleep(0.1)
        self._stop_server()
        return False

    def _stop_server(self) -> None:
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.server.send_signal(signal.SIGQUIT)
                self.server.wait(20)

    def __enter__(self) -> Cluster:
        try:
            self._initialise()
            self._start()
            subprocess.run(
                [
                    self.programs / "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "courtyard",
                    "--maintenance-db", "postgres", "courtyard",
                ],
                check=True,
                env={**os.environ, "PGPASSWORD": self.password},
            )  # fmt: skip
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop the server and remove every trace of it."""
        self._stop_server()
        shutil.rmtree(self.folder, ignore_errors=True)


def stop_on_term() -> None:
    """SIGTERM and SIGHUP end a run the way Ctrl-C does, so that what it started is stopped."""

    def handler(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, handler)
    signal.signal(signal.SIGHUP, handler)


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit("postgres: say which command to run")
    stop_on_term()
    with Cluster() as cluster:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": cluster.url}).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
