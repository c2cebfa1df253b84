"""The folder and the machine: keys, room on the disk, clock, fonts, the list of erasures, backups, leftovers."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from courtyard.ops import numbers
from courtyard.ops.backup.postgres import tool
from courtyard.ops.backup.restoring import RESTORING
from courtyard.ops.backup.taking import last_backup
from courtyard.ops.demo.loading import standing
from courtyard.ops.doctor.findings import NOTE, WELL, WRONG, Looking
from courtyard.outreach.papers.coverage import FONTS
from courtyard.records import erasures
from courtyard.records.keys import NAMES, read_keys

ROOM = 1 << 30
BACKUP_DAYS, ASIDE_DAYS = 7, 30
# The program is younger than any right clock's time.
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
FONT_FILES = tuple(f"NotoSans{name}_{weight}.ttf" for name in ("SC", "JP") for weight in ("400Regular", "700Bold"))


def _var() -> Path:
    return Path(settings.VAR)


def keys(at: datetime) -> Looking:
    """The keys are there, whole, and nobody else's to read."""
    path = _var() / "keys.toml"
    if not path.exists():
        yield WRONG, f"没有密钥文件 {path}。把另外保存的放回来;从来没有过,请运行 courtyard make_keys。"
        return
    try:
        found = read_keys(_var())
    except (ValueError, KeyError) as error:
        yield WRONG, f"密钥文件 {path} 不完整({error})。请把另外保存的那份放回来。"
        return
    short = [name for name in NAMES if len(found[name].secret) < 32]
    if short:
        yield WRONG, f"密钥文件里的 {short[0]} 太短,不是 make_keys 生成的。请把另外保存的那份放回来。"
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield WRONG, f"密钥文件别的用户也能读。请运行 chmod 600 {path}。"
    yield WELL, f"{len(NAMES)} 把密钥都在,只有自己能读"


