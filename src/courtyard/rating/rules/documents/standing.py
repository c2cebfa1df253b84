"""Clauses on lists, titles, due process, the card, the open questions a scheme answers, and what a village may change."""

from __future__ import annotations

from dataclasses import dataclass

from courtyard.rating.rules.documents.declare import choice, flag, ident, many, milli, named, own, tables, text, whole
from courtyard.rating.rules.documents.grading import Condition

LISTINGS = ("red", "black")
REACHES = ("private", "hamlets", "findings", "names")
LIST_KINDS = ("band", "score_least", "first", "last", "points")
TITLE_KINDS = ("streak", "band", "score_least", "first", "points")
LATES = ("review", "next_round", "dropped")
CHANGES = ("old", "new")
RESTORES = ("nothing", "entry", "points", "both")
MERGES = ("sum", "larger")


@dataclass(frozen=True, kw_only=True)
class ListRule(Condition):
    """Who becomes a candidate for a list, and how far the list reaches (red: names by consent)."""

    code: str = named()
    listing: str = choice("哪个榜", "red or black", LISTINGS)
    name: str = text("叫什么", "its name", 20)
    kind: str = choice("怎么上", "as in `awards`", LIST_KINDS, "band", later=True, engine=2)
    raters_least: int = whole("至少几个人评", "how many marks every area must have", 1, 15)
    needs_finding: bool = flag("要写明看到什么", "every area in that grade must have a finding", False)
    kin_excluded: bool = flag("亲戚评了不算", "not where kin took part; left out: true for a black list", None)
    reach: str = choice("公布到哪里", "private slip, hamlets only, findings without names, names", REACHES)
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Title(Condition):
    """A title (plaque, model household): when it is given, re-checked and lost."""

    code: str = named()
    kind: str = choice("怎么得", "as in `awards`", TITLE_KINDS, "streak", later=True, engine=2)
    name: str = text("叫什么", "its name", 20)
    recheck_months: int = whole(
        "几个月复查一次", "how often it is re-checked; 0: never", 0, 24, 0, later=True, engine=2
    )
    lost_below_milli: int | None = milli(
        "低于几分摘牌", "a re-check or round below this score loses it", 0, 10_000, None, later=True, engine=2
    )
    lost_band: str | None = ident(
        "评为哪一等摘牌", "`lost_rounds` rounds running in this grade or below lose it", None, later=True, engine=2
    )
    lost_rounds: int = whole("连续几轮", "how many rounds running", 1, 36, 1, later=True, engine=2)
    while_met: bool = flag(
        "不再符合就收回",
        "it is lost at the close of every rated period in which its condition no longer holds (a plate that follows the "
        "grade); an unrated period leaves it",
        False,
        later=True,
        engine=2,
    )
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Process:
    """Days of each step of the black list's due process; working days are said."""

    notice_working_days: int = whole("告知后等几个工作日", "working days from notice to publication", 3, 30)
    objection_working_days: int = whole("几个工作日内答复", "working days to decide an objection", 1, 7)
    town_second_look_working_days: int = whole("镇里几个工作日内再看", "working days of the town's second look", 1, 10)
    expiry_days: int = whole("最长公示几天", "days after which an entry lapses", 1, 90)
    mend_days: int = whole("几天内改", "days to mend", 1, 30)
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Card:
    """The card's name and the disclaimer printed beside it."""

    name: str = text("卡名", "the card's name", 20)
    disclaimer: str = text("卡上的说明", "what stands beside it", 60)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What every scheme leaves open and its authors are asked; what is not answered here is asked on the author's page."""

    late: str | None = choice(
        "关账以后才报来的怎么办", "a record that arrives after its period was closed: a second person looks; it counts in the next "
        "period; it does not count", LATES, None,
    )  # fmt: skip
    rule_change: str | None = choice(
        "一期没完办法改了怎么办",
        "an open period under a new version: the old rules to its end, or the new",
        CHANGES,
        None,
    )
    mended: str | None = choice(
        "改好了恢复什么",
        "what mending gives back: nothing, the entry (off the list), the points, or both",
        RESTORES,
        None,
    )
    disputed: str | None = choice(
        "提了异议时算不算", "a disputed record meanwhile: counts and is marked, or waits", ("counts", "waits"), None
    )


@dataclass(frozen=True, kw_only=True)
class Merge:
    """What becomes of points and streaks where two homes become one."""

    points: str = choice("积分", "the sum, or the larger", MERGES, "sum")
    streak: str = choice("连续", "the longer one goes on, or it ends", ("longer", "ends"), "longer")


@dataclass(frozen=True, kw_only=True)
class Room:
    """A number a village may set within limits."""

    clause: str = text("哪一条", "the clause, as faults name it: awards[good].points", 80)
    least_milli: int = milli("最少", "the least", -1_000_000, 1_000_000)
    most_milli: int = milli("最多", "the most", -1_000_000, 1_000_000)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a town lets its villages decide in schemes of their own; everything else is the town's word for word."""

    may: tuple[Room, ...] = tables(Room, "村里可以改的数", "numbers a village may set within limits", 0, 60, ())
    own_deeds_most: int = whole("村里可以自加几条", "how many deeds of its own a village may add", 0, 100, 0)
    own_points_most_milli: int = milli("自加的每条最多几分", "the most points each of them may have", 0, 1_000_000, 0)
    free: tuple[str, ...] = many(
        "codes",
        "村里可以自定的部分",
        "whole parts a village may write itself: coverage, deeds, rewards, process …",
        0,
        20,
        (),
    )
