"""courtyard simulate FILE: a scheme's year before it is lived, many times over; --fit PATH: the model of a place."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import CommandError
from django.utils import timezone

from courtyard.inspections.queries.histories import histories
from courtyard.kernel.days import day_of
from courtyard.kernel.sentences import say
from courtyard.ops.ground import make_ready
from courtyard.ops.naming import month
from courtyard.ops.operation import EARLIEST, LATEST, Operation
from courtyard.ops.printing import must_end, put
from courtyard.ops.scheme_files import faults, sound_document
from courtyard.ops.simulation_words import as_json, as_words
from courtyard.places.queries import by_path, full_name
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.reading import exact_milli
from courtyard.rating.rules.simulating import (
    Model,
    Shopping,
    could_shop,
    fit,
    read_model,
    simulate,
    unfit,
    unknown_deed,
    write_model,
)
from courtyard.shop.queries.coming import home_months

# Without --seeds: as many as take seconds, at most so many; where that is too few for an interval, one.
HOME_MONTHS, SEEDS_USUAL, SEEDS_FEWEST = 144_000, 200, 20
MODEL_BYTES = 100_000
POINTS_MOST = 1_000_000
FEWEST = 10  # fewer homes than these say nothing without saying who


def _wrong(words: str) -> NoReturn:
    """What was asked cannot be: exit 2."""
    raise CommandError(words, returncode=2)


class Command(Operation):
    help = "模拟一份积分办法的一年(或几个月):发多少分、结余多少、花多少钱、多少户换得起什么、黑榜是不是总落在同几户。"
    ground = False

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="积分办法的文件")
        parser.add_argument("--households", metavar="N", type=int, help="多少户(1 到 100000)")
        parser.add_argument("--months", metavar="M", type=int, default=12, help="多少个月(1 到 36),不写是 12")
        parser.add_argument("--seed", metavar="S", type=int, default=1, help="第一个种子;种子一样,结果一样")
        parser.add_argument(
            "--seeds",
            metavar="K",
            type=int,
            help="算多少遍(种子 S、S+1 …);不写就看户数:几秒钟算得完的遍数,大的地方一遍",
        )
        parser.add_argument("--budget", metavar="YUAN", help="预算(元):看有多少遍超出")
        parser.add_argument("--start", metavar="YYYY-MM", default="", help="从哪个月起;不写是明年 1 月")
        parser.add_argument("--model", metavar="F.toml", type=Path, help="假设的文件;不写用程序自带的假设")
        parser.add_argument(
            "--price", metavar="NAME=POINTS", action="append", default=[], help="超市里一样东西要几分,可以写多次"
        )
        parser.add_argument("--processes", metavar="P", type=int, default=0, help="用几个进程;不写就看机器,结果一样")
        parser.add_argument("--fit", metavar="PATH", default="", help="不模拟:按一个地方关了账的轮次估计假设,输出 TOML")
        parser.add_argument("--out", metavar="F.toml", type=Path, help="--fit 的结果写到文件;不写就输出到屏幕")
        parser.add_argument("--json", action="store_true", help="只输出 JSON(docs/how-to/simulate-a-scheme.md)")

    def run(self, options: dict[str, Any]) -> None:
        if options["fit"]:
            self._fit(options)
            return
        document = sound_document(options["file"])
        households, months = options["households"], options["months"]
        if households is None:
            _wrong("没有写多少户。请加 --households,例如 --households 320。")
        seeds = options["seeds"]
        if seeds is None:
            seeds = min(SEEDS_USUAL, HOME_MONTHS // max(1, households * months))
            seeds = seeds if seeds >= SEEDS_FEWEST else 1
        model, budget, priced = _model(options["model"]), _fen(options["budget"]), _prices(options["price"])
        start = _start(options["start"])
        problem = unfit(households, months, seeds) or unknown_deed(document, model)
        if problem is not None:
            _wrong(say(problem))
        first = options["seed"]
        processes = min(seeds, max(1, options["processes"] or os.cpu_count() or 1))
        with _spread(processes) as spread:
            found = simulate(
                document, model, households, months, range(first, first + seeds), start,
                priced=priced, spread=spread, parts=processes,
            )  # fmt: skip
        if options["json"]:
            self.answer(as_json(found, budget))
        else:
            for line in as_words(found, budget):
                self.stdout.write(line)

    def _fit(self, options: dict[str, Any]) -> None:
        document: SchemeDocument = sound_document(options["file"])
        if options["out"]:
            must_end(options["out"], ".toml")
        base = _model(options["model"])
        make_ready()
        place = by_path(options["fit"])
        lived = histories([place.path])
        if len(lived) < FEWEST:
            raise CommandError(
                f"{full_name(place)}关了账的轮次里只有 {len(lived)} 户,少于 {FEWEST} 户,估计不出。请先用程序自带的假设。"
            )
        fitted = fit(document, lived, Shopping(home_months([place.path]), could_shop(lived)), base)
        text = write_model(fitted.model, fitted.notes)
        if options["out"]:
            put(options["out"], text.encode())
            self.stdout.write(
                f"按{full_name(place)} {len(lived)} 户的历史估计了 {len(fitted.notes)} 项,写到 {options['out']}。"
            )
        else:
            self.stdout.write(text)


@contextmanager
def _spread(processes: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """A map over one process or several; these are new ones that know nothing of this one's connections."""
    if processes == 1:
        yield map
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield pool.map


def _model(file: Path | None) -> Model:
    if file is None:
        return Model()
    if not file.is_file():
        _wrong(f"没有找到假设的文件「{file}」。")
    if file.stat().st_size > MODEL_BYTES:
        _wrong(f"假设的文件「{file}」太大。请核对是不是这个文件。")
    found = read_model(file.read_bytes().decode("utf-8", errors="replace"))
    if isinstance(found, list):
        _wrong("\n".join([*faults(tuple(found)), f"假设的文件「{file}」有 {len(found)} 处要改。"]))
    return found


def _fen(text: str | None) -> int | None:
    """Yuan with at most two decimals as fen."""
    if text is None:
        return None
    milli = exact_milli(text)
    if milli is None or milli < 0 or milli % 10:
        _wrong(f"预算「{text}」应当是多少元,最多两位小数,例如 12000。")
    return milli // 10


def _prices(rows: list[str]) -> tuple[tuple[str, int], ...]:
    found = []
    for row in rows:
        name, _, points = row.partition("=")
        if not name.strip() or not points.isascii() or not points.isdigit() or not 1 <= int(points) <= POINTS_MOST:
            _wrong(f"「{row}」应当写成 名称=几分,例如 肥皂=10。")
        found.append((name.strip(), int(points)))
    return tuple(found)


def _start(text: str) -> date:
    if not text:
        return date(day_of(timezone.now()).year + 1, 1, 1)
    try:
        found = month(text)
    except CommandError as error:
        _wrong(str(error))
    if not EARLIEST <= found.year <= LATEST:
        _wrong(f"「{text}」的年份不对,要在 {EARLIEST} 到 {LATEST} 之间。")
    return found
