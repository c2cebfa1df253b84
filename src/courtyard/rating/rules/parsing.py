"""From tables to a scheme document: every clause read, every fault named. `check_toml` is what an author is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.rating.rules import documents as d
from courtyard.rating.rules.coherence import incoherent
from courtyard.rating.rules.linter import refused, warned
from courtyard.rating.rules.reading import Reader, load_json, load_toml

ENGINES = (1,)
LEVELS = ("town", "village")


@dataclass(frozen=True)
class Check:
    """What reading a scheme text found: the document where it is sound, else every problem; warnings beside."""

    document: d.SchemeDocument | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


def check_toml(text: str) -> Check:
    """Read a scheme as a town writes it (TOML): all faults at once, then what the linter refuses or warns of."""
    return _check(load_toml(text))


def check_json(text: str) -> Check:
    """Read a scheme from its canonical JSON, by the same rules as its TOML."""
    return _check(load_json(text))


def parse_json(text: str) -> d.SchemeDocument | Problem:
    """A stored version's document. The linter of today is not asked: what was adopted stays readable."""
    data = load_json(text)
    if isinstance(data, Problem):
        return data
    problems: list[Problem] = []
    document = _document(data, problems)
    return problems[0] if problems else document


def _check(data: dict[str, Any] | Problem) -> Check:
    if isinstance(data, Problem):
        return Check(None, (data,))
    problems: list[Problem] = []
    document = _document(data, problems)
    if not problems:
        problems.extend(incoherent(document))
    if not problems:
        problems.extend(refused(document))
    if problems:
        return Check(None, tuple(problems))
    return Check(document, (), tuple(warned(document)))


def _document(data: dict[str, Any], problems: list[Problem]) -> d.SchemeDocument:
    top = Reader(data, "", problems)
    document = d.SchemeDocument(
        format=top.whole("format", d.FORMAT, d.FORMAT),
        engine=top.whole("engine", ENGINES[0], ENGINES[-1]),
        code=top.code(),
        name=top.text("name", most=60),
        source=top.text("source", most=500),
        account=top.choice("account", ("household",)),
        scope=_scope(top.table("scope")),
        coverage=_coverage(top.table("coverage")),
        sheet=_sheet(top.table("sheet")),
        aggregate=_aggregate(top.table("aggregate")),
        bands=tuple(_band(row) for row in top.tables("bands", least=2, most=12)),
        ledgers=tuple(_ledger(row) for row in top.tables("ledgers", least=1, most=1)),
        awards=tuple(_award(row) for row in top.tables("awards", least=1, most=60)),
        caps=tuple(_cap(row) for row in top.tables("caps", least=0, most=8)),
        lists=tuple(_list(row) for row in top.tables("lists", least=0, most=2)),
        titles=tuple(_title(row) for row in top.tables("titles", least=0, most=8)),
        process=_process(top.table("process")),
        card=_card(top.table("card")),
        budget=_budget(row) if (row := top.optional("budget")) else None,
        deeds=tuple(_deed(row) for row in top.tables("deeds", least=0, most=40)),
    )
    top.close()
    return document


def _scope(row: Reader) -> d.Scope:
    levels = row.items("levels", least=1, most=2, write='级别的列表,如 ["village"]')
    if any(level not in LEVELS for level in levels):
        found = "、".join(str(level)[:20] for level in levels)
        facts = {"clause": row.clause("levels"), "found": found, "choices": "、".join(LEVELS)}
        row.problems.append(Problem("rating.clause_not_one_of", facts))
        levels = [LEVELS[1]]
    scope = d.Scope(tuple(dict.fromkeys(levels)), row.choice("period", ("month",)))
    row.close()
    return scope


def _coverage(row: Reader) -> d.Coverage:
    months = row.items("full_months", least=1, most=12, write="月份的列表,如 [1, 4, 7, 10]")
    if any(isinstance(month, bool) or not isinstance(month, int) or not 1 <= month <= 12 for month in months):
        facts = {"clause": row.clause("full_months"), "found": str(months)[:40], "least": 1, "most": 12}
        row.problems.append(Problem("rating.clause_out_of_range", facts))
        months = [1]
    coverage = d.Coverage(
        full_months=tuple(sorted(set(months))),
        drawn_share_milli=row.milli("drawn_share", 0, 1),
        carried_band=row.code("carried_band"),
        carried_earns=row.flag("carried_earns"),
        unpublished=row.flag("unpublished", default=False),
    )
    row.close()
    return coverage


def _sheet(row: Reader) -> d.Sheet:
    sheet = d.Sheet(
        marks=row.choice("marks", ("labels",)),
        missing_area=row.choice("missing_area", ("renormalise", "not_rated")),
        labels=tuple(_label(label) for label in row.tables("labels", least=2, most=9)),
        areas=tuple(_area(area) for area in row.tables("areas", least=1, most=40)),
    )
    row.close()
    return sheet


def _label(row: Reader) -> d.Label:
    label = d.Label(
        code=row.code(),
        name=row.text("name", most=12),
        key=row.text("key", most=1),
        score_milli=row.milli("score", 0, 100),
        unpublished=row.flag("unpublished", default=False),
    )
    row.close()
    return label


