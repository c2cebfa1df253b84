"""What needs a person today, by duty: each task says how many and where, and opens the page where it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from courtyard.honours.queries.grade_objections import GradeCase, waiting_answers
from courtyard.honours.queries.looks import mine_to_see
from courtyard.honours.queries.work import Task as ListTask
from courtyard.honours.queries.work import desk as lists_desk
from courtyard.households.queries import kin_lines, villages_on_the_desk
from courtyard.inspections.models import Round
from courtyard.inspections.queries import rounds
from courtyard.inspections.queries.revisits import concerns, own_spots
from courtyard.inspections.rules.calendar import paused
from courtyard.inspections.rules.questions import ConcernState
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.weeks import first_day, is_week, month_of, week_of
from courtyard.office.tasks_groups import groups_due
from courtyard.office.tasks_help import help_and_deeds
from courtyard.office.where import first_places
from courtyard.people import said_days
from courtyard.people.rules import areas
from courtyard.points.queries import with_waiting
from courtyard.rating.queries import document_adopted, in_force_of, with_scheme


@dataclass(frozen=True)
class Task:
    """One line of 今天: what, where, and the page that does it."""

    words: str
    where: str
    link: str


def tasks(request: Any) -> list[Task]:
    """Everything that needs this person today, in the order of a desk (eight queries, whatever the homes and villages)."""
    actor, today = request.actor, day_of(request.at)
    keeps = areas(actor, "households.keep")
    villages = _villages(actor, keeps, today) if keeps else []
    standing = {village.pk for village in villages if village.scheme_version}
    waiting = rounds.decisions_waiting(areas(actor, "marks.review"), areas(actor, "households.confirm"), actor.id)
    return [
        *_lists(actor, today),
        *_grade_objections(actor, today),
        *(Task(*one) for one in help_and_deeds(actor, today)),
        *(_register(villages) if keeps else ()),
        *_seconds(waiting),
        *_schemes(villages, standing),
        *(Task(*one) for one in groups_due(villages, standing, today)),
        *_reviews(waiting),
        *_rounds(actor, villages, standing, today),
        *_own_kin(actor),
        *_own_sheets(actor),
        *_revisits(actor, today),
        *_points(actor, villages),
        *_till(actor),
    ]


def _villages(actor: Actor, keeps: Sequence[str], today: date) -> list[Any]:
    """The villages this person keeps, with everything 今天 asks of each (one query)."""
    rows = with_scheme(villages_on_the_desk(keeps), today)
    return list(with_waiting(rows) if areas(actor, "points.budget") else rows)


def _lists(actor: Actor, today: date) -> Iterator[Task]:
    mine = areas(actor, "lists.notify")
    if not mine:
        return
    items, red, paste = lists_desk(mine, today)
    by_task: dict[ListTask, list[str]] = {}
    for item in items:
        if item.task not in (ListTask.WAIT, ListTask.STANDS, ListTask.HELP):
            row = item.case.listing
            by_task.setdefault(item.task, []).append(f"{row.village.name}{row.group.name}")
    for task, where in paste:
        by_task.setdefault(task, []).append(where)
    link = reverse("office:lists")
    for task in [task for task in ListTask if task in by_task]:
        words = _("黑榜:%(what)s(%(n)s 户)") % {"what": _(task.label), "n": len(by_task[task])}
        yield Task(words, first_places(list(dict.fromkeys(by_task[task]))), link)
    for waiting in red:
        words = _("红榜等第二个人确认(%(n)s 户)") % {"n": waiting.homes}
        yield Task(words, waiting.round.village.name, reverse("office:list_red", args=[waiting.round.pk]))


def _grade_objections(actor: Actor, today: date) -> Iterator[Task]:
    """Objections where no entry is open; what the village left lying is the town's."""
    mine = areas(actor, "marks.review")
    found = waiting_answers(mine, today) if mine else []
    if found:
        late = sum(one.late for one in found)
        words = _("%(n)s 份对评比的意见等答复") % {"n": len(found)}
        where = _("%(n)s 份村里过了日子,由镇里答复") % {"n": late} if late else _some_villages(found)
        yield Task(words, where, reverse("office:list_objections"))


def _some_villages(found: Sequence[GradeCase]) -> str:
    return first_places(list(dict.fromkeys(one.row.village.name for one in found)))


def _register(villages: Sequence[Any]) -> Iterator[Task]:
    if not any(village.homes for village in villages):
        yield Task(_("导入名册"), _("还没有一户人家"), reverse("office:roster"))
        return
    if empty := [village.name for village in villages if not village.homes]:
        yield Task(_("%(n)s 个村还没有名册") % {"n": len(empty)}, first_places(empty), reverse("office:roster"))
    if asked := sum(village.questions for village in villages):
        where = first_places([village.name for village in villages if village.questions])
        yield Task(_("名册有 %(n)s 条疑问") % {"n": asked}, where, reverse("office:questions"))
    if proposed := sum(village.proposed for village in villages):
        where = first_places([village.name for village in villages if village.proposed])
        yield Task(_("照顾名单有 %(n)s 户待确认") % {"n": proposed}, where, reverse("office:care"))
    if without := [village.name for village in villages if village.cards < village.homes]:
        yield Task(_("%(n)s 个村还有户没有卡") % {"n": len(without)}, first_places(without), reverse("office:cards"))
    if drawer := [village for village in villages if village.handed_over < village.cards]:
        done, of = sum(village.handed_over for village in drawer), sum(village.homes for village in drawer)
        words = _("发卡:已发 %(done)s / %(of)s") % {"done": done, "of": of}
        yield Task(words, first_places([village.name for village in drawer]), reverse("office:cards"))


