"""What stands around every print: the place, the complaint line, the day, the card's name and its disclaimer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

PAPER, PICTURE = "paper", "picture"
DISCLAIMER = "非金融征信,不影响贷款和依法办事"
ALIKE = "办事不看红黑榜;亮卡只多得、不少办"
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Frame:
    """The place of a print, its complaint telephone (never a duty of that village), the day and the card's name.

    `village` and `group` are '' for a print of the town or the village; `group` is the name, 3组. `serial` is the
    print's own random token (D1), '' where it has none.
    """

    town: str
    village: str
    group: str
    complaint_line: str
    printed_on: date
    card_name: str = "家庭环境卫生积分卡"
    serial: str = ""


def disclaimer(card_name: str) -> str:
    """The sentence every print adds when the card's name could be taken for a credit record (DOMAIN §4.1), else ''."""
    return DISCLAIMER if "征信" in card_name else ""


def prose(day: date) -> str:
    """2026年11月23日, as dates are written in sentences."""
    return f"{day.year}年{day.month}月{day.day}日"


def prose_weekday(day: date) -> str:
    """11月23日(星期一), as a day to act by is written for a household."""
    return f"{day.month}月{day.day}日(星期{WEEKDAYS[day.weekday()]})"


def place_of(frame: Frame) -> str:
    """Town, village and group by name, in that order."""
    return " ".join(part for part in (frame.town, frame.village, frame.group) if part)


def complaint(frame: Frame) -> str:
    """The complaint line as it stands on every print (DOMAIN §4.13)."""
    return f"对评比有意见,打 {frame.complaint_line}" + ("(不归本村管)" if frame.village else "")


def frame_facts(frame: Frame) -> Mapping[str, Any]:
    """The frame as a template reads it."""
    return {
        "place": place_of(frame),
        "village": frame.village,
        "town": frame.town,
        "group": frame.group,
        "complaint_line": complaint(frame),
        "printed": prose(frame.printed_on),
        "card_name": frame.card_name,
        "disclaimer": disclaimer(frame.card_name),
        "alike": ALIKE,
        "serial": frame.serial,
    }
