"""导出: the tables of the office as Excel, with what the screen shows and nothing more."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from courtyard.inspections.queries import rounds as round_queries
from courtyard.kernel.days import day_of
from courtyard.kernel.weeks import name_of
from courtyard.office.answers import xlsx
from courtyard.office.exports import table
from courtyard.office.homes import found, register
from courtyard.office.scope import places_for
from courtyard.people.asked import Asked
from courtyard.people.needs import needs
from courtyard.people.rules import areas
from courtyard.points.queries.village import budgets


@needs("households.see")
def households_table(request: Asked) -> HttpResponse:
    """The homes that the search shows; names in clear leave an access line each, phones stay masked."""
    homes = found(request, request.GET.get("q", "").strip(), request.GET.get("place", ""))
    heads = [
        (_("户主"), 12),
        (_("村"), 12),
        (_("组"), 8),
        (_("湾"), 12),
        (_("户编号"), 12),
        (_("短号"), 10),
        (_("人口"), 6),
    ]
    heads += [(_("电话"), 14), (_("住没住人"), 10), (_("参加"), 10)]
    title = _("农户名册")
    content = table(
        title, heads, register(request, homes, why="export"), maker=request.actor.name, day=day_of(request.at)
    )
    return xlsx(content, f"{title}.xlsx")


@needs("rounds.see")
def rounds_table(request: Asked) -> HttpResponse:
    """How far each round is, in order of places."""
    rows = (
        (
            row.round.village.name,
            name_of(row.round.month),
            row.round.get_kind_display(),
            row.round.get_state_display(),
        )
        + (row.marked, row.homes, row.reviews)
        for row in round_queries.overview(areas(request.actor, "rounds.see"))
    )
    heads = [
        (_("村"), 14),
        (_("月份"), 10),
        (_("种类"), 12),
        (_("情况"), 10),
        (_("有评分的户"), 12),
        (_("要看的户"), 12),
    ]
    title = _("评比轮次")
    content = table(title, [*heads, (_("待核对"), 8)], rows, maker=request.actor.name, day=day_of(request.at))
    return xlsx(content, f"{title}.xlsx")


@needs("points.see")
def points_table(request: Asked) -> HttpResponse:
    """Each village's budget, in order of places."""
    villages = list(places_for(request, "points.see", "village"))
    standing = budgets([village.pk for village in villages])
    rows = (
        (village.name, sums.funded, sums.issued, sums.left, sums.waiting)
        for village in villages
        for sums in [standing[village.pk]]
    )
    heads = [(_("村"), 14), (_("预算"), 12), (_("已发"), 12), (_("还可以发"), 12), (_("待发"), 12)]
    title = _("积分预算")
    return xlsx(table(title, heads, rows, maker=request.actor.name, day=day_of(request.at)), f"{title}.xlsx")
