"""The web process: granian over WSGI, one process with threads (DESIGN §3.5). Its worker ends when it ends."""

from __future__ import annotations

import multiprocessing
import os
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from courtyard.ops.serving.tie import PARENT, tie_to_parent

# Two a core and one: more only wait for one another.
THREADS = min(16, 2 * multiprocessing.cpu_count() + 1)


def application():  # type: ignore[no-untyped-def]
    """The WSGI application, made in granian's own child."""
    from django.core.wsgi import get_wsgi_application

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtyard.project.settings")
    made = get_wsgi_application()
    tie_to_parent()
    return made


def main() -> None:
    """`python -m courtyard.ops.serving.web HOST PORT`, started and kept alive by `courtyard serve`."""
    tie_to_parent()
    os.environ[PARENT] = str(os.getpid())
    host, port = sys.argv[1], int(sys.argv[2])
    Granian(
        "courtyard.ops.serving.web:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=1024,
        backpressure=THREADS * 16,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
