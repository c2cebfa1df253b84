"""What happens when: events of a town's life, carried out in the order of their instants, up to a day."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from datetime import date, datetime

from courtyard.kernel.days import instant

Event = Callable[[datetime], None]


class Agenda:
    """Events in order of time. `now` is the instant of the one that is carried out: the demonstration's only clock."""

    def __init__(self, now: datetime, until: datetime) -> None:
        self.now, self.until = now, until
        self._events: list[tuple[datetime, int, Event]] = []
        self._turn = itertools.count()
        self.done = 0

    def clock(self) -> datetime:
        """The instant of the event that is being carried out."""
        return self.now

    def on(self, day: date, hour: int, minute: int, event: Event) -> None:
        """Put an event in; one that would lie in the future of the demonstration never happens."""
        at = instant(day, hour, minute)
        if at < self.until:
            heapq.heappush(self._events, (max(at, self.now), next(self._turn), event))

    def run(self, step: Callable[[str, int, int | None], None]) -> None:
        """Carry out every event, those that events put in as well."""
        while self._events:
            self.now, _, event = heapq.heappop(self._events)
            event(self.now)
            self.done += 1
            step(f"正在重演 {self.now:%Y-%m-%d}", self.done, self.done + len(self._events))
