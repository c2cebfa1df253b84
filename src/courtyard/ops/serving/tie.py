"""A child's life is tied to its parent's: it ends within half a second of the parent's end, however that came."""

from __future__ import annotations

import os
import threading
import time

# Who started this process, said by the starter: it may be gone before the child looks.
PARENT = "COURTYARD_PARENT"


def tie_to_parent() -> None:
    """End this process as soon as its parent is no longer the one that started it."""
    wanted = int(os.environ.get(PARENT, "0")) or os.getppid()

    def watch() -> None:
        while os.getppid() == wanted:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, name="tie", daemon=True).start()