def disk(at: datetime) -> Looking:
    """There is room: a backup needs the data three times (a copy, the archive, its proof)."""
    free = shutil.disk_usage(_var()).free
    size = sum(path.stat().st_size for path in _var().glob("*.sqlite3*"))
    size += sum(path.stat().st_size for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    need = max(ROOM, 3 * size)
    if free < need:
        yield WRONG, f"磁盘只剩 {_megabytes(free)},备份一次要 {_megabytes(need)}。请腾出地方。"
    if not os.access(_var(), os.W_OK):
        yield WRONG, f"文件夹 {_var()} 不能写。请看它的权限。"
    yield WELL, f"磁盘还有 {_megabytes(free)}"


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MB"


def clock(at: datetime) -> Looking:
    """The clock is not before the program; the server's is ours; days are Shanghai's."""
    if at < WRITTEN:
        yield WRONG, f"这台机器的钟是 {at:%Y-%m-%d},不对。请先校准,日子和期限都照它算。"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((cursor.fetchone()[0] - datetime.now(UTC)).total_seconds())
        if apart > 60:
            yield WRONG, f"数据库服务器的钟与这台机器差 {apart:.0f} 秒。请把两台都校准(NTP)。"
    if settings.TIME_ZONE != "Asia/Shanghai":
        yield WRONG, f"时区被改成了 {settings.TIME_ZONE},日子会算错。请改回 Asia/Shanghai。"
    yield WELL, f"现在是 {at.astimezone():%Y-%m-%d %H:%M}(机器时区 {at.astimezone().tzname()}),日子按北京时间算"


def shipped(at: datetime) -> Looking:
    """Fonts and style sheets that come with the program are there."""
    missing = [name for name in FONT_FILES if not (FONTS / name).is_file()]
    if missing:
        yield WRONG, f"少了字体 {missing[0]},什么也印不了。请重新安装程序(源码请运行 make setup)。"
    style = [Path(folder) / "bootstrap" / "bootstrap.min.css" for folder in settings.STATICFILES_DIRS]
    if not any(path.is_file() for path in style):
        yield WRONG, "少了网页样式 bootstrap.min.css,网页会没有样子。请重新安装程序(源码请运行 make setup)。"
    yield WELL, "字体和网页样式都在"


def lists(at: datetime) -> Looking:
    """numbers.json and the list of erasures are whole and agree (D10, D18)."""
    path = _var() / "numbers.json"
    if not path.exists():
        yield NOTE, "还没有 numbers.json:courtyard serve 起来几秒就会有,放回旧数据时靠它认出来。"
    elif not numbers.kept():
        yield WRONG, "numbers.json 坏了,放回旧数据时认不出来。请删掉它,courtyard serve 会重写一份。"
    there = erasures.read()
    number, seal = numbers.kept_erasures()
    if there.broken_at and not there.is_torn:
        yield (
            WRONG,
            f"清除名单 {erasures.NAME} 第 {there.broken_at} 行被改过或截短。备份旁边有另存的,请放回;courtyard serve 启动时也会照数据库重建。",
        )
    elif erasures.is_cut(there, number, seal):
        yield (
            WRONG,
            f"清除名单 {erasures.NAME} 少了:应有 {number} 行,现有 {len(there.lines)} 行。备份旁边有另存的,请放回。",
        )
    yield WELL, f"清除名单 {len(there.standing())} 条,完整"


def backups(at: datetime) -> Looking:
    """The last proved backup is no older than a week."""
    if connection.vendor == "postgresql":
        tool("pg_dump")
        tool("pg_restore")
    last = last_backup()
    level = NOTE if standing() is not None else WRONG
    if last is None:
        yield level, "从来没有备份过。请现在就运行 courtyard backup /移动硬盘/名字.backup,以后每周一次。"
    elif at - last > timedelta(days=BACKUP_DAYS):
        yield level, f"上次备份是 {last.astimezone():%Y-%m-%d},已经 {(at - last).days} 天。请运行 courtyard backup。"
    else:
        yield WELL, f"上次备份(恢复核对过)是 {last.astimezone():%Y-%m-%d %H:%M}"


def leftovers(at: datetime) -> Looking:
    """Nothing lies about that holds data nobody looks after."""
    for folder in _var().glob(f"{RESTORING}*"):
        yield WRONG, f"有一次恢复没有做完,留下了 {folder.name}。请再运行一次 courtyard restore,它会先清掉。"
    if (_var() / "restoring").exists():
        yield WRONG, "有一次恢复在放回的时候停了。请再恢复一次,或启动 courtyard serve,它会照旧数据处理。"
    for folder in sorted(_var().glob("before-restore-*")):
        age = (at - datetime.fromtimestamp(folder.stat().st_mtime, UTC)).days
        if age > ASIDE_DAYS:
            yield NOTE, f"{folder.name} 里是 {age} 天前换下来的旧数据,以后清除的内容那里还有。核对过就请删掉。"
    yield WELL, "没有留下半截的东西"


def profile(at: datetime) -> Looking:
    """The address that cards carry is set before the first is printed."""
    if "PUBLIC_URL" not in os.environ:
        says = (
            f"没有设 PUBLIC_URL,卡上的二维码会指向 {settings.PUBLIC_URL}。印第一张卡以前请设成农户打得开的 https 网址。"
        )
        yield (WRONG if settings.HTTPS else NOTE), says
    elif not settings.PUBLIC_URL.startswith("https://"):
        yield NOTE, f"PUBLIC_URL 是 {settings.PUBLIC_URL},不是 https:手机拍照扫码用不了。"
    if settings.PLAIN_HTTP:
        yield NOTE, "设了 COURTYARD_PLAIN_HTTP=1:同一网络里的人能看到密码,每一页都写着。"
    loose = [alias for alias in connections if _is_open(alias)]
    if loose:
        yield WRONG, f"数据库文件别的用户也能读。请运行 chmod 600 {connections[loose[0]].settings_dict['NAME']}。"
    yield WELL, f"网址是 {settings.PUBLIC_URL}"


def _is_open(alias: str) -> bool:
    path = Path(str(connections[alias].settings_dict["NAME"]))
    return connections[alias].vendor == "sqlite" and path.exists() and bool(path.stat().st_mode & 0o077)
