"""Where something waits, in one short line: the first few places by name, and how many there are in all."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

NAMED = 3


def first_places(names: Sequence[str]) -> str:
    """The first three names; where there are more, how many in all (the caller leaves out what is named twice)."""
    shown = "、".join(names[:NAMED])
    return shown if len(names) <= NAMED else _("%(shown)s 等 %(n)s 处") % {"shown": shown, "n": len(names)}