def _area(row: Reader) -> d.Area:
    area = d.Area(
        code=row.code(),
        name=row.text("name", most=20),
        weight=row.whole("weight", 1, 100),
        looks=row.text("looks", most=200),
        consent=row.flag("consent", default=False),
        pictures=tuple(_picture(picture) for picture in row.tables("pictures", least=0, most=60)),
        unpublished=row.flag("unpublished", default=False),
        drawing=row.choice("drawing", d.DRAWINGS, default=""),
    )
    row.close()
    return area


def _picture(row: Reader) -> d.Picture:
    picture = d.Picture(
        code=row.code(),
        name=row.text("name", most=20),
        seen=row.text("seen", most=80),
        mend=row.text("mend", most=80),
        needs_words=row.flag("needs_words", default=False),
    )
    row.close()
    return picture


def _aggregate(row: Reader) -> d.Aggregate:
    aggregate = d.Aggregate(
        method=row.choice("method", d.METHODS),
        even=row.choice("even", d.EVENS, default="mean"),
        raters_least=row.whole("raters_least", 1, 15),
        rounding=row.choice("rounding", d.ROUNDINGS),
        area_digits=row.whole("area_digits", 0, 3),
        score_digits=row.whole("score_digits", 0, 3),
        unpublished=row.flag("unpublished", default=False),
    )
    row.close()
    return aggregate


def _band(row: Reader) -> d.Band:
    band = d.Band(
        code=row.code(),
        name=row.text("name", most=12),
        least_milli=row.milli("least", 0, 100),
        most_milli=row.milli("most", 0, 100),
        includes=row.choice("includes", d.INCLUDES),
        unpublished=row.flag("unpublished", default=False),
    )
    row.close()
    return band


def _ledger(row: Reader) -> d.Ledger:
    ledger = d.Ledger(
        code=row.code(),
        name=row.text("name", most=20),
        spendable=row.flag("spendable"),
        worth_fen=row.whole("worth_fen", 1, 100_000, default=None),
        unpublished=row.flag("unpublished", default=False),
    )
    row.close()
    return ledger


def _award(row: Reader) -> d.AwardRule:
    kind = row.choice("kind", d.AWARD_KINDS)
    award = d.AwardRule(
        code=row.code(),
        kind=kind,
        name=row.text("name", most=40),
        points=row.whole("points", 0, 10_000),
        ledger=row.code("ledger"),
        band=row.code("band") if kind in ("band", "streak") else None,
        rounds=row.whole("rounds", 2, 24) if kind == "streak" else None,
        steps=row.whole("steps", 1, 11) if kind == "improvement" else None,
        unpublished=row.flag("unpublished", default=False),
    )
    row.close()
    return award


def _deed(row: Reader) -> d.DeedRule:
    deed = d.DeedRule(
        code=row.code(),
        name=row.text("name", most=20),
        points=row.whole("points", 1, 1_000),
        ledger=row.code("ledger"),
        year_points=row.whole("year_points", 1, 10_000),
        needs_evidence=row.flag("needs_evidence"),
        helping=row.flag("helping", default=False),
        unpublished=row.flag("unpublished", default=False),
    )
    row.close()
    return deed


def _cap(row: Reader) -> d.Cap:
    cap = d.Cap(
        code=row.code(),
        ledger=row.code("ledger"),
        per=row.choice("per", ("year",)),
        points=row.whole("points", 1, 1_000_000),
        unpublished=row.flag("unpublished", default=False),
    )
    row.close()
    return cap


def _list(row: Reader) -> d.ListRule:
    listing = row.choice("listing", d.LISTINGS)
    rule = d.ListRule(
        code=row.code(),
        listing=listing,
        name=row.text("name", most=20),
        band=row.code("band"),
        raters_least=row.whole("raters_least", 1, 15),
        needs_finding=row.flag("needs_finding", default=False),
        kin_excluded=row.flag("kin_excluded", default=listing == "black"),
        reach=row.choice("reach", d.REACHES),
        unpublished=row.flag("unpublished", default=False),
    )
    row.close()
    return rule


def _title(row: Reader) -> d.Title:
    title = d.Title(
        code=row.code(),
        name=row.text("name", most=20),
        band=row.code("band"),
        rounds=row.whole("rounds", 2, 24),
        unpublished=row.flag("unpublished", default=False),
    )
    row.close()
    return title


def _process(row: Reader) -> d.Process:
    process = d.Process(
        notice_working_days=row.whole("notice_working_days", 3, 30),
        objection_working_days=row.whole("objection_working_days", 1, 7),
        town_second_look_working_days=row.whole("town_second_look_working_days", 1, 10),
        expiry_days=row.whole("expiry_days", 1, 90),
        mend_days=row.whole("mend_days", 1, 30),
        unpublished=row.flag("unpublished", default=False),
    )
    row.close()
    return process


def _card(row: Reader) -> d.Card:
    card = d.Card(name=row.text("name", most=20), disclaimer=row.text("disclaimer", most=60))
    row.close()
    return card


def _budget(row: Reader) -> d.Budget:
    short = row.choice("short", d.SHORTS)
    rounding = row.choice("rounding", ("down",)) if short == "factor" else None
    budget = d.Budget(short, rounding, unpublished=row.flag("unpublished", default=False))
    row.close()
    return budget
