"""The group's board (A3 or A4): how many 好/中/差, by area, the trend, what was mended; never a table of homes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.papers.red_poster import RedHome, whole_group
from courtyard.outreach.rules.frame import PICTURE, Frame, frame_facts, prose

SIZES = ("a3", "a4")
MOST_ROUNDS = 6


@dataclass(frozen=True)
class Counts:
    """How many homes were good, fair, poor; `name` is the area, the round or the group they are counted for."""

    name: str
    good: int
    fair: int
    poor: int


@dataclass(frozen=True)
class GroupBoard:
    """One group's round. `not_rated` counts homes without a grade (nobody in, an area missing); homes nobody lives in are in no count.

    `areas` in the order of the sheet, `trend` rounds from the oldest (the last six are drawn, this one included),
    `leading` the village's homes of cadres and evaluators (W16), `red` all red homes, `names` those who agreed to the board.
    `labels` are the words of the grades, '' for one the scheme does not have; `corrections` entries that were wrong.
    `stars`: each star of the scheme with its homes, highest first.
    """

    frame: Frame
    round_name: str
    closed_on: date
    total: Counts
    not_rated: int
    areas: tuple[Counts, ...]
    trend: tuple[Counts, ...]
    mended: int
    leading: Counts | None
    red: int = 0
    names: tuple[RedHome, ...] = ()
    size: str = "a3"
    motto: str = "干净的屋子就是面子"
    labels: tuple[str, str, str] = ("好", "中", "差")
    corrections: int = 0
    leading_not_rated: int = 0
    stars: tuple[tuple[str, int], ...] = ()


def _counts(counts: Counts) -> dict[str, Any]:
    return vars(counts) | {"all": counts.good + counts.fair + counts.poor}


def facts(thing: GroupBoard, medium: str) -> dict[str, Any] | Problem:
    """What `group_board.typ` lays out. Problems: `outreach.no_such_size`, `outreach.counts_disagree`."""
    if thing.size not in SIZES:
        return Problem("outreach.no_such_size", {"size": thing.size})
    rated = thing.total.good + thing.total.fair + thing.total.poor
    if not len(thing.names) <= thing.red <= rated:
        return Problem("outreach.counts_disagree", {"names": len(thing.names), "red": thing.red, "rated": rated})
    whole = thing.red > 0 and whole_group(thing.red, rated)
    shown = [home.head for home in thing.names if not whole and (medium != PICTURE or home.also_wechat)]
    return {
        "frame": frame_facts(thing.frame),
        "round": thing.round_name,
        "closed": prose(thing.closed_on),
        "total": _counts(thing.total),
        "not_rated": thing.not_rated,
        "areas": [_counts(counts) for counts in thing.areas],
        "trend": [_counts(counts) for counts in thing.trend[-MOST_ROUNDS:]],
        "mended": thing.mended,
        "leading": None if thing.leading is None else _counts(thing.leading),
        "leading_not_rated": thing.leading_not_rated,
        "stars": [{"name": name, "homes": homes} for name, homes in thing.stars],
        "red": thing.red,
        "whole": whole,
        "unit": "全组" if thing.frame.group else "全村",
        "names": shown,
        "others": thing.red - len(shown),
        "size": thing.size,
        "labels": list(thing.labels),
        "corrections": thing.corrections,
        "motto": thing.motto,
    }


PAPER = Paper("group_board", "小组公示栏", facts, picture=True)
