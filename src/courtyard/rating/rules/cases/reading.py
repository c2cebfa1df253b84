"""From a case file's tables to homes, events and what is expected; every fault names the case and the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.facts import Mark, Seen
from courtyard.rating.rules.marking import unfit_value
from courtyard.rating.rules.reading import exact_milli

KEYS = {
    "case": {
        "name", "scheme", "change", "remove", "since", "homes", "homes_count", "steps", "expect", "marks", "seen",
        "seen_by", "score_given", "last", "run", "earned", "care", "help_owed", "lived_in", "taking_part",
    },
    "homes": {"code", "members", "group", "village", "class", "joined", "lived_in", "taking_part", "care", "help_owed"},
    "visit": {"day", "visit", "marks", "seen", "seen_by", "score_given", "spot"},
    "scores": {"day", "scores", "spot"},
    "deed": {"day", "deed", "home", "member", "times", "amount", "thing", "event", "recorded", "mended", "disputed"},
    "spend": {"day", "spend", "member", "ledger", "points", "reward", "times", "refused"},
    "merge": {"day", "merge", "into"},
}  # fmt: skip
ANSWERS = {
    "score", "grade", "star", "why", "points", "rank", "areas", "awards", "candidates", "never", "help_due", "after",
    "lists", "titles", "lost", "prizes", "vetoes", "notes", "balance", "standing", "entries",
}  # fmt: skip
TABLES = {"balance", "standing"}
LISTED = {
    "areas", "awards", "candidates", "never", "lists", "titles", "lost", "prizes", "vetoes", "notes", "entries",
}  # fmt: skip
YEARS = (1900, 2199)
_SEEN = re.compile(r"(\S+) (\S+)(?: x([1-9]\d{0,2}))?( mended)?")


class CaseFault(ValueError):
    """A case that cannot be read: which key, and what is wrong with it."""


@dataclass(frozen=True)
class Expect:
    """What should be so at the end of a day, of a home or one of its persons."""

    day: date
    home: str
    member: str
    answers: Mapping[str, Any]


@dataclass
class Story:
    """A case as homes, events and expectations; `refusals`: spends that should be refused, with the code."""

    homes: dict[str, s.Home] = field(default_factory=dict)
    events: list[s.Event] = field(default_factory=list)
    refusals: dict[s.Spend, str] = field(default_factory=dict)
    expects: list[Expect] = field(default_factory=list)
    since: date | None = None


def story(document: SchemeDocument, case: Mapping[str, Any]) -> Story:
    """A case in its long form. CaseFault names what cannot be read."""
    told = Story(since=day_of(case, "since") if "since" in case else None)
    count = whole(case, "homes_count", 0)
    for place in range(1, count + 1):
        told.homes[f"h{place:02d}"] = s.Home(f"h{place:02d}")
    named: set[str] = set()
    for row in rows(case, "homes"):
        known(row, KEYS["homes"])
        home = _home(document, row)
        if home.code in named:
            raise CaseFault(f"homes: 「{home.code}」写了两次")
        named.add(home.code)
        told.homes[home.code] = home
    for row in rows(case, "steps"):
        _step(document, told, row)
    for row in rows(case, "expect"):
        answers = {key: value for key, value in row.items() if key not in ("day", "home", "member")}
        known(answers, ANSWERS)
        shaped(answers)
        if not answers:
            raise CaseFault("expect: 没有写要核对什么")
        told.expects.append(Expect(day_of(row, "day"), words(row, "home", ""), words(row, "member", ""), answers))
    return told


def _home(document: SchemeDocument, row: Mapping[str, Any]) -> s.Home:
    klass, classes = words(row, "class", ""), [one.code for one in document.classes]
    if klass and classes and klass not in classes:
        raise CaseFault(f"homes.class: 办法里没有分类「{klass}」")
    return s.Home(
        code=words(row, "code"),
        members=tuple(texts(row, "members")),
        group=words(row, "group", ""),
        village=words(row, "village", ""),
        klass=klass,
        joined=day_of(row, "joined") if "joined" in row else None,
        lived_in=flag(row, "lived_in", True),
        taking_part=flag(row, "taking_part", True),
        care=flag(row, "care", False),
        help_owed=flag(row, "help_owed", False),
    )


def _step(document: SchemeDocument, told: Story, row: Mapping[str, Any]) -> None:
    kind = next((kind for kind in ("visit", "scores", "deed", "spend", "merge") if kind in row), None)
    if kind is None:
        raise CaseFault("steps: 每一步要写 visit、scores、deed、spend、merge 中的一个")
    known(row, KEYS[kind])
    day = day_of(row, "day")
    if kind == "scores":
        table = row["scores"]
        if not isinstance(table, Mapping):
            raise CaseFault('scores: 应当写成 { h01 = "99" }')
        for code in table:
            _there(told, code)
            told.events.append(
                s.Visit(code, day, score_milli=score(document, table, code), spot=flag(row, "spot", False))
            )
        return
    code = words(row, "home" if kind == "deed" else kind)
    _there(told, code)
    if kind == "visit":
        told.events.append(visit(document, row, code, day))
    elif kind == "deed":
        told.events.append(_deed(document, row, code, day))
    elif kind == "merge":
        into = words(row, "into")
        _there(told, into)
        told.events.append(s.Merge(code, day, into))
    else:
        spend = s.Spend(
            code, day, words(row, "member", ""), words(row, "ledger", ""), whole(row, "points", 0),
            words(row, "reward", ""), whole(row, "times", 1),
        )  # fmt: skip
        told.events.append(spend)
        if "refused" in row:
            told.refusals[spend] = words(row, "refused")


def _there(told: Story, code: str) -> None:
    told.homes.setdefault(code, s.Home(code))


def _deed(document: SchemeDocument, row: Mapping[str, Any], code: str, day: date) -> s.Deed:
    deed = words(row, "deed")
    if document.deed(deed) is None:
        raise CaseFault(f"deed: 办法里没有事项「{deed}」")
    return s.Deed(
        code, day, deed, words(row, "member", ""), whole(row, "times", 1),
        number(row, "amount") if "amount" in row else None, words(row, "thing", ""), words(row, "event", ""),
        day_of(row, "recorded") if "recorded" in row else None, day_of(row, "mended") if "mended" in row else None,
        flag(row, "disputed", False),
    )  # fmt: skip


def visit(document: SchemeDocument, row: Mapping[str, Any], code: str, day: date) -> s.Visit:
    """A visit by marks or by its score as decided."""
    spot = flag(row, "spot", False)
    if "score_given" in row:
        if "marks" in row:
            raise CaseFault("score_given: 写了分数,就不写 marks")
        return s.Visit(code, day, score_milli=score(document, row, "score_given"), spot=spot)
    return s.Visit(code, day, marks(document, row), spot=spot)


def marks(document: SchemeDocument, row: Mapping[str, Any]) -> tuple[Mark, ...]:
    """The raters' marks; `seen` belongs to the first who marked and is no kin, `seen_by` to each in turn."""
    found = [_mark(document, text) for text in texts(row, "marks")]
    if "seen" in row and "seen_by" in row:
        raise CaseFault("seen: 写了 seen_by(每个评比员各看到什么),就不写 seen")
    if texts(row, "seen"):
        own = next((place for place, one in enumerate(found) if one.given and not one.kin), None)
        if own is None:
            raise CaseFault("seen: 没有一个评了分又不是亲戚的评比员")
        found[own] = _saw(document, found[own], row["seen"])
    for place, seen in enumerate(_lists(row, "seen_by")):
        if place >= len(found):
            raise CaseFault("seen_by: 比 marks 多")
        found[place] = _saw(document, found[place], seen)
    return tuple(found)


