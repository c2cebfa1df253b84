"""What needs a person today around evaluation groups: one to make, a term that is over, yards to grade together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from courtyard.inspections.queries.calibration import groups_today
from courtyard.inspections.rules.calibration import YARDS
from courtyard.office.where import first_places

SOON = 30


def groups_due(villages: Sequence[Any], standing: AbstractSet[UUID], today: date) -> Iterator[tuple[str, str, str]]:
    """(words, where, link) for the villages on this desk that have homes and a scheme (one query)."""
    here = {village.pk: village for village in villages if village.homes and village.pk in standing}
    if not here:
        return
    found = groups_today(here, today)
    link = reverse("office:groups")
    if without := [village.name for pk, village in here.items() if pk not in found]:
        yield _("%(n)s 个村还没有登记评比小组") % {"n": len(without)}, first_places(without), link
    if over := [here[pk].name for pk, row in found.items() if row.group.last < today]:
        yield _("%(n)s 个村的评比小组任期满了") % {"n": len(over)}, first_places(over), link
    soon = [here[pk].name for pk, row in found.items() if 0 <= (row.group.last - today).days < SOON]
    if soon:
        yield _("%(n)s 个村的评比小组快到期了") % {"n": len(soon)}, first_places(soon), link
    for pk, row in found.items():
        if row.group.last >= today and row.to_grade:
            words = _("第一次评比前先一起评 %(n)s 户") % {"n": min(YARDS, here[pk].homes)}
            yield words, here[pk].name, reverse("office:group", args=[row.group.pk])
