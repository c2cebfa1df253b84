"""What every command has in common: who acts, when, and a refusal said in plain Chinese with exit code 1."""

from __future__ import annotations

import json
import os
import re
import sys
from argparse import SUPPRESS, ArgumentParser
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from django.utils import timezone

from courtyard.kernel.actors import Actor, Duty, DutyKind
from courtyard.kernel.days import SHANGHAI, day_of
from courtyard.kernel.problems import Problem, Refused
from courtyard.kernel.sentences import say as sentence
from courtyard.ops.ground import make_ready
from courtyard.people.actions import open_terminal
from courtyard.people.queries import actor_named
from courtyard.places.queries import county
from courtyard.records.gate import Busy

# Years an act can lie in; beyond them days and months cannot be counted on.
EARLIEST, LATEST = 1949, 2199
# What argparse says in English about arguments, in plain Chinese.
_USAGE = (
    (r"the following arguments are required: (.+)", r"少写了 \1。"),
    (r"unrecognized arguments: (.+)", r"不认得「\1」。"),
    (r"argument (.+?): expected .*", r"\1 后面少写了内容。"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能写 \2,只能写 \3 里的一个。"),
    (r"argument (.+?): invalid .*?value: (.+)", r"\1 不能写 \2。"),
    (r"one of the arguments (.+) is required", r"\1 要写其中一个。"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 和 \2 不能一起写。"),
)
UNUSED = ("--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color")


def instant(text: str) -> datetime:
    """An instant as people type it: 2026-11-24, 2026-11-24T09:00 or with an offset; Shanghai's where none is said."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"「{text}」不是日期时间。请写成 2026-11-24 或 2026-11-24T09:00。") from None
    if not EARLIEST <= found.year <= LATEST:
        raise CommandError(f"「{text}」的年份不对,要在 {EARLIEST} 到 {LATEST} 之间。请核对;什么都没有办。")
    return found if found.tzinfo else found.replace(tzinfo=SHANGHAI)


def county_name() -> str:
    """The name the county is founded with on an empty database (COURTYARD_COUNTY)."""
    return os.environ.get("COURTYARD_COUNTY", "").strip() or "本县"


_DATABASE = (
    ("is full", "磁盘满了。请腾出地方,再办一次,会接着办完。"),
    ("readonly", "数据库文件不能写。请看文件和文件夹的权限。"),
    ("not a database", "这个文件不是数据库,或已经损坏。请用备份恢复。"),
    ("malformed", "数据库文件已经损坏。请用备份恢复。"),
    ("unable to open", "数据库文件打不开。请看文件夹在不在、权限对不对。"),
    ("connection", "连不上数据库。请看 DATABASE_URL 和数据库服务。"),
)


def _plainly(error: Exception) -> str:
    """What the driver said, with the plain Chinese of the common causes before it."""
    said = str(error).strip()
    return next((f"{words}({said})" for part, words in _DATABASE if part in said.lower()), said)


class Arguments(CommandParser):
    """Django's parser, saying in Chinese what is wrong with the arguments."""

    def error(self, message: str) -> NoReturn:
        for pattern, words in _USAGE:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = found.expand(words)
                break
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {message} 用 {self.prog} --help 看怎么写。\n")


class Operation(BaseCommand):
    """A command of the house. `writes`: it takes --by and --at; `ground`: it needs keys and a migrated database."""

    requires_system_checks: list[str] = []
    writes = False
    ground = True

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser("courtyard", subcommand, **kwargs)
        parser.__class__ = Arguments
        for action in parser._actions:
            if set(action.option_strings) & set(UNUSED):
                action.help = SUPPRESS
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        if self.writes:
            parser.add_argument("--by", default="", metavar="USER", help="以谁的名义办(登录名);不写就是本机操作终端")
            parser.add_argument(
                "--at", default="", metavar="TIME", help="算作什么时候办的(2026-11-24T09:00);不写就是现在"
            )
        self.arguments(parser)

    def arguments(self, parser: ArgumentParser) -> None:
        """The command's own arguments."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        try:
            if self.ground:
                make_ready()
            if self.writes:
                options["at"] = instant(options["at"]) if options["at"] else timezone.now()
                options["by"] = self._actor(options["by"], options["at"], dry=options.get("dry_run", False))
            self.run(options)
        except Refused as refused:
            raise CommandError(sentence(refused.problem)) from refused
        except Busy as busy:
            raise CommandError(sentence(Problem("records.busy"))) from busy
        except DatabaseError as error:
            # The disk is full, the file is no database, the server does not answer: said, not shown as a stack.
            raise CommandError(f"数据库没有办成这一步,这一步没有留下半截:{_plainly(error)}") from error
        except EOFError as error:
            raise CommandError(
                "这里要在终端上输入,没有读到。请在终端上办,或设环境变量(密码是 COURTYARD_PASSWORD、COURTYARD_BACKUP_PASSWORD);什么都没有办。"
            ) from error
        except OSError as error:
            # A full disk, a folder that may not be written: whatever was acknowledged before is kept.
            where = f"「{error.filename}」:" if error.filename else ""
            raise CommandError(
                f"没有办成:{where}{error.strerror or error}。请看磁盘是否满了、文件夹能不能写。"
            ) from error
        return None

    def _actor(self, username: str, at: datetime, *, dry: bool) -> Actor:
        if username:
            return actor_named(username, day_of(at))
        if dry and county() is None:
            # A dry run writes nothing, not even the county an operator's first command founds.
            return Actor(UUID(int=0), "terminal", "终端", (Duty(DutyKind.OPERATOR, ""),))
        return open_terminal(county_name=county_name(), at=at)

    def run(self, options: dict[str, Any]) -> None:
        """Do it; raise CommandError or Refused where it is not done."""
        raise NotImplementedError

    def answer(self, facts: Any) -> None:
        """Print the facts as JSON on stdout: pure, nothing beside it."""
        self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1))

    def run_from_argv(self, argv: list[str]) -> None:
        """As Django's, with the refusal alone on stderr: no class name before it."""
        self._called_from_command_line = True
        options = vars(self.create_parser(argv[0], argv[1]).parse_args(argv[2:]))
        args = options.pop("args", ())
        try:
            self.execute(*args, **options)
        except CommandError as error:
            self.stderr.write(str(error))
            sys.exit(error.returncode)
        except KeyboardInterrupt:
            self.stderr.write("已停下。办完的都在,没办完的一步没有留下。")
            sys.exit(130)
        except BrokenPipeError:
            # Whoever read our output has seen enough (… | head).
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        finally:
            connections.close_all()