def _mark(document: SchemeDocument, text: str) -> Mark:
    kin, said = text.startswith("kin:"), text.removeprefix("kin:").split()
    if said == ["absent"]:
        return Mark(not_at_home=True, kin=kin)
    areas = document.sheet.areas
    if len(said) != len(areas):
        raise CaseFault(f"marks「{text}」: 有 {len(said)} 项,评分表是 {len(areas)} 项")
    names = {label.name: label.code for label in document.sheet.labels}
    given = tuple((area.code, names.get(what, what)) for area, what in zip(areas, said, strict=True) if what != "-")
    for code, what in given:
        if unfit_value(document, document.area(code), what):
            raise CaseFault(f"marks: 「{code}」不能写「{what}」")
    return Mark(given, (), kin)


def _saw(document: SchemeDocument, mark: Mark, seen: Any) -> Mark:
    found = []
    for text in texts({"seen": seen}, "seen"):
        match = _SEEN.fullmatch(text)
        if match is None:
            raise CaseFault(f"seen: 「{text}」应当写成「area code」、「area code x3」或「area code mended」")
        area, code, places, mended = match.groups()
        pictures = {one.code: {picture.code for picture in one.pictures} for one in document.sheet.areas}
        if code not in pictures.get(area, set()):
            raise CaseFault(f"seen: 评分表的「{area}」里没有「{code}」")
        found.append(Seen(area, code, mended is not None, int(places or 1)))
    return Mark(mark.given, tuple(found), mark.kin, mark.not_at_home)


