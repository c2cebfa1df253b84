"""The journal: its chains, its receipts, its rows, its lives (D8, D18)."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from courtyard.ops.verify.findings import Looking, from_sql, shown
from courtyard.ops.verify.raw import encode, grown, utc
from courtyard.ops.verify.source import Source
from courtyard.records.rules import plain
from courtyard.records.triggers import growing

ENTRIES = (
    'SELECT id, chain_id, number, verb, subject, by_kind, "by", at, rows, digest, answer, canonical, previous, hash'
    " FROM records_entry ORDER BY chain_id, number"
)


def canonical_text(row: tuple[Any, ...]) -> str:
    """The entry's hashed text from its own columns: an altered column no longer gives it."""
    entry, chain, number, verb, subject, by_kind, by, at, rows, _, answer = row[:11]
    when = utc(at) if isinstance(at, str) else plain(at)
    return encode([plain(entry), plain(chain), number, verb, subject, by_kind, plain(by), when, answer, rows])


def chain(source: Source) -> Looking:
    """Numbers without a gap, each entry sealed to the one before, the head row at the last entry."""
    heads = {shown(place): (number, head) for place, number, head in source.rows(HEADS)}
    count = 0
    for place, rows in groupby(source.rows(ENTRIES), key=lambda row: shown(row[1])):
        number, previous = 0, ""
        for row in rows:
            count += 1
            number += 1
            name = f"账本 {place} 第 {row[2]} 条(编号 {shown(row[0])})"
            if row[2] != number:
                yield f"账本 {place} 缺第 {number} 条:下一条是第 {row[2]} 条"
                number = int(row[2])
            if row[11] != canonical_text(row):
                yield f"{name}的栏目与当时封存的原文不一样"
            if row[12] != previous:
                yield f"{name}没有接在上一条后面"
            if row[13] != hashlib.sha256(f"{row[12]}\n{row[11]}\n{row[9]}".encode()).hexdigest():
                yield f"{name}的封印与内容不符"
            previous = row[13]
        if place not in heads:
            yield f"账本 {place} 没有头行"
        elif heads.pop(place) != (number, previous):
            yield f"账本 {place} 的头行与最后一条(第 {number} 条)不符"
    for place, (number, _) in heads.items():
        if number:
            yield f"账本 {place} 的头行说有 {number} 条,一条也没有"
    return f"{count} 条"


HEADS = "SELECT place, number, head FROM records_chain ORDER BY place"


def entries(source: Source) -> Looking:
    """Every growing row is as its entry sealed it; none is missing, none was added."""
    tables = source.tables()
    models = [
        model
        for model in growing()
        if model._meta.db_table in tables and any(field.column == "entry" for field in model._meta.concrete_fields)
    ]
    streams = heapq.merge(*(grown(source, model) for model in models), key=itemgetter(0))
    rows = groupby(streams, key=itemgetter(0))
    waiting = next(rows, None)
    count = 0
    for raw, verb, number, seal in source.rows("SELECT id, verb, rows, digest FROM records_entry ORDER BY id"):
        entry = shown(raw)
        while waiting is not None and waiting[0] < entry:
            yield _orphan(waiting[1])
            waiting = next(rows, None)
        texts: list[str] = []
        if waiting is not None and waiting[0] == entry:
            texts = sorted(text for _, text in waiting[1])
            waiting = next(rows, None)
        count += len(texts)
        if len(texts) != number:
            yield f"记录 {entry}({verb})写了 {number} 行,现在有 {len(texts)} 行"
        if hashlib.sha256("".join(text + "\n" for text in texts).encode()).hexdigest() != seal:
            yield f"记录 {entry}({verb})写下的行被改过:{_first(texts)}"
    while waiting is not None:
        yield _orphan(waiting[1])
        waiting = next(rows, None)
    return f"{count} 行"


def _orphan(rows: Iterator[tuple[str, str]]) -> str:
    entry, text = next(rows)
    return f"{_name(text)} 说是记录 {entry} 写的,没有这条记录"


def _first(texts: list[str]) -> str:
    tables = sorted({_name(text).partition(" ")[0] for text in texts})
    return "、".join(tables) if tables else "没有行"


def _name(text: str) -> str:
    table, key = json.loads(text)[:2]
    return f"{table} {key}"


receipts = from_sql(
    "SELECT r.command, r.verb, e.verb FROM records_receipt r LEFT JOIN records_entry e ON e.id = r.entry"
    " WHERE e.id IS NULL OR e.verb <> r.verb",
    "回执 {0}({1})指的记录不是这件事({2})",
    "回执都有记录",
)

# Each life after the first was begun by an action; its number and why stand in that action's entry.
EPOCHS = """
SELECT p.number, p.why, p.at, e.answer, e.at FROM records_epoch p
LEFT JOIN records_entry e ON e.verb = 'records.begin_epoch' AND e.subject = CAST(p.number AS text)
ORDER BY p.number
"""


def epochs(source: Source) -> Looking:
    """The lives of this database have rising numbers from 2 on, and each was begun by its entry."""
    last, lives = 1, 0
    for number, why, at, answer, entered in source.rows(EPOCHS):
        if number <= last:
            yield f"第 {number} 世不能在第 {last} 世以后"
        if answer is None or json.loads(answer) != {"epoch": number, "why": why} or at != entered:
            yield f"第 {number} 世与开始它的那条记录不符"
        last, lives = number, lives + 1
    begun = source.one("SELECT count(*) FROM records_entry WHERE verb = 'records.begin_epoch'")
    if begun != lives:
        yield f"有 {begun} 条记录开始过新的一世,现在只剩 {lives} 世"
    return f"第 {last} 世"
