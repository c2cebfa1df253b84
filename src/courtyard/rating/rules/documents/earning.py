"""Clauses on points: ledgers, what earns, multiplies, caps, repeats, lapses, resets; what points buy and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtyard.rating.rules.documents.declare import (
    choice,
    day,
    flag,
    ident,
    many,
    milli,
    month_day,
    named,
    own,
    tables,
    text,
    whole,
)
from courtyard.rating.rules.documents.grading import Condition

NEGATIVES = ("floor", "debt", "record")
AWARD_KINDS = (
    "band", "streak", "improvement", "better_by", "once", "score_least", "score", "area", "first", "last", "list", "title", "points",
)  # fmt: skip
PRIZE_KINDS = ("band", "streak", "score_least", "first", "last", "list", "title", "points")
PERS = ("round", "day", "week", "month", "quarter", "year", "ever")
WITHIN_TIMES = ("event", "day", "week", "month", "quarter", "year", "ever")
SHORTS = ("wait", "factor")
SINCES = ("joined", "scheme")
POINTS_MOST = 1_000_000


def booked_in() -> Any:
    """The ledger a clause's points go to."""
    return ident("记哪本账", "the ledger it is booked in")


def of_ledger() -> Any:
    """The ledger a clause is about."""
    return ident("哪本账", "the ledger")


def by_member() -> Any:
    """Whether a clause counts once for every member of a home."""
    return flag("按人算", "times the members of the home", False, later=True, engine=2)


def lapses(en: str) -> Any:
    """After how many months what a clause gave counts no longer."""
    return whole("几个月后不算", en, 0, 120, 0, later=True, engine=2)


