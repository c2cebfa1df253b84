"""courtyard serve: the web and one worker, kept alive by this process."""

from __future__ import annotations

import os
import socket
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections

from courtyard.ops.ground import alone
from courtyard.ops.operation import Operation
from courtyard.ops.serving.parent import serve
from courtyard.ops.serving.start_up import compare, refuse_plain_http


class Command(Operation):
    help = "开始服务:网页和后台各一个进程,停了会自己再起来。Ctrl-C 停下。"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="听哪个地址(默认 127.0.0.1,只有本机能看)")
        parser.add_argument("--port", default=8000, type=int, help="听哪个端口(默认 8000)")

    def run(self, options: dict[str, Any]) -> None:
        host, port = options["host"], options["port"]
        if not 0 < port < 65536:
            raise CommandError(f"端口 {port} 不能用。请写 1 到 65535 之间的数,一般用 8000。")
        refuse_plain_http(host)
        with alone("serve", "这个文件夹已经有一个 courtyard serve 在运行,没有再起一个。"):
            _refuse_taken(host, port)
            compare()
            connections.close_all()
            if "PUBLIC_URL" not in os.environ:
                os.environ["PUBLIC_URL"] = f"http://{host}:{port}"
            Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
            address = settings.PUBLIC_URL if settings.HTTPS else f"http://{host}:{port}"
            self.stdout.write(f"庭院在 {address} (Ctrl-C 停下)")
            self.stdout.flush()
            serve(host, port)
        self.stdout.write("已停下。")


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        until = time.monotonic() + 3  # children of a parent that was killed just now need half a second to go
        while True:
            try:
                probe.bind((host, port))
                return
            except OSError as error:
                if time.monotonic() > until:
                    raise CommandError(f"{host} 的端口 {port} 用不了({error.strerror})。请用 --port 换一个。") from None
                time.sleep(0.2)
