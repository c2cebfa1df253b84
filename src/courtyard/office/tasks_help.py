"""What help and deeds ask of a person today: (words, where, the page that does it)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from courtyard.honours.queries.help import desk
from courtyard.inspections.queries.deeds import changes
from courtyard.kernel.actors import Actor
from courtyard.office.where import first_places
from courtyard.people.rules import areas


def help_and_deeds(actor: Actor, today: date) -> Iterator[tuple[str, str, str]]:
    """Homes that wait for help (what is late is said as the village's delay), deeds and adjustments that wait for
    the second person."""
    helps, confirms = areas(actor, "lists.notify"), areas(actor, "points.adjust")
    villages = desk(helps, confirms, today) if helps or confirms else {}
    if owed := sum(one.owed for one in villages.values()):
        late = sum(one.late for one in villages.values())
        words = _("%(n)s 户等人帮") % {"n": owed}
        if late:
            words = _("%(n)s 户等人帮,其中村里晚了的 %(late)s 户") % {"n": owed, "late": late}
        yield words, first_places([name for name, one in villages.items() if one.owed]), reverse("office:help")
    if deeds := sum(one.deeds for one in villages.values()):
        where = first_places([name for name, one in villages.items() if one.deeds])
        yield _("%(n)s 件事项等确认") % {"n": deeds}, where, reverse("office:deeds")
    said = list(changes(confirms).values_list("deed__village__name", flat=True)) if confirms else []
    if said:
        where = first_places(sorted(set(said)))
        yield _("%(n)s 条对事项说的话等答复") % {"n": len(said)}, where, reverse("office:deeds")
    if adjusted := sum(one.adjustments for one in villages.values()):
        where = first_places([name for name, one in villages.items() if one.adjustments])
        yield _("%(n)s 笔积分调整等另一级核对") % {"n": adjusted}, where, reverse("office:points_adjustments")
