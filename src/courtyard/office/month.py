"""A village's month in one list: what to print, whom to visit, what to enter, what to publish, what to hand out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courtyard.honours.queries.grade_objections import waiting_answers
from courtyard.honours.queries.help import desk as help_desk
from courtyard.honours.queries.slips import how_far as slips_in
from courtyard.honours.queries.work import RedWaiting
from courtyard.honours.queries.work import Task as ListTask
from courtyard.honours.queries.work import desk as lists_desk
from courtyard.inspections.queries import rounds
from courtyard.inspections.queries.calendar import paused_in
from courtyard.inspections.queries.rounds import RoundRow
from courtyard.inspections.rules.states import RoundState
from courtyard.rating.queries import document_of


@dataclass(frozen=True)
class Line:
    """One thing of the month: its words, how many are still to do (0: done), and the page that does it.

    `said` is how far it is in its own words, in place of how many are left; `stands`: nothing says when it is done.
    """

    words: str
    left: int
    link: str
    said: str = ""
    stands: bool = False

    @property
    def done(self) -> bool:
        return not self.left


@dataclass(frozen=True)
class Chapter:
    """One of the five questions of a month, with its lines."""

    name: str
    lines: tuple[Line, ...]

    @property
    def left(self) -> int:
        """How many of its lines are still to do."""
        return sum(not line.done for line in self.lines)


@dataclass(frozen=True)
class _Facts:
    """What is asked once for the whole list."""

    village: Any
    row: RoundRow | None
    untyped: int
    reviews: int
    tasks: Counter[ListTask]
    red: tuple[RedWaiting, ...]
    waiting: int
    slips: tuple[int, int, int]
    help: int
    answers: int
    paused: str


def chapters(village: Any, month: date, today: date) -> list[Chapter]:
    """The month's list of one village, as `villages_on_the_desk` and `with_waiting` give it (eight queries, whatever the
    homes); empty chapters are left out."""
    facts = _facts(village, month, today)
    found = (
        Chapter(_("要打印的"), tuple(_print(facts))),
        Chapter(_("要上门的"), tuple(_visit(facts))),
        Chapter(_("要录入的"), tuple(_enter(facts))),
        Chapter(_("要公示的"), tuple(_publish(facts))),
        Chapter(_("要发放的"), tuple(_hand_out(facts))),
    )
    return [one for one in found if one.lines]


def _facts(village: Any, month: date, today: date) -> _Facts:
    area = [village.path]
    row = next((one for one in rounds.desk(area, today) if one.round.month in rounds.of_day(today)), None)
    dropped = row is not None and row.round.state == RoundState.DROPPED.value
    row = None if dropped else row
    least = document_of(row.round.version).aggregate.raters_least if row else 0
    items, red, paste = lists_desk(area, today)
    tasks = Counter(item.task for item in items)
    tasks.update(task for task, _where in paste)
    return _Facts(
        village,
        row,
        rounds.homes_marked_by_fewer(row.round.pk, least) if row else 0,
        rounds.open_review_count(area),
        tasks,
        tuple(red),
        village.waiting,
        slips_in(row.round.pk) if row else (0, 0, 0),
        sum(one.owed for one in help_desk(area, (), today).values()),
        len(waiting_answers(area, today)),
        _("这一轮作罢了") if dropped else "" if row else paused_in(village, month, today),
    )


def _round_link(name: str, facts: _Facts) -> str:
    assert facts.row is not None
    return reverse(f"office:{name}", args=[facts.row.round.pk])


def _print(facts: _Facts) -> Iterator[Line]:
    if facts.row:
        typed = facts.row.homes - facts.untyped
        left = facts.untyped if _is_open(facts.row) else 0
        said = _("已录 %(n)s/%(all)s 户") % {"n": typed, "all": facts.row.homes}
        over = (
            not _is_open(facts.row) and facts.untyped > 0
        )  # closed with homes nobody marked: nothing is done about it
        yield Line(_("评分表,一人一份"), left, _round_link("round_sheets", facts), said, stands=over)
        missing, printed, _back = facts.slips
        if missing or printed:
            yield Line(_("条子,看到了什么的户一户一张"), missing, _round_link("slips", facts))
    if told := facts.tasks[ListTask.NOTICE]:
        yield Line(_("告知书"), told, reverse("office:lists"))


def _visit(facts: _Facts) -> Iterator[Line]:
    if facts.row:
        left = facts.row.homes - facts.row.marked if _is_open(facts.row) else 0
        yield Line(_("入户评比"), left, _round_link("round", facts))
    if facts.help:
        yield Line(_("去帮忙的户"), facts.help, reverse("office:help"))
    for task in (ListTask.LOOK, ListTask.REVISIT):
        if n := facts.tasks[task]:
            yield Line(_(task.label), n, reverse("office:lists"))


def _enter(facts: _Facts) -> Iterator[Line]:
    following = reverse("office:round_next")
    if facts.row is None:
        if facts.paused:
            said = _("这个月不评(%(pause)s),看下一轮是哪个月") % {"pause": facts.paused}
            yield Line(_("下一轮评比"), 0, following, said, stands=True)
        elif facts.village.homes:
            yield Line(_("开这个月的评比"), 1, following)
        return
    left = facts.untyped if _is_open(facts.row) else 0
    yield Line(_("照纸录评分"), left, _round_link("round", facts))
    _missing, printed, back = facts.slips
    if printed:
        yield Line(_("录回执"), printed - back, reverse("office:counterfoils"))
    if facts.reviews:
        yield Line(_("核对评分"), facts.reviews, reverse("office:reviews"))
    yield Line(_("关账"), int(_is_open(facts.row)), _round_link("close", facts))
    if not _is_open(facts.row):
        yield Line(_("下一轮评比"), 0, following, _("可以先看看"), stands=True)


def _publish(facts: _Facts) -> Iterator[Line]:
    if facts.answers:
        yield Line(_("对评比的意见,等答复"), facts.answers, reverse("office:list_objections"))
    for one in facts.red:
        yield Line(_("红榜等第二个人确认"), one.homes, reverse("office:list_red", args=[one.round.pk]))
    for task in (ListTask.NOTICE, ListTask.ANSWER, ListTask.PUBLISH, ListTask.PASTE):
        if n := facts.tasks[task]:
            yield Line(_("黑榜:%(what)s") % {"what": _(task.label)}, n, reverse("office:lists"))
    if facts.row and not _is_open(facts.row):
        board = reverse("office:list_board", args=[facts.village.pk])
        yield Line(_("公示栏海报"), 0, board, _("随时可以打印"), stands=True)


def _hand_out(facts: _Facts) -> Iterator[Line]:
    if facts.village.homes:
        yield Line(_("没有卡的户"), facts.village.homes - facts.village.cards, reverse("office:cards"))
        drawer = facts.village.cards - facts.village.handed_over
        yield Line(_("做好了、还没交到手的卡"), drawer, reverse("office:cards"))
    if facts.row and not _is_open(facts.row):
        records = reverse("office:household_records", args=[facts.village.pk])
        yield Line(_("成绩单,一户一张"), 0, records, _("随时可以打印"), stands=True)
    if facts.waiting:
        yield Line(_("待发的积分"), facts.waiting, reverse("office:village_points", args=[facts.village.pk]))


def _is_open(row: RoundRow) -> bool:
    return row.round.state == RoundState.OPEN.value
