"""Clauses on what is looked at, when, by how many, and how their marks become one score."""

from __future__ import annotations

from dataclasses import dataclass

from courtyard.rating.rules.documents.declare import (
    choice,
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

DECLINED = "declined"  # what a mark says of a consent area the household did not open; never a label's code
NOT_APPLICABLE = "na"  # what a mark says of an item the home does not have; never a label's code
LOOKED = "looked"  # what a mark says of an area that was looked at and is scored by its findings
LEVELS = ("town", "village", "group")
PERIODS = ("week", "month", "quarter", "year")
MARKS = ("labels", "scores", "findings")
DRAWINGS = ("yard", "room", "lane", "kitchen", "toilet", "poultry", "ditch", "bins", "house", "wires", "garden", "farm")
METHODS = ("mean", "trimmed_mean", "median", "consensus")
EVENS = ("mean", "better", "worse")
ROUNDINGS = ("half_up", "half_even", "down", "up")
VISITS = ("mean", "last", "best", "worst", "sum")
MISSING = ("renormalise", "not_rated", "zero")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which levels may adopt the scheme, and how long a period is."""

    levels: tuple[str, ...] = many(
        "choices",
        "由哪一级通过",
        "the levels whose assembly may adopt the scheme",
        1,
        3,
        choices=LEVELS,
        first_choices=("town", "village"),
    )
    period: str = choice(
        "多久算一次", "how long a period is: one result a home and period", PERIODS, first_choices=("month",)
    )


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A time of the year without rounds: harvest, the Spring Festival."""

    name: str = text("为什么停", "why nothing is rated", 20)
    since: str = month_day("从哪天起", "its first day")
    until: str = month_day("到哪天止", "its last day; earlier than `since` means over the turn of the year")


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Which homes a round visits: all in a full month; else those below `carried_band` and a drawn share (thousandths)."""

    full_months: tuple[int, ...] = many(
        "months",
        "哪几个月每户都看",
        "the calendar months whose round visits every home; other months have light rounds",
        1,
        12,
        tuple(range(1, 13)),
        first_needed=True,
    )
    drawn_share_milli: int = milli(
        "轻轮次再抽几成",
        "the share of homes in `carried_band` a light round draws, unknown beforehand (0.2 = 20 %)",
        0,
        1,
        0,
    )
    carried_band: str = ident(
        "哪一等可以免看", "the grade that need not be looked at again in a light round (and those above it)", ""
    )
    carried_earns: bool = flag(
        "免看的照样得分", "a home a light round leaves out earns its grade's points again", False
    )
    carries_rounds: int = whole(
        "最多连免几轮",
        "how many light rounds running a grade may carry before the home is visited again; 0: until a full round sees it",
        0,
        24,
        0,
        later=True,
    )
    pauses: tuple[Pause, ...] = tables(Pause, "哪些日子不评", "times without rounds", 0, 12, (), later=True)
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Label:
    """A word an evaluator may give an area, its key in office entry and what it is worth."""

    code: str = named()
    name: str = text("评的字", "the word: 好", 12)
    key: str = text("按键", "the key that types it; not 0, 8 or 9", 1)
    score_milli: int = milli("算多少分", "what it is worth, in hundredths of the area", 0, 100)
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A finding of the picture list: what was seen and what would make it good."""

    code: str = ident("代号", "its identifier, once in the whole sheet")
    name: str = text("图名", "its name under the picture", 20)
    seen: str = text("看到什么", "what was seen, in plain words about the thing", 80)
    mend: str = text("怎么改", "what would make it good", 80)
    needs_words: bool = flag("要另写几个字", "the evaluator must say it in words", False)
    deduct_milli: int | None = milli(
        "每处减多少",
        "in an area scored by findings: what each place found takes off; left out: the area's `each_finding`",
        0,
        1000,
        None,
        later=True,
        engine=2,
    )


@dataclass(frozen=True, kw_only=True)
class Item:
    """A line of an area that gets a number of its own."""

    code: str = ident("代号", "its identifier, once in the whole sheet")
    name: str = text("评分项", "what the line asks", 60)
    most_milli: int = milli("最多几分", "the most it can get; the least is 0", 0, 1000)
    optional: bool = flag(
        "可以不适用",
        "a home may not have it (`na`): the area's other items are then weighed up to the whole area",
        False,
    )
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Area:
    """A part of the home that is looked at; a `consent` area only with the household's word, visit by visit.

    `drawing` names the drawn good, fair and poor on the back of the score sheet, '' for words alone.
    """

    code: str = named()
    name: str = text("看哪里", "its name", 20)
    weight: int = whole(
        "占几份",
        "its share of the whole. In a sheet of labels the shares are together 100; otherwise it is the most points it can get",
        1,
        1000,
    )
    looks: str = text("看什么", "what is looked at, in words", 200)
    consent: bool = flag(
        "进屋要同意", "looked at only where the household agrees, visit by visit; declining is never poor", False
    )
    pictures: tuple[Picture, ...] = tables(Picture, "看到的情况", "the picture list of findings", 0, 60, ())
    unpublished: bool = own()
    drawing: str = choice("画", "the drawn good, fair and poor of it", DRAWINGS, "")
    marks: str = choice(
        "怎么打分", "how this area is marked, where it differs from the sheet", MARKS, "", later=True, engine=2
    )
    items: tuple[Item, ...] = tables(
        Item,
        "评分项",
        "its lines, in an area marked by scores; their `most` are together its weight",
        0,
        40,
        (),
        later=True,
        engine=2,
    )
    each_finding_milli: int | None = milli(
        "每处减多少",
        "in an area marked by findings: what each place found takes off",
        0,
        1000,
        None,
        later=True,
        engine=2,
    )
    least_milli: int = milli(
        "最少剩几分", "in an area marked by findings: what it never falls below", 0, 1000, 0, later=True, engine=2
    )
    extra: bool = flag(
        "附加分",
        "its points come on top of the whole (contributions); nobody loses by not having them",
        False,
        later=True,
        engine=2,
    )


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What an evaluator fills in. `missing_area`: renormalise the weights of the others, or leave the home unrated."""

    marks: str = choice(
        "怎么打分",
        "labels: a word an area. scores: a number an item (an area without items gets one number). findings: an area begins "
        "with all its points and each place found takes some off",
        MARKS,
        first_choices=("labels",),
    )
    missing_area: str = choice(
        "缺一项怎么办",
        "an area nobody marked: the others are weighed up to the whole, or the home is not rated, or the area counts 0. "
        "An area that was declined is always weighed up, never 0",
        MISSING,
        first_choices=("renormalise", "not_rated"),
    )
    labels: tuple[Label, ...] = tables(
        Label, "评的字", "the words, best first", 0, 9, (), first=(2, 9), first_needed=True
    )
    areas: tuple[Area, ...] = tables(Area, "看哪里", "the areas, in walking order", 1, 40)


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """How several evaluators' marks become one score; `even` decides a median of an even number."""

    method: str = choice(
        "几个人的分怎么合",
        "several evaluators' scores of one area as one: mean; trimmed_mean (from four on without the highest and the lowest); "
        "median; consensus (all the same, else the area counts as not marked)",
        METHODS,
        first_choices=("mean", "trimmed_mean", "median"),
    )
    even: str = choice("双数取中间怎么办", "the median of an even number", EVENS, "mean")
    raters_least: int = whole("应有几个人评", "how many evaluators there should be", 1, 15)
    rounding: str = choice(
        "怎么进位",
        "half_up, half_even, down (towards zero) or up (away from zero), in areas and in the whole",
        ROUNDINGS,
        first_choices=("half_up", "half_even", "down"),
    )
    area_digits: int = whole("一项保留几位小数", "decimal places of an area's score", 0, 3)
    score_digits: int = whole("总分保留几位小数", "decimal places of the whole score", 0, 3)
    visits: str = choice(
        "一期看了几次怎么算",
        "several visits in one period as one score, rounded like the whole: mean, last, best, worst or sum",
        VISITS,
        "last",
        later=True,
        engine=2,
    )
    unpublished: bool = own()
