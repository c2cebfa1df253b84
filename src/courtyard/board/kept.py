"""Kept bodies in this process: nothing is ever invalidated, the key changes instead (D17)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable


class Kept:
    """The most recently used `most` bodies by key."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._bodies: OrderedDict[Hashable, str] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """The body of this key, made where it is not kept."""
        with self._lock:
            if key in self._bodies:
                self._bodies.move_to_end(key)
                return self._bodies[key]
        body = make()
        with self._lock:
            self._bodies[key] = body
            while len(self._bodies) > self.most:
                self._bodies.popitem(last=False)
        return body
