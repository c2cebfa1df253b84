"""What must stand before anything is served: a sound database, its triggers, its keys, its own life."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from courtyard.kernel.actors import Actor
from courtyard.ops import numbers
from courtyard.ops.erasing import apply, keep_whole
from courtyard.ops.operation import county_name
from courtyard.ops.progress import say
from courtyard.ops.verify.catalogue import constraints, database, triggers
from courtyard.ops.verify.findings import carry_out
from courtyard.ops.verify.source import open_source
from courtyard.people.actions import open_terminal
from courtyard.places.queries import county
from courtyard.records import erasures

LOOKS = {"database": database, "triggers": triggers, "constraints": constraints}


def compare() -> None:
    """Compare database and declarations; begin the next life where an older copy was put back. Raises CommandError."""
    for alias in settings.DATABASES:
        source = open_source(alias)
        try:
            looks = LOOKS if alias == "default" else {"database": database, "triggers": triggers}
            for name, look in looks.items():
                checked = carry_out(name, look, source)
                if not checked.ok:
                    raise CommandError(
                        f"数据库没有通过启动检查({alias} {name}:{checked.detail}),没有开始服务。"
                        "请先留一份现状,再用 courtyard restore 从备份恢复。"
                    )
        finally:
            source.close()
    if county() is not None:
        at = timezone.now()
        by = open_terminal(county_name=county_name(), at=at)
        number = numbers.notice(by=by, at=at, meanwhile=lambda older: erase_again(older=older, by=by, at=at))
        if number:
            say(f"数据库比上次停下时旧(可能是放回了旧的磁盘或副本):现在是第 {number} 世,手机会把最近 30 天的再传一遍。")


def erase_again(*, older: bool, by: Actor, at: datetime) -> None:
    """Keep the list of erasures whole; where the data are older than it, erase again what was erased since (D10)."""
    count, seal = numbers.kept_erasures()
    listed = keep_whole(number=count, seal=seal, older=older, at=at)
    if listed.broken:
        say(f"注意:{listed.broken}。现在按还读得出的和数据库里有记录的办;备份旁边有另存的名单,可以用它再恢复一次。")
    if older:
        erased = apply(erasures.read().standing(), by=by, at=at)
        if erased:
            say(f"放回的数据里有早已按规定清除的内容:又清除了 {erased} 处。")


def refuse_plain_http(host: str) -> None:
    """Staff are not served over plain http to another machine unless the operator says so. Raises CommandError."""
    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    if not loopback and not settings.HTTPS and not settings.PLAIN_HTTP:
        raise CommandError(
            f"{host} 不是本机地址,http 上的密码别人能看到,所以没有开始服务。请用 https(COURTYARD_PROFILE=https,前面放反向代理);"
            "一定要用 http,请设 COURTYARD_PLAIN_HTTP=1,每一页都会写明。"
        )
