"""The red list on the wall (A3) and for the group chat (PNG): red and gold, names by the household's consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.frame import PICTURE, Frame, frame_facts, prose


@dataclass(frozen=True)
class RedHome:
    """A home on the red list that agreed to be named on the board; `also_wechat` where it agreed to the chat as well."""

    head: str
    also_wechat: bool = False
    code: str = ""


@dataclass(frozen=True)
class RedPoster:
    """A group's red list. `rated` and `red` count homes, with or without consent; `names` are those who agreed;
    `waiting` counts candidates that the second person has not confirmed."""

    frame: Frame
    round_name: str
    published_on: date
    rated: int
    red: int
    names: tuple[RedHome, ...]
    motto: str = "干净的屋子就是面子"
    waiting: int = 0


def whole_group(red: int, rated: int) -> bool:
    """Whether more than 4 of 5 rated homes are red: then the poster names nobody (DOMAIN §4.4)."""
    return red * 5 > rated * 4


def facts(thing: RedPoster, medium: str) -> dict[str, Any] | Problem:
    """What `red_poster.typ` lays out; a picture shows only who agreed to the chat. Problem: `outreach.counts_disagree`."""
    if not len(thing.names) <= thing.red <= thing.rated:
        return Problem("outreach.counts_disagree", {"names": len(thing.names), "red": thing.red, "rated": thing.rated})
    whole = whole_group(thing.red, thing.rated)
    shown = [home.head for home in thing.names if not whole and (medium != PICTURE or home.also_wechat)]
    return {
        "frame": frame_facts(thing.frame),
        "round": thing.round_name,
        "published": prose(thing.published_on),
        "rated": thing.rated,
        "red": thing.red,
        "whole": whole,
        "unit": "全组" if thing.frame.group else "全村",
        "names": shown,
        "others": thing.red - len(shown),
        "motto": thing.motto,
        "waiting": thing.waiting,
    }


PAPER = Paper("red_poster", "红榜", facts, picture=True)
