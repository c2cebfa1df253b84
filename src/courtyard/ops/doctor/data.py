"""The database and those who work on it: sound, as declared, as new as the program; served and worked on."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections

from courtyard.ops import numbers
from courtyard.ops.doctor.findings import NOTE, WELL, WRONG, Looking
from courtyard.ops.ground import Occupied, alone, is_fresh, pending, unknown
from courtyard.ops.serving.work import heartbeat
from courtyard.ops.verify.catalogue import constraints, database, foreign_keys, triggers
from courtyard.ops.verify.findings import carry_out
from courtyard.ops.verify.source import open_source
from courtyard.records.epochs import current, is_behind
from courtyard.records.models import Job
from courtyard.records.rules import JobState

BEAT, LATE = timedelta(seconds=60), timedelta(hours=1)
LOOKS = {"database": database, "triggers": triggers, "constraints": constraints, "foreign_keys": foreign_keys}
ACCESS = {"database": database, "triggers": triggers}


def missing_files() -> list[Path]:
    """SQLite files of this installation that are not there."""
    names = [Path(str(connections[a].settings_dict["NAME"])) for a in connections if connections[a].vendor == "sqlite"]
    return [name for name in names if not name.exists()]


def reachable(at: datetime) -> Looking:
    """The database is there and answers."""
    gone = missing_files()
    if gone:
        yield WRONG, f"没有数据库文件 {gone[0]}。新装的请运行 courtyard setup;原来有的,请从备份恢复,不要新建。"
        return
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    yield WELL, f"数据库({connections['default'].vendor})打得开"


def migrations(at: datetime) -> Looking:
    """Tables and program are of the same version."""
    for alias in connections:
        if is_fresh(alias):
            yield WRONG, f"数据库({alias})还没有建表。请运行 courtyard setup。"
            return
    newer = unknown()
    if newer:
        yield WRONG, f"数据库比程序新({newer[0]})。请换用新版程序。"
    waiting = [name for alias in connections for name in pending(alias)]
    if waiting:
        yield WRONG, f"数据库还差 {len(waiting)} 步({waiting[0]})。请先 courtyard backup,再 courtyard setup。"
    yield WELL, "数据库与程序是同一版"


def sound(at: datetime) -> Looking:
    """Pages, triggers, constraints and references are as declared (what `serve` looks at, and references)."""
    for alias in connections:
        with closing(open_source(alias)) as source:
            for name, look in (LOOKS if alias == "default" else ACCESS).items():
                checked = carry_out(name, look, source)
                if not checked.ok:
                    yield (
                        WRONG,
                        f"{checked.detail}({alias})。请先照原样留一份,再从备份恢复;账目请用 courtyard verify 全部核对。",
                    )
    yield WELL, "数据库文件、触发器、约束、引用都与声明相符(账目用 courtyard verify 核对)"


def life(at: datetime) -> Looking:
    """The database is not behind what was kept beside it (D18)."""
    if is_behind(numbers.kept()):
        yield WRONG, "数据库比 numbers.json 旧,像是放回了旧的副本。启动 courtyard serve 会开始新的一世,手机会重传。"
    yield WELL, f"第 {current()} 世,与旁边记的相符"


def serving(at: datetime) -> Looking:
    """Where it is served, the worker is alive and nothing lies undone."""
    failed = Job.objects.filter(state=JobState.FAILED.value).order_by("-due").first()
    if failed is not None:
        yield WRONG, f"后台有一件事({failed.kind},{failed.due.astimezone():%m-%d %H:%M})没办成:{failed.note[:200]}。"
    try:
        with alone("serve", ""):
            yield NOTE, "现在没有 courtyard serve 在运行:网页打不开,每天的事要等它起来再办。"
            return
    except Occupied:
        seen = datetime.fromtimestamp(heartbeat().stat().st_mtime, UTC) if heartbeat().exists() else None
    if seen is None or at - seen > BEAT:
        since = "一直没有动静" if seen is None else f"从 {seen.astimezone():%m-%d %H:%M:%S} 起没有动静"
        yield WRONG, f"后台{since}。请停下 courtyard serve 再启动;还这样,请看它打出来的话。"
    late = Job.objects.filter(state=JobState.WAITING.value, due__lt=at - LATE).order_by("due").first()
    if late is not None:
        yield WRONG, f"后台积压:{late.kind} 该在 {late.due.astimezone():%m-%d %H:%M} 办,还没有办。"
    yield WELL, f"正在服务,后台活着({Path(settings.VAR)})"
