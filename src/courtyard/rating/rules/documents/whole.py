"""The scheme, whole; its plain tables, its canonical text and what it is known by."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from courtyard.rating.rules.documents.declare import choice, declared, ident, table, tables, text, whole
from courtyard.rating.rules.documents.earning import (
    AwardRule,
    Budget,
    Cap,
    Dedupe,
    DeedRule,
    Gate,
    Ledger,
    Multiplier,
    Prize,
    Repeat,
    Reset,
    RewardRule,
    Window,
)
from courtyard.rating.rules.documents.grading import Band, Class, Ranking, Review, Star, Veto
from courtyard.rating.rules.documents.looking import Aggregate, Area, Coverage, Label, Scope, Sheet
from courtyard.rating.rules.documents.standing import Answers, Card, Frame, ListRule, Merge, Process, Title

FORMAT = 1
ACCOUNTS = ("household", "person")


@dataclass(frozen=True, kw_only=True)
class SchemeDocument:
    """A scheme, whole: format, engine, and every clause."""

    format: int = whole("格式", "the format of this document", FORMAT, FORMAT)
    engine: int = whole("算法", "the engine that scores it; new documents write 2", 1, 2)
    code: str = ident("代号", "the scheme's identifier; versions of one scheme share it")
    name: str = text("名称", "its name", 60)
    source: str = text("出处", "where the rules come from, and what of them is our own", 500)
    account: str = choice(
        "积分记在谁名下",
        "who owns points: the household, or each of its persons",
        ACCOUNTS,
        first_choices=("household",),
    )
    scope: Scope = table(Scope, "范围", "who may adopt it and how long a period is")
    coverage: Coverage = table(
        Coverage,
        "看哪些户",
        "which homes each round visits; left out: every home, every period",
        Coverage(),
        first_needed=True,
    )
    sheet: Sheet = table(Sheet, "评分表", "what an evaluator fills in")
    aggregate: Aggregate = table(Aggregate, "合分", "how several marks become one score")
    bands: tuple[Band, ...] = tables(Band, "等次", "grades of a round's score, best first", 1, 12, first=(2, 12))
    ledgers: tuple[Ledger, ...] = tables(Ledger, "账", "the kinds of points", 1, 6, first=(1, 1))
    awards: tuple[AwardRule, ...] = tables(
        AwardRule, "得分", "what a round earns", 0, 60, (), first=(1, 60), first_needed=True
    )
    caps: tuple[Cap, ...] = tables(Cap, "封顶", "the most that may be earned in a time", 0, 40, ())
    lists: tuple[ListRule, ...] = tables(
        ListRule, "榜", "who becomes a candidate for the red and the black list", 0, 2, ()
    )
    titles: tuple[Title, ...] = tables(Title, "称号", "titles and plaques", 0, 8, ())
    process: Process = table(Process, "公示以前的步骤", "days of the black list's due process")
    card: Card = table(Card, "卡", "the card's name and disclaimer")
    budget: Budget | None = table(Budget, "预算", "what happens where the budget does not cover a round", None)
    deeds: tuple[DeedRule, ...] = tables(DeedRule, "事项", "what is earned outside a round", 0, 100, (), later=True)
    stars: tuple[Star, ...] = tables(
        Star, "星级", "rungs of a standing or a score, highest first", 0, 12, (), later=True, engine=2
    )
    ranking: Ranking = table(Ranking, "排名", "how rated homes are put in order", Ranking(), later=True, engine=2)
    classes: tuple[Class, ...] = tables(
        Class, "分类", "classes of homes that are ranked apart", 0, 12, (), later=True, engine=2
    )
    vetoes: tuple[Veto, ...] = tables(
        Veto, "一票", "findings and deeds that overrule the score", 0, 20, (), later=True, engine=2
    )
    review: Review | None = table(Review, "抽查", "what a spot check does to the result", None, later=True, engine=2)
    multipliers: tuple[Multiplier, ...] = tables(
        Multiplier, "加倍", "times in which awards count more", 0, 8, (), later=True, engine=2
    )
    dedupes: tuple[Dedupe, ...] = tables(
        Dedupe, "只算最高", "deeds of which only the highest counts", 0, 20, (), later=True, engine=2
    )
    repeats: tuple[Repeat, ...] = tables(Repeat, "再犯再得", "the same deed again", 0, 20, (), later=True, engine=2)
    resets: tuple[Reset, ...] = tables(Reset, "清零", "days on which a balance falls", 0, 8, (), later=True, engine=2)
    windows: tuple[Window, ...] = tables(
        Window, "兑换日子", "when points may be spent", 0, 12, (), later=True, engine=2
    )
    gates: tuple[Gate, ...] = tables(Gate, "门槛", "what is shut below a grade or star", 0, 8, (), later=True, engine=2)
    prizes: tuple[Prize, ...] = tables(
        Prize, "奖", "money or things, recorded here and given outside", 0, 20, (), later=True, engine=2
    )
    rewards: tuple[RewardRule, ...] = tables(
        RewardRule, "换什么", "the published list of what points buy", 0, 200, (), later=True, engine=2
    )
    merge: Merge = table(Merge, "两户并一户", "what becomes of points and streaks", Merge(), later=True, engine=2)
    answers: Answers = table(Answers, "说清楚的几件事", "what every scheme leaves open", Answers(), later=True)
    frame: Frame | None = table(
        Frame, "给村里的余地", "what a town lets its villages decide", None, later=True, engine=2
    )

    @property
    def cuts(self) -> bool:
        """Whether a round the budget does not cover is paid by one factor; a scheme that says nothing lets it wait."""
        return self.budget is not None and self.budget.short == "factor"

    @property
    def whole_milli(self) -> int:
        """The score of a home with nothing left to wish for, in thousandths: 100 under labels, else the areas' points."""
        if self.labels_only:
            return 100_000
        return sum(area.weight for area in self.sheet.areas if not area.extra) * 1000

    @property
    def most_milli(self) -> int:
        """The highest score there is: the whole and every extra area."""
        return self.whole_milli + sum(area.weight for area in self.sheet.areas if area.extra) * 1000

    @property
    def labels_only(self) -> bool:
        """Whether every area is marked by a word, so that scores are hundredths and weights shares."""
        return self.sheet.marks == "labels" and all(area.marks in ("", "labels") for area in self.sheet.areas)

    def marks_of(self, area: Area) -> str:
        """How an area is marked: its own way, else the sheet's."""
        return area.marks or self.sheet.marks

    def area(self, code: str) -> Area:
        """The area of this code (KeyError where the sheet has none)."""
        return _of(self.sheet.areas, code)

    def label(self, code: str) -> Label:
        """The label of this code (KeyError where the sheet has none)."""
        return _of(self.sheet.labels, code)

    def band(self, code: str) -> Band:
        """The band of this code (KeyError where there is none)."""
        return _of(self.bands, code)

    def ledger(self, code: str) -> Ledger:
        """The ledger of this code (KeyError where there is none)."""
        return _of(self.ledgers, code)

    def list_rule(self, listing: str) -> ListRule | None:
        """The rule of the red or black list, or None where the scheme keeps none."""
        return next((rule for rule in self.lists if rule.listing == listing), None)

    def deed(self, code: str) -> DeedRule | None:
        """The deed of this code, or None where the scheme has none."""
        return next((rule for rule in self.deeds if rule.code == code), None)

    @property
    def helping(self) -> DeedRule | None:
        """What a neighbour's help earns, or None where the scheme gives nothing for it."""
        return next((rule for rule in self.deeds if rule.helping), None)

    def band_of(self, score_milli: int) -> Band:
        """The band that holds a score; the bands of a sound document hold every score exactly once."""
        return next(band for band in self.bands if band.holds(score_milli))

    def rank(self, band_code: str | None) -> int | None:
        """0 for the best band, 1 for the next …; None for a grade this scheme does not know."""
        return next((rank for rank, band in enumerate(self.bands) if band.code == band_code), None)


