"""courtyard move_to_postgres DATABASE_URL: everything of the SQLite files into an empty PostgreSQL database."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import connection

from courtyard.ops.ground import alone
from courtyard.ops.moving.move import move
from courtyard.ops.operation import Operation
from courtyard.ops.progress import progress


class Command(Operation):
    help = (
        "把 SQLite 里的一切搬进一个空的 PostgreSQL 库:建表和触发器、逐行搬、逐行对照、核对账本的头、再全部核对一遍。"
        "原来的文件只读不动;中途停下,目标里不留一行,再办一次就是。"
    )

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "url",
            metavar="DATABASE_URL",
            nargs="?",
            default="",
            help="目标:postgres://用户:密码@主机/库名。不写就取环境变量 COURTYARD_TARGET_URL(密码不会出现在进程列表里)",
        )
        parser.add_argument("--json", action="store_true", help="只输出 JSON:{tables, rows, chains, checks}")

    def run(self, options: dict[str, Any]) -> None:
        url = options["url"] or os.environ.get("COURTYARD_TARGET_URL", "")
        if not url:
            raise CommandError("没有写目标。请写 postgres://用户:密码@主机/库名,或设 COURTYARD_TARGET_URL。")
        if connection.vendor != "sqlite":
            raise CommandError("现在用的已经是 PostgreSQL,不用搬。要换一台,请用 courtyard backup 和 restore。")
        with alone("serve", "courtyard serve 正在运行。请先停下它,再搬。"), progress() as step:
            moved = move(url, step)
        if options["json"]:
            self.answer(
                {"tables": moved.tables, "rows": moved.rows, "chains": moved.chains, "checks": len(moved.checks)}
            )
            return
        self.stdout.write(
            f"搬好了:{moved.tables} 张表 {moved.rows:,} 行逐行对照过,{moved.chains} 本账的头都一样,核对 {len(moved.checks)} 项。"
            "原来的文件没有动。请把 DATABASE_URL 设成这个地址,再 courtyard serve;密钥、照片、扫描件和 numbers.json 还在原来的 var 里。"
        )
