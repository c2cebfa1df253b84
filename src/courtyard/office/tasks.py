"""What needs a person today, by duty: each task says how many and where, and opens the page where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courtyard.honours.queries.work import Task as ListTask
from courtyard.honours.queries.work import red_waiting, work_list
from courtyard.households import queries as households
from courtyard.households.rules.states import CareState
from courtyard.inspections.models import Round
from courtyard.inspections.queries import rounds
from courtyard.inspections.queries.sheets import open_reviews
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.people.rules import areas
from courtyard.places.models import Place
from courtyard.places.queries import places
from courtyard.points.queries.village import budgets
from courtyard.rating.queries import in_force_of

NAMED = 3


@dataclass(frozen=True)
class Task:
    """One line of 今天: what, where, and the page that does it."""

    words: str
    where: str
    link: str


def tasks(request: Any) -> list[Task]:
    """Everything that needs this person today, in the order of a desk; a score of queries at most, however many homes."""
    actor, today = request.actor, day_of(request.at)
    villages = list(places(areas(actor, "households.keep"), "village").order_by("path"))
    return [
        *_lists(actor, today),
        *_register(actor, villages),
        *_schemes(actor, villages, today),
        *_rounds(actor, villages, today),
        *_own_sheets(actor),
        *_points(actor, villages),
        *_till(actor),
    ]


def _some(names: list[str]) -> str:
    """The first few names, and how many more."""
    rest = len(names) - NAMED
    shown = "、".join(names[:NAMED])
    return shown if rest <= 0 else _("%(shown)s 等 %(n)s 处") % {"shown": shown, "n": len(names)}


def _lists(actor: Actor, today: date) -> Iterator[Task]:
    mine = areas(actor, "lists.notify")
    if not mine:
        return
    by_task: dict[ListTask, list[str]] = {}
    for item in work_list(mine, today):
        if item.task not in (ListTask.WAIT, ListTask.STANDS):
            by_task.setdefault(item.task, []).append(f"{item.case.listing.village.name}{item.case.listing.group.name}")
    link = reverse("office:lists")
    for task, where in by_task.items():
        words = _("黑榜:%(what)s(%(n)s 户)") % {"what": task.label, "n": len(where)}
        yield Task(words, _some(list(dict.fromkeys(where))), link)
    for waiting in red_waiting(mine, today):
        words = _("红榜等第二个人确认(%(n)s 户)") % {"n": waiting.homes}
        yield Task(words, waiting.round.village.name, link)


def _register(actor: Actor, villages: list[Place]) -> Iterator[Task]:
    mine = areas(actor, "households.keep")
    if not mine:
        return
    counts = households.card_counts(mine)
    if not villages or not any(village.pk in counts for village in villages):
        yield Task(_("导入名册"), _("还没有一户人家"), reverse("office:roster"))
        return
    empty = [village.name for village in villages if village.pk not in counts]
    if empty:
        yield Task(_("%(n)s 个村还没有名册") % {"n": len(empty)}, _some(empty), reverse("office:roster"))
    asked = households.open_questions(mine).count()
    if asked:
        yield Task(_("名册有 %(n)s 条疑问") % {"n": asked}, _("没有答复以前什么都不动"), reverse("office:questions"))
    proposed = households.care_lines(mine, CareState.PROPOSED).count()
    if proposed:
        yield Task(_("照顾名单有 %(n)s 户待确认") % {"n": proposed}, _("确认以前先按照顾的办"), reverse("office:care"))
    without = [v.name for v in villages if v.pk in counts and counts[v.pk].cards < counts[v.pk].homes]
    if without:
        yield Task(_("%(n)s 个村还有户没有卡") % {"n": len(without)}, _some(without), reverse("office:cards"))


def _schemes(actor: Actor, villages: list[Place], today: date) -> Iterator[Task]:
    if not areas(actor, "schemes.propose") or not villages:
        return
    standing = in_force_of(villages, today)
    without = [village.name for village in villages if village.pk not in standing]
    if without:
        words = _("%(n)s 个村还没有通过积分办法") % {"n": len(without)}
        yield Task(words, _some(without), reverse("office:schemes"))


def _rounds(actor: Actor, villages: list[Place], today: date) -> Iterator[Task]:
    mine, first = areas(actor, "rounds.open"), today.replace(day=1)
    reviewed = areas(actor, "marks.review")
    if reviewed and (found := len(open_reviews(reviewed))):
        yield Task(_("%(n)s 条评分要核对") % {"n": found}, _("核对以前都不算"), reverse("office:reviews"))
    if not mine:
        return
    rows = rounds.overview(mine)
    opened = {row.round.village_id for row in rows if row.round.month == first}
    standing = in_force_of(villages, today)
    late = [village.name for village in villages if village.pk not in opened and village.pk in standing]
    if late:
        yield Task(_("%(n)s 个村还没有开这个月的评比") % {"n": len(late)}, _some(late), reverse("office:round_open"))
    for row in rows:
        if row.round.state == RoundState.OPEN.value:
            yield _open_round(row.round, row.marked, row.homes)


def _open_round(opened: Round, marked: int, homes: int) -> Task:
    where = _("%(village)s %(month)s") % {"village": opened.village.name, "month": f"{opened.month:%Y-%m}"}
    link = reverse("office:round", args=[opened.pk])
    if marked < homes:
        return Task(_("照纸录评分:还有 %(n)s 户") % {"n": homes - marked}, where, link)
    return Task(_("录齐了,可以关账"), where, reverse("office:close", args=[opened.pk]))


def _own_sheets(actor: Actor) -> Iterator[Task]:
    mine = areas(actor, "marks.own")
    if not mine:
        return
    for group, opened, left in rounds.own_sheets(mine, actor.id):
        words = _("%(group)s还有 %(n)s 户要评") % {"group": group.name, "n": left}
        where = _("%(village)s %(month)s") % {"village": opened.village.name, "month": f"{opened.month:%Y-%m}"}
        yield Task(words, where, reverse("office:marks", args=[opened.pk, group.pk, actor.id]))


def _points(actor: Actor, villages: list[Place]) -> Iterator[Task]:
    if not areas(actor, "points.budget"):
        return
    standing = budgets([village.pk for village in villages])
    for village in villages:
        if standing[village.pk].waiting:
            words = _("%(n)s 分积分待发") % {"n": standing[village.pk].waiting}
            yield Task(words, village.name, reverse("office:village_points", args=[village.pk]))


def _till(actor: Actor) -> Iterator[Task]:
    if areas(actor, "shop.sell"):
        yield Task(_("开柜台"), _("扫卡或输短号"), reverse("office:till"))
