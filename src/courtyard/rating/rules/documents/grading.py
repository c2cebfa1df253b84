"""Clauses on grades: bands of a round's score, stars of a standing, ranking, classes ranked apart, vetoes, review."""

from __future__ import annotations

from dataclasses import dataclass

from courtyard.rating.rules.documents.declare import choice, flag, ident, many, milli, named, own, text, whole

INCLUDES = ("least", "most", "both", "neither")
STARS_OF = ("standing", "score")
TIES = ("all", "none")
SMALLS = ("as_many", "nobody")
WITHINS = ("group", "village", "town")
RANKED_BY = ("score", "standing")
ON_BOTH = ("first", "neither")
VETO_EFFECTS = ("grade", "no_awards", "no_lists", "not_ranked")
REVIEWS = ("replaces", "vetoes", "flags")


@dataclass(frozen=True, kw_only=True)
class Band:
    """A grade and its bounds; `includes` says which end belongs to it."""

    code: str = named()
    name: str = text("等次", "its name", 12)
    least_milli: int = milli("下限", "its lower bound", 0, 10_000)
    most_milli: int = milli("上限", "its upper bound", 0, 10_000)
    includes: str = choice("界上的分数归谁", "which of its bounds belongs to it", INCLUDES)
    unpublished: bool = own()

    def holds(self, score_milli: int) -> bool:
        """Whether a score lies in this band."""
        low = score_milli >= self.least_milli if self.includes in ("least", "both") else score_milli > self.least_milli
        high = score_milli <= self.most_milli if self.includes in ("most", "both") else score_milli < self.most_milli
        return low and high


@dataclass(frozen=True, kw_only=True)
class Star:
    """A rung of a scale over a standing or a score, highest first; a bound that is left out is open for ever."""

    code: str = named()
    name: str = text("星级", "its name: 五星", 12)
    of: str = choice(
        "按什么定", "what it is read from: the standing in `ledger`, or the round's score", STARS_OF, "standing"
    )
    ledger: str = ident("哪一本账", "the ledger whose standing it is read from", "", only=("of", ("standing",)))
    least_milli: int | None = milli("下限", "its lower bound; left out: none", -1_000_000, 1_000_000, None)
    most_milli: int | None = milli("上限", "its upper bound; left out: none", -1_000_000, 1_000_000, None)
    includes: str = choice("界上的分数归谁", "which of its bounds belongs to it", INCLUDES)
    unpublished: bool = own()

    def holds(self, value_milli: int) -> bool:
        """Whether a standing or score lies on this rung."""
        low = self.least_milli is None or (
            value_milli >= self.least_milli if self.includes in ("least", "both") else value_milli > self.least_milli
        )
        high = self.most_milli is None or (
            value_milli <= self.most_milli if self.includes in ("most", "both") else value_milli < self.most_milli
        )
        return low and high


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """How rated homes are put in order: what by, and what happens where first and last meet in a small group."""

    by: str = choice("按什么排", "score of the round, or standing in `ledger`", RANKED_BY, "score")
    ledger: str = ident("哪一本账", "the ledger whose standing ranks", "", only=("by", ("standing",)))
    least_rated: int = whole("最少几户才排", "with fewer rated homes nobody is ranked", 0, 10_000, 0)
    on_both: str = choice(
        "又在前又在后怎么办",
        "a home that is among the first of one clause and the last of another (few homes): the first counts, or neither does",
        ON_BOTH,
        "first",
    )
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Class:
    """A class of homes that is ranked apart; a home names its class, or is in the first."""

    code: str = named()
    name: str = text("类别", "its name", 20)