def known(row: Mapping[str, Any], keys: set[str]) -> None:
    """Every key is one a case may have, else a CaseFault."""
    for key in row:
        if key not in keys:
            raise CaseFault(f"{key}: 没有这个写法;可以写:{'、'.join(sorted(keys))}")


def rows(row: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = row.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise CaseFault(f"{key}: 应当写成若干张表")
    return found


def texts(row: Mapping[str, Any], key: str) -> list[str]:
    """A list of words; left out: none."""
    found = row.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise CaseFault(f'{key}: 应当写成一列加引号的文字,如 ["…", "…"]')
    return found


def _lists(row: Mapping[str, Any], key: str) -> list[Any]:
    found = row.get(key, [])
    if not isinstance(found, list):
        raise CaseFault(f"{key}: 应当写成一列,每个评比员一列")
    return found


def shaped(answers: Mapping[str, Any]) -> None:
    """Every answer is written in its shape: a list, a table of ledgers, or one word or number."""
    for key, value in answers.items():
        if key in TABLES and not isinstance(value, Mapping):
            raise CaseFault(f"{key}: 应当写成 {{ 账的代号 = 分数 }}")
        if key in LISTED and not isinstance(value, list):
            raise CaseFault(f'{key}: 应当写成一列,如 ["…", "…"];没有的写 []')
        if key in LISTED - {"areas"}:
            texts(answers, key)
        if key not in TABLES | LISTED and isinstance(value, (list, Mapping)):
            raise CaseFault(f"{key}: 应当只写一个字词或一个数")


def day_of(row: Mapping[str, Any], key: str) -> date:
    value = row.get(key)
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise CaseFault(f"{key}: 「{value}」不是日期,应当写成 2026-05-31") from error
    if isinstance(day, datetime):
        raise CaseFault(f"{key}: 「{value}」不是日期,应当写成 2026-05-31")
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise CaseFault(f"{key}: 「{value}」太早或太晚,应当在 {YEARS[0]} 年到 {YEARS[1]} 年之间")
    return day


def words(row: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str):
        raise CaseFault(f"{key}: 应当写文字" if key in row else f"{key}: 没有写")
    return value


def whole(row: Mapping[str, Any], key: str, default: int) -> int:
    value = row.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1_000_000:
        raise CaseFault(f"{key}: 「{value}」应当是 0 到 1000000 的整数")
    return value


def number(row: Mapping[str, Any], key: str) -> int:
    found = exact_milli(row.get(key))
    if found is None:
        raise CaseFault(f"{key}: 「{row.get(key)}」应当是最多三位小数的数")
    return found


def score(document: SchemeDocument, row: Mapping[str, Any], key: str) -> int:
    """A score as decided: from 0 to the highest there is."""
    found, most = number(row, key), document.bands[0].most_milli
    if not 0 <= found <= most:
        raise CaseFault(f"{key}: 「{row.get(key)}」应当在 0 到 {decimal_text(most)} 之间")
    return found


def flag(row: Mapping[str, Any], key: str, default: bool) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise CaseFault(f"{key}: 应当写 true 或 false")
    return value
