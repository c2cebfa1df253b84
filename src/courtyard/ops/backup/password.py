"""Where a backup's password comes from: the environment, a file, or typed; never from the command line of others."""

from __future__ import annotations

import getpass
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError


def add_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--password",
        action="store_true",
        help="加密(或打开加密的)备份:密码取自环境变量 COURTYARD_BACKUP_PASSWORD,没有就在终端上问",
    )
    parser.add_argument("--password-file", metavar="FILE", default="", help="密码在这个文件的第一行")


def password(options: dict[str, Any], *, twice: bool) -> str:
    """The password that was asked for, '' where none was. Raises CommandError for one under 8 characters."""
    if options["password_file"]:
        try:
            found = Path(options["password_file"]).read_text().partition("\n")[0].strip()
        except OSError as error:
            raise CommandError(f"读不到密码文件「{options['password_file']}」:{error.strerror}。") from error
    elif options["password"]:
        found = os.environ.get("COURTYARD_BACKUP_PASSWORD", "") or getpass.getpass("备份密码:")
        typed = not os.environ.get("COURTYARD_BACKUP_PASSWORD")
        if twice and typed and getpass.getpass("再输一遍:") != found:
            raise CommandError("两遍密码不一样,没有备份。")
    else:
        return ""
    if len(found) < 8:
        raise CommandError("备份密码至少 8 个字符。")
    return found