@dataclass(frozen=True, kw_only=True)
class Veto:
    """A finding or deed that overrules the score: sets a grade, or takes awards, lists or the rank away for that period."""

    code: str = named()
    name: str = text("什么情况", "what it is about", 60)
    findings: tuple[str, ...] = many("codes", "看到的情况", "codes of findings that bring it about", 0, 60, ())
    deeds: tuple[str, ...] = many("codes", "事项", "codes of deeds that bring it about, in their period", 0, 60, ())
    effects: tuple[str, ...] = many(
        "choices",
        "后果",
        "grade: the grade is at most `band`; no_awards, no_lists, not_ranked",
        1,
        4,
        choices=VETO_EFFECTS,
    )
    band: str | None = ident("最多算哪一等", "the best grade that is left", None)
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Review:
    """What a spot check of the level above does to the round's result."""

    effect: str = choice(
        "抽查的作用",
        "replaces: the check's score takes the place of the round's. vetoes: a check below `least` takes that period's "
        "red list, titles and prizes away. flags: it is only shown",
        REVIEWS,
    )
    least_milli: int | None = milli(
        "抽查及格分", "what the check must reach", 0, 10_000, None, only=("effect", ("vetoes",)), needed=("*",)
    )
    unpublished: bool = own()


@dataclass(frozen=True, kw_only=True)
class Condition:
    """When a clause applies to a home. Which keys a kind takes is said beside each."""

    band: str | None = ident(
        "哪一等", "the grade; beside first and last it is a threshold: only homes in it are counted", None,
        only=("kind", ("band", "streak", "once", "first", "last")), needed=("band", "streak", "once"),
    )  # fmt: skip
    or_better: bool = flag(
        "及以上", "also every better grade (beside last: every worse one)", False,
        only=("kind", ("band", "streak", "once", "first", "last")), later=True, engine=2,
    )  # fmt: skip
    area: str | None = ident(
        "哪一项",
        "the area whose score counts; kind area",
        None,
        only=("kind", ("area",)),
        needed=("*",),
        later=True,
        engine=2,
    )
    least_milli: int | None = milli(
        "至少几分", "the score, standing or gain it takes; kinds score_least, area, points, better_by", -1_000_000, 1_000_000, None,
        only=("kind", ("score_least", "area", "points", "better_by")), needed=("*",), later=True, engine=2,
    )  # fmt: skip
    ledger_of: str | None = ident(
        "看哪一本账",
        "the ledger whose standing is read; kind points",
        None,
        only=("kind", ("points",)),
        needed=("*",),
        later=True,
        engine=2,
    )
    count: int | None = whole(
        "几名", "how many; kinds first, last", 1, 100_000, None, only=("kind", ("first", "last")), later=True, engine=2
    )
    share_milli: int | None = milli(
        "几成", "how many as a share of the rated homes, rounded down; kinds first, last", 0, 1, None,
        only=("kind", ("first", "last")), later=True, engine=2,
    )  # fmt: skip
    within: str = choice(
        "在哪里排",
        "where the rank is taken; kinds first, last",
        WITHINS,
        "village",
        only=("kind", ("first", "last")),
        later=True,
        engine=2,
    )
    ties: str = choice(
        "并列怎么办",
        "homes level at the border: all of them are in, or none of them is. Never chance; kinds first, last",
        TIES, "all", only=("kind", ("first", "last")), later=True, engine=2,
    )  # fmt: skip
    small: str = choice(
        "不够数怎么办",
        "fewer rated homes than `count`: as many as there are, or nobody; kinds first, last",
        SMALLS, "as_many", only=("kind", ("first", "last")), later=True, engine=2,
    )  # fmt: skip
    rounds: int | None = whole(
        "连续几轮", "how many rated rounds running; kind streak", 2, 36, None, only=("kind", ("streak",)), needed=("*",)
    )
    repeats: str = choice(
        "满了以后", "anew: it counts from the start (3rd, 6th, …); once: only the first time; each: every round from then on; kind streak",
        ("anew", "once", "each"), "anew", only=("kind", ("streak",)), later=True, engine=2,
    )  # fmt: skip
    listing: str | None = choice(
        "哪个榜",
        "being a candidate of that list; kind list",
        ("red", "black"),
        None,
        only=("kind", ("list",)),
        needed=("*",),
        later=True,
        engine=2,
    )
    title: str | None = ident(
        "哪个称号",
        "that title being given; kind title",
        None,
        only=("kind", ("title",)),
        needed=("*",),
        later=True,
        engine=2,
    )
    recheck: bool = flag(
        "抽查过了才算",
        "only where a spot check was made in that period and passed (see `review`)",
        False,
        later=True,
        engine=2,
    )
