"""What help and deeds ask of a person today: (words, where, the page that does it)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from courtyard.honours.queries.help import open_counts
from courtyard.inspections.queries.deeds import waiting_counts
from courtyard.kernel.actors import Actor
from courtyard.people.rules import areas

NAMED = 3


def _named(names: Sequence[str]) -> str:
    shown = "、".join(names[:NAMED])
    return shown if len(names) <= NAMED else _("%(shown)s 等 %(n)s 处") % {"shown": shown, "n": len(names)}


def help_owed(actor: Actor, today: date) -> Iterator[tuple[str, str, str]]:
    """Homes that wait for help; what is late is said as the village's delay (one query)."""
    mine = areas(actor, "lists.notify")
    found = open_counts(mine, today) if mine else {}
    if not found:
        return
    homes, late = sum(n for n, _late in found.values()), sum(late for _n, late in found.values())
    words = _("%(n)s 户等人帮") % {"n": homes}
    if late:
        words = _("%(n)s 户等人帮,其中村里晚了的 %(late)s 户") % {"n": homes, "late": late}
    yield words, _named(list(found)), reverse("office:help")


def deeds_waiting(actor: Actor) -> Iterator[tuple[str, str, str]]:
    """Deeds that wait for somebody of another level (one query)."""
    mine = areas(actor, "points.adjust")
    found = waiting_counts(mine) if mine else {}
    if found:
        yield _("%(n)s 件事项等确认") % {"n": sum(found.values())}, _named(list(found)), reverse("office:deeds")
