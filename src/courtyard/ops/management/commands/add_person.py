"""courtyard add_person: an account with a duty, so that somebody can log in on a fresh installation."""

from __future__ import annotations

import getpass
import os
from argparse import ArgumentParser
from typing import Any

from courtyard.kernel.actors import DutyKind
from courtyard.ops.operation import Operation
from courtyard.people.actions import give_duty, make_account
from courtyard.places.queries import by_path

KINDS = [kind for kind in DutyKind if kind not in (DutyKind.OPERATOR, DutyKind.HOUSEHOLDER)]


class Command(Operation):
    help = "开一个账号并给一项职责。密码取自环境变量 COURTYARD_PASSWORD,没有就在终端上问。"
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USER", help="登录名(字母和数字)")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--duty", required=True, choices=[kind.value for kind in KINDS], help="职责:"
                            + "、".join(f"{kind.value} {kind.label}" for kind in KINDS))  # fmt: skip
        parser.add_argument("--place", metavar="PATH", required=True, help="在哪里(县写 '')")

    def run(self, options: dict[str, Any]) -> None:
        place = by_path(options["place"])
        password = os.environ.get("COURTYARD_PASSWORD", "") or getpass.getpass("密码(至少 8 个字符):")
        by, at = options["by"], options["at"]
        account = make_account(
            username=options["username"], name=options["name"], password=password, place=place, by=by, at=at
        )
        duty = give_duty(account=account, kind=DutyKind(options["duty"]), place=place, by=by, at=at)
        self.stdout.write(f"{account.name}({account.username}):{place.name}的{DutyKind(duty.kind).label}。")
