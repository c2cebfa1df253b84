"""What a simulation came to, in plain Chinese and as JSON: amounts in yuan, every figure with its interval."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unicodedata import east_asian_width

from courtyard.kernel.money import yuan
from courtyard.rating.rules.documents import decimal_text
from courtyard.rating.rules.simulating import Figure, Simulated

SHARE = 1000
NONE = Figure(0, 0, 0)
_HEADS = ("月份", "评上", "没评上", "免看", "发出", "减掉", "换走", "过期清零", "月末结余", "花费(元)")
_PARTS = ("issued", "taken", "redeemed", "lapsed", "outstanding")


def as_words(found: Simulated, budget_fen: int | None) -> Iterator[str]:
    """The lines a person reads."""
    document, seeds = found.document, found.seeds
    yield (
        f"「{document.name}」({document.code}):{found.households} 户,其中有人住又参加的 {_plain(found.homes)} 户;"
        f"从 {found.start:%Y-%m} 起 {found.months} 个月,算了 {len(seeds)} 遍(种子 {seeds[0]}—{seeds[-1]})。"
    )
    if len(seeds) > 1:
        yield "每个数写的是中间的那一遍;括号里是二十遍里有十八遍落在的范围。"
    else:
        yield "只算了一遍,看不出范围;要范围请加 --seeds 200。"
    spendable = [ledger for ledger in document.ledgers if ledger.spendable]
    for ledger in spendable or document.ledgers[:1]:
        yield ""
        yield f"逐月(「{ledger.name}」,各数取中间):"
        yield from _table(found, ledger.code)
    yield ""
    yield from _year(found)
    yield from _rewards(found)
    yield from _black(found)
    yield ""
    yield from _cost(found, budget_fen)


def _table(found: Simulated, ledger: str) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [_HEADS]
    for number, month in enumerate(found.series):
        at = found.start.year * 12 + found.start.month - 1 + number
        points = [decimal_text(month.get(f"{part}:{ledger}", NONE).mid) for part in _PARTS]
        homes = [str(month.get(part, NONE).mid) for part in ("rated", "unrated", "carried")]
        rows.append((f"{at // 12}-{at % 12 + 1:02d}", *homes, *points, yuan(month.get("cost_fen", NONE).mid)))
    widths = [max(_wide(row[place]) for row in rows) for place in range(len(_HEADS))]
    for row in rows:
        yield "  ".join(" " * (width - _wide(cell)) + cell for cell, width in zip(row, widths, strict=True))


def _year(found: Simulated) -> Iterator[str]:
    document, whole = found.document, found.whole
    rated = whole.get("rated", NONE)
    yield "合计"
    grades = "、".join(f"{band.name} {_plain(whole.get(f'grade:{band.code}', NONE))}" for band in document.bands)
    yield f"  评上 {_plain(rated)} 户次:{grades};没评上 {_plain(whole.get('unrated', NONE))},轻轮次免看 {_plain(whole.get('carried', NONE))}。"
    for ledger in document.ledgers:
        said = [
            f"{words} {_points(whole[f'{part}:{ledger.code}'])}"
            for part, words in zip(_PARTS, ("发出", "减掉", "换走", "过期清零", "结余"), strict=True)
            if whole.get(f"{part}:{ledger.code}", NONE).high
        ]
        yield f"  「{ledger.name}」(分):{'、'.join(said) or '没有变动'}。"
    red, given, lost = (whole.get(name, NONE) for name in ("red", "given", "lost"))
    if red.high or given.high:
        yield f"  红榜候选 {_plain(red)} 户次;得称号 {_plain(given)} 次,收回 {_plain(lost)} 次。"
    if whole.get("refused", NONE).high:
        yield f"  来兑换时门槛没到、没换成的 {_plain(whole['refused'])} 次。"


def _rewards(found: Simulated) -> Iterator[str]:
    if not found.rewards:
        yield "  办法和 --price 都没有写东西的价:兑换按分算,看不出多少户换得起什么。"
    for row in found.rewards:
        yield (
            f"  「{row.name}」{row.points} 分:手里攒够过的 {_share(row.reached_milli)} 的户,换过的 {_share(row.bought_milli)}。"
        )


def _black(found: Simulated) -> Iterator[str]:
    black = found.black
    if not black.entries.high:
        return
    yield (
        f"  黑榜候选 {_plain(black.entries)} 户次(还要走完告知、异议才公示);其中 {_share(black.again_milli)} 落在当年已经"
        f"上过的户;一年两次以上的 {_plain(black.twice)} 户,三次以上的 {_plain(black.thrice)} 户。"
    )


def _cost(found: Simulated, budget_fen: int | None) -> Iterator[str]:
    cost, prizes = found.cost_fen, found.whole.get("prizes_fen", NONE)
    yield (
        f"花费 {_money(cost)}(发出的分按值多少钱算,加奖金 {_money(prizes)});"
        f"换走的值 {_money(found.whole.get('redeemed_fen', NONE))}。"
    )
    if found.unpriced:
        names = "、".join(f"「{found.document.ledger(code).name}」" for code in found.unpriced)
        yield f"办法没有写 {names} 一分约值多少钱(worth_fen),花费里没有算它。"
    if budget_fen is None:
        return
    over, count = found.over(budget_fen), len(found.seeds)
    if found.unpriced:
        yield f"预算 {yuan(budget_fen)} 元:有的分没有写值多少钱,说不出够不够。请在办法里写上 worth_fen。"
    elif cost.high <= budget_fen:
        yield f"预算 {yuan(budget_fen)} 元:在预算以内;{count} 遍里超出的 {over} 遍({_milli(over * SHARE // count)})。"
    else:
        yield f"预算 {yuan(budget_fen)} 元:超出预算;{count} 遍里超出的 {over} 遍({_milli(over * SHARE // count)})。"


def as_json(found: Simulated, budget_fen: int | None) -> dict[str, Any]:
    """The same as plain tables: points as decimal texts, money in fen, shares in thousandths."""
    budget = None
    if budget_fen is not None:
        over = found.over(budget_fen)
        inside = found.cost_fen.high <= budget_fen and not found.unpriced
        over_milli = over * SHARE // len(found.seeds)
        budget = {"budget_fen": budget_fen, "inside": inside, "over": over, "over_milli": over_milli}
    return {
        "scheme": found.document.code,
        "households": found.households,
        "homes": _three(found.homes),
        "start": f"{found.start:%Y-%m}",
        "seeds": list(found.seeds),
        "months": [_named(month) for month in found.series],
        "whole": _named(found.whole),
        "rewards": [
            {"name": row.name, "points": row.points, "reached_milli": _three(row.reached_milli),
             "bought_milli": _three(row.bought_milli)}
            for row in found.rewards
        ],
        "black": {name: _three(getattr(found.black, name)) for name in ("entries", "again_milli", "twice", "thrice")},
        "cost_fen": {**_three(found.cost_fen), "seeds": list(found.costs_fen)},
        "unpriced": list(found.unpriced),
        "budget": budget,
    }  # fmt: skip


def _named(figures: dict[str, Figure]) -> dict[str, Any]:
    """Figures by name; those of a ledger or a grade as a table under theirs."""
    found: dict[str, Any] = {}
    for name, one in figures.items():
        what, _, code = name.partition(":")
        said = _three(one, points=what in _PARTS)
        if code:
            found.setdefault(what, {})[code] = said
        else:
            found[what] = said
    return found


def _three(one: Figure, *, points: bool = False) -> dict[str, Any]:
    values = {"low": one.low, "mid": one.mid, "high": one.high}
    return {key: decimal_text(value) for key, value in values.items()} if points else values


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _between(one: Figure, low: str, mid: str, high: str) -> str:
    return mid if one.low == one.high else f"{mid}({low}—{high})"


def _plain(one: Figure) -> str:
    return _between(one, str(one.low), str(one.mid), str(one.high))


def _points(one: Figure) -> str:
    return _between(one, decimal_text(one.low), decimal_text(one.mid), decimal_text(one.high))


def _share(one: Figure) -> str:
    return _between(one, _milli(one.low), _milli(one.mid), _milli(one.high))


def _money(one: Figure) -> str:
    return f"{_between(one, yuan(one.low), yuan(one.mid), yuan(one.high))} 元"


def _milli(milli: int) -> str:
    return f"{milli // 10}.{milli % 10} %"