def _seconds(found: Mapping[str, int]) -> Iterator[Task]:
    """What somebody else made and this person could look at as the second (DOMAIN §4.13)."""
    waiting, resets = found["countersign"], found["reset"]
    link = reverse("office:household_seconds")
    if resets:
        yield Task(_("%(n)s 户等第二人重设密码") % {"n": resets}, _("先跟农户本人对一下"), link)
    if waiting:
        yield Task(_("第二人核对:%(n)s 次导入或手工加户") % {"n": waiting}, _("核对以前,新户的积分先不能用"), link)


def _reviews(found: Mapping[str, int]) -> Iterator[Task]:
    if n := found["review"]:
        yield Task(_("%(n)s 条评分要核对") % {"n": n}, _("核对以前都不算"), reverse("office:reviews"))


def _schemes(villages: Sequence[Any], standing: AbstractSet[UUID]) -> Iterator[Task]:
    if without := [village.name for village in villages if village.homes and village.pk not in standing]:
        words = _("%(n)s 个村还没有通过积分办法") % {"n": len(without)}
        yield Task(words, first_places(without), reverse("office:schemes"))


def _rounds(actor: Actor, villages: Sequence[Any], standing: AbstractSet[UUID], today: date) -> Iterator[Task]:
    if not villages:
        return
    rows = rounds.desk(areas(actor, "rounds.open"), today)
    opened = {(row.round.village_id, row.round.month) for row in rows}
    due = _due([v for v in villages if v.homes and v.pk in standing], today)
    late = [(village.name, month) for village, month in due if (village.pk, month) not in opened]
    if late:
        words = (
            _("%(n)s 个村还没有开这一轮的评比")
            if any(is_week(m) for _name, m in late)
            else _("%(n)s 个村还没有开这个月的评比")
        )
        yield Task(words % {"n": len(late)}, first_places([name for name, _ in late]), reverse("office:round_next"))
    for row in rows:
        if row.round.state == RoundState.OPEN.value:
            yield _open_round(row.round, row.marked, row.homes)


def _due(villages: Sequence[Any], today: date) -> list[tuple[Any, date]]:
    """The villages that rate this month, or by the week this week, with it; a pause leaves them out. A week that began
    last month is due where the village rated by the week then already (one query on such days)."""
    documents = {village: document_adopted(village.scheme_version) for village in villages}
    weekly = [village for village in villages if documents[village].scope.period == "week"]
    week = week_of(today)
    if weekly and first_day(week).month != today.month:
        then = in_force_of(weekly, first_day(week))
        weekly = [v for v in weekly if v.pk in then and then[v.pk].document.scope.period == "week"]
        villages = [v for v in villages if v in weekly or documents[v].scope.period != "week"]
    found = [(village, week if village in weekly else month_of(today)) for village in villages]
    return [(village, month) for village, month in found if not paused(documents[village], month)]


def _open_round(opened: Round, marked: int, homes: int) -> Task:
    where = _("%(village)s %(month)s") % {"village": opened.village.name, "month": said_days.period(opened.month)}
    if marked < homes:
        words = _("照纸录评分:还有 %(n)s 户") % {"n": homes - marked}
        return Task(words, where, reverse("office:round", args=[opened.pk]))
    return Task(_("录齐了,可以关账"), where, reverse("office:close", args=[opened.pk]))


def _own_kin(actor: Actor) -> Iterator[Task]:
    """Before the first sheet: an evaluator says which homes are the own and kin's."""
    if areas(actor, "marks.own") and not kin_lines(actor.id).exists():
        yield Task(_("登记自己家和亲戚家,由别人来评"), _("评比时回避"), reverse("office:round_kin"))


def _own_sheets(actor: Actor) -> Iterator[Task]:
    mine = areas(actor, "marks.own")
    for group, opened, left in rounds.own_sheets(mine, actor.id) if mine else ():
        words = _("%(group)s还有 %(n)s 户要评") % {"group": group.name, "n": left}
        where = _("%(village)s %(month)s") % {"village": opened.village.name, "month": said_days.period(opened.month)}
        yield Task(words, where, reverse("office:marks_home", args=[opened.pk, group.pk, actor.id]))


def _revisits(actor: Actor, today: date) -> Iterator[Task]:
    """Homes an evaluator may go and see; concerns for the supervisor of the town or county, never the village's."""
    if looks := areas(actor, "lists.look"):
        mine = [one.case.listing.group.name for one in mine_to_see(looks, actor.id, today)]
        mine += [visit.group.name for visit in own_spots(areas(actor, "marks.own"), actor.id)]
        if mine:
            words = _("%(n)s 户等您去看") % {"n": len(mine)}
            yield Task(words, first_places(list(dict.fromkeys(mine))), reverse("office:revisits"))
    answers = areas(actor, "concerns.answer")
    if answers and (found := concerns(answers, state=ConcernState.OPEN).count()):
        words = _("回访三问:%(n)s 件答「不是」的等您答复") % {"n": found}
        yield Task(words, _("村里看不到"), reverse("office:concerns"))


def _points(actor: Actor, villages: Sequence[Any]) -> Iterator[Task]:
    if not areas(actor, "points.budget"):
        return
    for village in villages:
        if village.waiting:
            words = _("%(n)s 分积分待发") % {"n": village.waiting}
            yield Task(words, village.name, reverse("office:village_points", args=[village.pk]))


def _till(actor: Actor) -> Iterator[Task]:
    if areas(actor, "shop.sell"):
        yield Task(_("开收银台"), _("扫卡或输短号"), reverse("office:till"))
