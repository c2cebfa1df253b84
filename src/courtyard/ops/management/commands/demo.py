"""courtyard demo: a made-up town, loaded once through actions, then served."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from courtyard.kernel.days import day_of
from courtyard.ops.demo.facts import SIZES
from courtyard.ops.demo.loading import load, refuse_other_data, standing
from courtyard.ops.demo.telling import told
from courtyard.ops.ground import alone, wipe
from courtyard.ops.operation import Operation
from courtyard.ops.progress import progress, say


class Command(Operation):
    help = "装一个编出来的镇(三个月的评比、榜单、积分、兑换)并开始服务;装过就直接服务。"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="从哪个种子来:同一种子同一天,字节都一样")
        parser.add_argument(
            "--size", choices=list(SIZES), default="small", help="small:2 个村约 300 户;town:15 个村 6000 户"
        )
        parser.add_argument("--today", default="", metavar="DATE", help="把哪天当今天(默认今天)")
        parser.add_argument("--no-serve", action="store_true", help="装完就停,不服务")
        parser.add_argument("--host", default="127.0.0.1", help="听哪个地址")
        parser.add_argument("--port", default=8000, type=int, help="听哪个端口")

    def run(self, options: dict[str, Any]) -> None:
        if settings.HTTPS:
            raise CommandError("示范的密钥是由种子来的,谁都算得出,不能在 https(正式)环境里装。")
        today = _day(options["today"])
        with alone("demo", "另一个 courtyard demo 正在装。请等它装完。"):
            self._load(options, today)
        there = standing() or {}
        if "PUBLIC_URL" not in os.environ:
            os.environ["PUBLIC_URL"] = settings.PUBLIC_URL = f"http://{options['host']}:{options['port']}"
        self.stdout.write(told(f"http://{options['host']}:{options['port']}", str(there.get("today", ""))))
        self.stdout.flush()
        if not options["no_serve"]:
            call_command("serve", host=options["host"], port=options["port"])

    def _load(self, options: dict[str, Any], today: date) -> None:
        there = standing()
        if there is not None and there["state"] == "whole":
            wanted = {"seed": options["seed"], "size": options["size"]}
            if any(there[name] != value for name, value in wanted.items()) or (
                options["today"] and there["today"] != today.isoformat()
            ):
                raise CommandError(
                    f"这里已经装了另一个示范(种子 {there['seed']},{there['size']},{there['today']})。"
                    "请换一个 COURTYARD_VAR,或删掉这个 var 文件夹再装。"
                )
            say(f"示范早就装好了(到 {there['today']} 为止)。")
            return
        if there is not None:
            say("上一次示范没有装完,从头再装。")
            wipe()
        refuse_other_data()
        with progress() as step:
            load(seed=options["seed"], size=options["size"], today=today, tell=step)


def _day(text: str) -> date:
    if not text:
        return day_of(timezone.now())
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"「{text}」不是日期。请写成 2026-11-24。") from None