class Whole:
    """Clauses whose points are whole wherever they are booked (D5): `points` reads the thousandths as such."""

    points_milli: int

    @property
    def points(self) -> int:
        """The points, whole; a scheme's fractions live in standings alone."""
        return self.points_milli // 1000


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """A kind of points; `worth_fen` is about what one buys, for the page only (points are not money)."""

    code: str = named()
    name: str = text("叫什么", "its name", 20)
    spendable: bool = flag("能换东西", "whether points of it can be spent; its points are whole then")
    worth_fen: int | None = whole(
        "一分约值几分钱", "about what a point buys, in fen; for the page only", 1, 100_000, None
    )
    base_milli: int = milli("起点分", "what every owner begins with", 0, POINTS_MOST, 0, later=True, engine=2)
    negative: str = choice(
        "减到零以下怎么办",
        "floor: what would go below 0 is not taken. debt: it goes below 0 and is earned back first. record: whatever would be "
        "taken is noted and nothing ever is. A spendable ledger must say floor or record",
        NEGATIVES, "floor", later=True, engine=2,
    )  # fmt: skip
    valid_months: int = whole(
        "几个月后过期",
        "points lapse so many months after the day they were earned, oldest first spent; 0: never",
        0,
        120,
        0,
        later=True,
        engine=2,
    )
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class AwardRule(Condition, Whole):
    """What a round earns: by grade, by an area, by rank, by a streak, by doing better, once, or by the score itself."""

    code: str = named()
    kind: str = choice(
        "什么得分",
        "band: the round's grade. streak: `rounds` rounds of it running. improvement: `steps` grades better than last time. "
        "better_by: the score is `least` higher than last time. once: the first time ever in the band. score_least: the score "
        "is at least `least`. score: the score times `rate`. area: an area's score is at least `least`. first, last: the "
        "rank. list: being a candidate of a list. title: being given a title. points: the standing reaches `least`",
        AWARD_KINDS,
        first_choices=("band", "streak", "improvement"),
    )
    name: str = text("叫什么", "what the statement calls it", 40)
    points_milli: int = milli(
        "几分", "how many points; below 0 takes off (see `negative`). Fractions only in a ledger that is not spendable",
        -POINTS_MOST, POINTS_MOST, first=(0, 10_000),
    )  # fmt: skip
    ledger: str = booked_in()
    steps: int | None = whole(
        "升几等",
        "how many grades better; kind improvement",
        1,
        11,
        None,
        only=("kind", ("improvement",)),
        needed=("*",),
    )
    each_step: bool = flag(
        "每升一等都算",
        "points for every grade gained, not once",
        False,
        only=("kind", ("improvement",)),
        later=True,
        engine=2,
    )
    rate_milli: int | None = milli(
        "每分折几分",
        "points a point of score, rounded down; kind score",
        0,
        1000,
        None,
        only=("kind", ("score",)),
        needed=("*",),
        later=True,
        engine=2,
    )
    per_member: bool = by_member()
    valid_months: int = lapses("this clause's points lapse after so many months; 0: as the ledger says")
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Multiplier:
    """A time in which awards count more: the first periods of a home, or of the scheme itself."""

    code: str = named()
    name: str = text("叫什么", "what the statement calls it", 40)
    since: str = choice(
        "从哪时算起", "joined: the home's own first rated periods. scheme: the first periods under the scheme", SINCES
    )
    periods: int = whole("头几期", "how many periods", 1, 24)
    factor_milli: int = milli(
        "乘多少", "what points are multiplied by, rounded down to whole points where the ledger is spendable", 0, 100
    )
    awards: tuple[str, ...] = many("codes", "哪些得分", "the awards it multiplies; left out: all", 0, 60, ())
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Price:
    """What one unit of something counted in a deed is worth, from a day on."""

    kind: str = ident("代号", "which kind of thing, as the record names it")
    name: str = text("叫什么", "its name", 20)
    since: str = day("从哪天起", "the first day of this price")
    price_milli: int = milli("单价", "its price a unit, in 元", 0, 100_000)
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class DeedRule(Whole):
    """A deed outside a round (事项) that earns points each time, at most `year_points` a calendar year for an owner.

    `helping`: what a neighbour's help earns (DOMAIN §4.7), one deed of a scheme at most."""

    code: str = named()
    name: str = text("什么事", "what it is", 40)
    points_milli: int = milli(
        "几分", "how many points each time (or a full `per` units); below 0 takes off. Fractions only in a ledger that is not spendable",
        -POINTS_MOST, POINTS_MOST, first=(1, 1_000),
    )  # fmt: skip
    ledger: str = booked_in()
    year_points: int | None = whole(
        "一年最多几分", "at most so many points of it a calendar year", 1, POINTS_MOST, None
    )
    needs_evidence: bool = flag("要有凭据", "the record must say what shows it")
    helping: bool = flag("帮邻居", "what a neighbour's help earns", False)
    also: tuple[str, ...] = many(
        "codes",
        "同时记哪本账",
        "other ledgers in which the same record is booked too, each for itself: its own caps, rounding and floor hold there. "
        "What is spent, lapses or falls in one leaves the others alone",
        0,
        5,
        (),
        later=True,
        engine=2,
    )
    category: str = ident(
        "哪一类", "a word by which caps, repeats and dedupes name several deeds", "", later=True, engine=2
    )
    unit: str = text("单位", "what `per` counts: 元, 公斤, 次, 小时", 10, "", later=True, engine=2)
    per_milli: int | None = milli(
        "每满多少",
        "points for every full so many units of the recorded amount (95 元 at per = 10: nine times)",
        0,
        100_000,
        None,
        later=True,
        engine=2,
    )
    prices: tuple[Price, ...] = tables(
        Price,
        "价目",
        "the amount is weighed by a dated price first: points × price × amount, rounded down",
        0,
        100,
        (),
        later=True,
        engine=2,
    )
    per_member: bool = by_member()
    valid_months: int = lapses("it lapses after so many months; 0: as the ledger says")
    until_mended: bool = flag("没改好不过期", "it does not lapse while it is not mended", False, later=True, engine=2)
    direct: str | None = ident("直接定级", "the star it sets outright until it is mended", None, later=True, engine=2)
    mended_points_milli: int | None = milli(
        "改好后算几分",
        "what it counts once mended, in place of `points` and `direct`",
        -POINTS_MOST,
        POINTS_MOST,
        None,
        later=True,
        engine=2,
    )
    added: bool = flag("本村自加", "an item a village added within the town's frame", False, later=True, engine=2)
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Cap:
    """The most points that may be earned in a time, on what is earned, never on the balance."""

    code: str = named()
    ledger: str = ident("哪本账", "the ledger it holds in")
    per: str = choice(
        "多长时间", "the calendar time it holds for; round: one period; ever: all time", PERS, first_choices=("year",)
    )
    points_milli: int = milli("最多几分", "how many points at most", 0, POINTS_MOST, first=(1, POINTS_MOST))
    awards: tuple[str, ...] = many("codes", "哪些得分", "the awards it holds for", 0, 60, (), later=True, engine=2)
    deeds: tuple[str, ...] = many("codes", "哪些事项", "the deeds it holds for", 0, 100, (), later=True, engine=2)
    category: str = ident(
        "哪一类",
        "the category of deeds it holds for. None of the three: everything earned in the ledger",
        "",
        later=True,
        engine=2,
    )
    owner: str = choice(
        "按户还是按人",
        "account: each owner of an account. household: all members of a home together",
        ("account", "household"),
        "account",
        later=True,
        engine=2,
    )
    taken: bool = flag("管减分", "it holds what is taken off instead of what is earned", False, later=True, engine=2)
    unpublished: bool = own()

    @property
    def points(self) -> int:
        """The cap in whole points."""
        return self.points_milli // 1000