def _of(rows: tuple[Any, ...], code: str) -> Any:
    for row in rows:
        if row.code == code:
            return row
    raise KeyError(code)


def decimal_text(milli: int) -> str:
    """Thousandths as the shortest decimal: 85000 → '85', 91700 → '91.7'."""
    text = f"{Decimal(milli) / 1000:.3f}"
    return text.rstrip("0").rstrip(".")


def as_data(value: Any) -> Any:
    """A document as plain tables, lists, texts and whole numbers: what TOML and JSON hold; decimals are texts (D5)."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        data = {}
        for row in declared(type(value)):
            held = getattr(value, row.name)
            # A clause that came later is left out where a document has none, so that older ones keep their text.
            if held is None or (row.spec.later and held == row.default):
                continue
            data[row.key] = _plain(row.key, held) if row.spec.kind == "milli" else as_data(held)
        return data
    if isinstance(value, tuple):
        return [as_data(item) for item in value]
    return value


def _plain(key: str, held: int) -> str | int:
    """A decimal as its text; points, where they are whole, as the number that documents always had."""
    return held // 1000 if key == "points" and held % 1000 == 0 else decimal_text(held)


def canonical(document: SchemeDocument) -> str:
    """The canonical JSON text of a document: sorted keys, no blanks, Chinese as it is."""
    return json.dumps(as_data(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """SHA-256 (hexadecimal) of a canonical text: what a version is known by."""
    return hashlib.sha256(text.encode()).hexdigest()
