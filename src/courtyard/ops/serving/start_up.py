"""What must stand before anything is served: a sound database, its triggers, its keys, its own life."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from courtyard.ops import numbers
from courtyard.ops.operation import county_name
from courtyard.ops.progress import say
from courtyard.ops.verify.catalogue import constraints, database, triggers
from courtyard.ops.verify.findings import carry_out
from courtyard.ops.verify.source import open_source
from courtyard.people.actions import open_terminal
from courtyard.places.queries import county

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
        number = numbers.notice(by=open_terminal(county_name=county_name(), at=at), at=at)
        if number:
            say(f"数据库比上次停下时旧(可能是放回了旧的磁盘或副本):现在是第 {number} 世,手机会把最近 30 天的再传一遍。")


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