@dataclass(frozen=True, kw_only=True)
class Dedupe:
    """Of several deeds about one thing only the highest counts (of those that take off, the heaviest)."""

    code: str = named()
    name: str = text("叫什么", "what the page calls it", 40)
    deeds: tuple[str, ...] = many(
        "codes", "哪些事项", "the deeds it holds for; left out with `category`: all", 0, 100, ()
    )
    category: str = ident("哪一类", "the category of deeds it holds for", "")
    within: str = choice(
        "在什么范围内", "event: records that name the same event; else one calendar time", WITHIN_TIMES, "event"
    )


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """The same deed again within a time counts `factor` times."""

    code: str = named()
    name: str = text("叫什么", "what the page calls it", 40)
    deeds: tuple[str, ...] = many(
        "codes", "哪些事项", "the deeds it holds for; left out with `category`: all", 0, 100, ()
    )
    category: str = ident("哪一类", "the category of deeds it holds for", "")
    within: str = choice(
        "多长时间内", "the calendar time in which it counts as again", ("month", "quarter", "year", "ever"), "year"
    )
    factor_milli: int = milli("乘多少", "what the second and every later one counts", 0, 100)
    compounds: bool = flag("越来越多", "the third counts factor × factor, and so on", False)
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Reset:
    """A day of every year on which a ledger's balance falls to a share of itself, by a posting."""

    code: str = named()
    ledger: str = of_ledger()
    days: tuple[str, ...] = many("month_days", "哪几天", "the days (MM-DD); it falls at the end of that day", 1, 12)
    keep_share_milli: int = milli(
        "留几成", "the share that stays, rounded down to whole points where they can be spent; 0: nothing", 0, 1, 0
    )
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Window:
    """When points of a ledger may be spent; a scheme without one always lets them."""

    code: str = named()
    ledger: str = of_ledger()
    since: str = month_day("从哪天起", "its first day")
    until: str = month_day("到哪天止", "its last day; earlier than `since` means over the turn of the year")
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Gate:
    """No redemption, or no awards, while a home's last grade or its star is below a rung."""

    code: str = named()
    name: str = text("叫什么", "what the page calls it", 40)
    shuts: tuple[str, ...] = many(
        "choices", "不能做什么", "redeem, awards, or both", 1, 2, choices=("redeem", "awards")
    )
    band: str | None = ident("低于哪一等", "the lowest grade that is let through", None)
    star: str | None = ident("低于哪一星", "the lowest star that is let through", None)
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class RewardRule(Whole):
    """What a number of points buys, from a day on; the shop keeps its own shelf, this is the scheme's published list."""

    code: str = named()
    name: str = text("换什么", "what it is", 40)
    points_milli: int = milli("几分", "how many points, whole", 0, POINTS_MOST)
    cash_fen: int = whole("另付多少钱(分)", "cash to pay beside the points, in fen", 0, 10_000_000, 0)
    ledger: str = ident("哪本账", "the ledger it is paid from")
    since: str = day("从哪天起", "the first day of this price; a later row of the same name replaces it", "")
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Prize(Condition):
    """Money or a thing given once a condition holds: recorded here, paid or handed out outside, never points."""

    code: str = named()
    kind: str = choice("什么得奖", "as in `awards`", PRIZE_KINDS)
    name: str = text("什么奖", "what it is", 40)
    amount_fen: int = whole("奖金(分)", "money, in fen; 0: a thing", 0, 100_000_000, 0)
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What becomes of a round's points where the village's budget does not suffice (DOMAIN §4.12): all wait, or every
    award is paid times one `factor`, rounded as `rounding` says (a factor only)."""

    short: str = choice(
        "不够发怎么办", "the whole round waits for everybody, or everybody is paid by one factor", SHORTS
    )
    rounding: str | None = choice(
        "怎么进位", "of each award; kind factor", ("down",), None, only=("short", ("factor",)), needed=("*",)
    )
    source: str = text("钱从哪里来", "where the money comes from", 80, "", later=True)
    source_share_milli: int | None = milli(
        "占几成", "the share of that source that is set aside", 0, 1, None, later=True
    )
    unpublished: bool = own()
