"""What a simulation supposes about homes and evaluators: every number of it, declared, with its default.

The defaults are the programme's own and come from no source; `fitting` takes from a place's history what can be had there.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import decimal_text
from courtyard.rating.rules.documents.declare import Declared, declared, ident, many, milli, tables, text, whole
from courtyard.rating.rules.loading import load_toml
from courtyard.rating.rules.parsing import read_clause

FORMAT = 1
SHARE = 1000  # the whole, in thousandths


@dataclass(frozen=True, kw_only=True)
class HomeClass:
    """A kind of homes: how large a share of all, and how often such a home is found good, fair or (the rest) poor."""

    code: str = ident("代号", "its identifier")
    name: str = text("叫什么", "its name, for whoever reads the file", 20, "")
    share_milli: int = milli("占几成", "its share of all homes; the shares are together 1", 0, 1)
    good_milli: int = milli("好的机会", "how often such a home is in good order", 0, 1)
    fair_milli: int = milli("一般的机会", "how often it is in fair order; otherwise it is in poor order", 0, 1)


@dataclass(frozen=True, kw_only=True)
class DeedRate:
    """How often a deed of the scheme is recorded, where it differs from the usual."""

    code: str = ident("事项代号", "the deed, as the scheme names it")
    a_year_milli: int = milli("一户一年几次", "how often a home does it in a year", 0, 365)


def _share(zh: str, en: str, default: int) -> Any:
    return milli(zh, en, 0, 1, default)


USUAL = (
    HomeClass(code="steady", name="一向整洁", share_milli=350, good_milli=850, fair_milli=130),
    HomeClass(code="common", name="时好时差", share_milli=500, good_milli=550, fair_milli=350),
    HomeClass(code="strained", name="忙不过来", share_milli=150, good_milli=200, fair_milli=450),
)


@dataclass(frozen=True, kw_only=True)
class Model:
    """The whole of what is supposed."""

    format: int = whole("格式", "the format of this file", FORMAT, FORMAT, FORMAT)
    source: str = text("出处", "where the numbers come from", 200, "程序自带的假设,没有用任何一个地方的历史")
    classes: tuple[HomeClass, ...] = tables(HomeClass, "农户的几类", "kinds of homes", 1, 6, USUAL)
    persistence_milli: int = _share(
        "和上月一样的机会",
        "how often a home is in last month's order; otherwise its order is drawn anew from its class",
        500,
    )
    recovers_milli: int = _share(
        "差过以后变好的机会",
        "how often a home that was in poor order and would be so again is in fair order instead",
        300,
    )
    dip_months: tuple[int, ...] = many(
        "months",
        "农忙和过年的月份",
        "months in which homes are in worse order: harvest, the Spring Festival",
        0,
        12,
        (2, 6, 9),
    )
    dip_milli: int = _share("农忙时差一级的机会", "how often a home is then a step worse than it would be", 80)
    spread_milli: int = _share("一处和全家不一样的机会", "how often an area is a step off the order of its home", 200)
    disagreement_milli: int = _share(
        "评比员看法不同的机会", "how often an evaluator marks an area a step off what it is", 100
    )
    raters: int = whole("几个人评", "evaluators a visit; 0: as many as the scheme asks for", 0, 15, 0)
    visits: int = whole("一期看几次", "visits in one period (a month scored from weekly looks: 4)", 1, 7, 1)
    kin_milli: int = _share("评比员是亲戚的机会", "how often an evaluator is kin", 20)
    away_milli: int = _share("没在家的机会", "how often nobody is at home", 40)
    declined_milli: int = _share("没同意进屋的机会", "how often a home does not open the areas that need consent", 80)
    noted_milli: int = _share(
        "写明看到什么的机会", "how often an evaluator who marks an area less than the best names what was seen", 900
    )
    mended_milli: int = _share("当场改好的机会", "how often what was seen is mended at the door", 200)
    lacking_milli: int = _share("没有这一项的机会", "how often a home has not what an optional item asks about", 100)
    contributes_milli: int = _share("有附加分的机会", "how often a home has something to show in an extra area", 200)
    checked_milli: int = _share("抽查几成", "the share of rated homes the level above looks at again each period", 50)
    checked_best_milli: int = _share(
        "等抽查的再查几成", "the same, of homes in the best grade, where a clause waits for a check", 1000
    )
    empty_milli: int = _share("没人住的几成", "the share of homes nobody lives in", 80)
    apart_milli: int = _share("不参加的几成", "the share of homes that do not take part", 10)
    care_milli: int = _share("照顾户的几成", "the share of homes on the care list", 50)
    members_most: int = whole(
        "一户最多几口", "a home has one to so many persons who count, each number as often", 1, 12, 4
    )
    group_homes: int = whole("一组几户", "homes in a group", 1, 1000, 40)
    village_homes: int = whole("一村几户", "homes in a village", 1, 10_000, 400)
    deeds_a_year_milli: int = milli(
        "一户一年做几件得分的事", "deeds that earn, a home and year, all of the scheme's together", 0, 365, 2000
    )
    losses_a_year_milli: int = milli(
        "一户一年几件减分的事", "deeds that take off, a home and year, all together", 0, 365, 50
    )
    deeds: tuple[DeedRate, ...] = tables(DeedRate, "个别事项", "deeds that are done more or less often", 0, 100, ())
    disputed_milli: int = _share("减分后提异议的机会", "how often a deed that takes off is disputed", 50)
    repaired_milli: int = _share("减分后改正的机会", "how often a deed that takes off is put right ten days later", 600)
    comes_milli: int = _share(
        "来兑换的机会", "how often a home with points comes to the shop in a month it is open", 300
    )
    spends_milli: int = _share("肯花几成", "the share of its points it is ready to spend then", 800)
    things: int = whole(
        "一次最多换几样", "things it takes at most each time, each drawn from what it can afford", 1, 10, 2
    )


# Where the homes counted are already those that are lived in and take part.
LIVED_IN = Model(empty_milli=0, apart_milli=0)


def read_model(text: str) -> Model | list[Problem]:
    """A model from its TOML, or every fault of it."""
    data = load_toml(text)
    if isinstance(data, Problem):
        return [data]
    problems: list[Problem] = []
    quiet = data.get("dip_months") == []  # no month at all is a thing to say here
    if quiet:
        del data["dip_months"]
    model: Model = read_clause(Model, data, problems)
    if not model.classes:
        model = dataclasses.replace(model, classes=USUAL)
    if quiet:
        model = dataclasses.replace(model, dip_months=())
    if not problems:
        problems += _unsound(model)
    return problems or model


def _unsound(model: Model) -> list[Problem]:
    """Shares that are not together a whole."""
    found = []
    total = sum(one.share_milli for one in model.classes)
    if total != SHARE:
        found.append(Problem("rating.model_shares", {"clause": "classes", "found": f"{total / SHARE:g}"}))
    for one in model.classes:
        if one.good_milli + one.fair_milli > SHARE:
            both = f"{(one.good_milli + one.fair_milli) / SHARE:g}"
            found.append(Problem("rating.model_more_than_all", {"clause": f"classes[{one.code}]", "found": both}))
    return found


def write_model(model: Model, notes: Mapping[str, str] | None = None) -> str:
    """A model as TOML: every number, the default ones too, each with what it means; `notes` by key stand beside."""
    lines: list[str] = []
    rows: list[str] = []
    for key in declared(Model):
        held = getattr(model, key.name)
        note = (notes or {}).get(key.key, "")
        said = f"# {key.spec.zh}{f'({note})' if note else ''}"
        if key.spec.kind == "tables":
            rows += ["", said]
            for one in held:
                rows += [
                    f"[[{key.key}]]",
                    *(
                        f"{row.key} = {_value(row, one)}"
                        for row in declared(HomeClass if key.key == "classes" else DeedRate)
                    ),
                    "",
                ]
        else:
            lines += [said, f"{key.key} = {_value(key, model)}"]
    text = "\n".join(lines + rows).replace("\n\n\n", "\n\n")
    return text.rstrip("\n") + "\n"


def _value(key: Declared, clause: Any) -> str:
    held = getattr(clause, key.name)
    return decimal_text(held) if key.spec.kind == "milli" else json.dumps(held, ensure_ascii=False)
