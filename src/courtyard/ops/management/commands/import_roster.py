"""courtyard import_roster FILE: a clerk's roster as it is, village by village; again it changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError

from courtyard.households.actions import answer_countersign, import_roster
from courtyard.households.error_sheet import write_errors
from courtyard.households.foreign.opening import open_roster
from courtyard.households.queries import countersigns, preview_roster
from courtyard.households.queries.plans import standing_villages
from courtyard.households.queries.preview import reading_of
from courtyard.households.rules.outcome import Outcome
from courtyard.households.rules.roster import Sheet
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Refused
from courtyard.ops.operation import Operation
from courtyard.ops.places import is_new_village, refuse_other_town, standing_at, town_for, village_for
from courtyard.ops.printing import must_end, put
from courtyard.ops.progress import progress, say
from courtyard.people.queries import actor_named
from courtyard.people.rules import areas
from courtyard.places.models import Place
from courtyard.places.queries import by_path


class Command(Operation):
    help = "导入农户花名册(xlsx、xls、csv):认得标题行、合并格、小计,坏的格子逐格说明,其余照收;再导一遍什么也不变。"
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="花名册")
        parser.add_argument(
            "--village", metavar="PATH", default="", help="整个文件是哪个村的(编号或 镇/村);不写则一表一村,表名就是村名"
        )
        parser.add_argument(
            "--town",
            metavar="NAME",
            default="",
            help="新的村建在哪个镇(没有就新建);只有一个镇时不用写;和已有的村所在的镇不一样就不导入",
        )
        parser.add_argument("--dry-run", action="store_true", help="只核对,什么都不写")
        parser.add_argument("--errors", metavar="OUT.xlsx", type=Path, help="把有错的行写成错误表")
        parser.add_argument(
            "--json", action="store_true", help="只输出 JSON:{taken, refused, skipped, new, changed, unchanged}"
        )
        parser.add_argument(
            "--confirmed-by", metavar="USER", default="", help="第二个核对的人的登录名;不写就等他登录以后再核对"
        )
        parser.add_argument("--rows", action="store_true", help="超过两万行也把收下的行全列出来")

    def run(self, options: dict[str, Any]) -> None:
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(f"没有找到文件「{file}」。")
        if out := options["errors"]:
            must_end(out, ".xlsx")
            if out.exists() and out.samefile(file):
                raise CommandError(f"错误表「{out}」就是花名册本身,会把它盖掉。请换一个名字;什么都没有导入。")
        with progress() as step:
            outcome = self._dry(options) if options["dry_run"] else self._wet(options, step)
        if options["errors"]:
            table = BytesIO()
            write_errors(outcome, table)
            put(options["errors"], table.getvalue())
        if options["json"]:
            self.answer(outcome.as_json(rows=options["rows"]))
            for note in outcome.said():
                say(note)  # beside the JSON, on stderr: what was left out, and what the import itself would need
        else:
            self._tell(outcome, options)

    def _dry(self, options: dict[str, Any]) -> Outcome:
        path = options["village"]
        village = standing_at(path) if path else None  # a dry run needs no place to exist
        outcome = preview_roster(
            file=options["file"],
            by=options["by"],
            village=village,
            one_village=bool(path),
            town_named=bool(options["town"]),
        )
        self._hold_to_town(options, village, outcome)
        if path and village is None:
            may_make = is_new_village(path) and options["by"].kind == "terminal"
            then = "真的导入时会新建。" if may_make else "真的导入之前要先有这个村,或改正名字。"
            say(f"「{path}」这里还没有,{then}")
        return outcome

    def _hold_to_town(self, options: dict[str, Any], village: Place | None, outcome: Outcome) -> None:
        """--town agrees with where the roster's villages stand, or nothing is imported; of no use, it is said."""
        if not (town := options["town"]):
            return
        sheets = {row.sheet for row in outcome.reading.taken}
        here = standing_villages(sheets, options["by"]) if not options["village"] else {}
        standing = [village] if village else list(here.values())
        new = not standing if options["village"] else len(here) < len(sheets)
        refuse_other_town(town, standing, path=options["village"], new=new, by=options["by"])
        if standing and not new:
            say("花名册里的村都已经有了,--town 没有用上。")

    def _wet(self, options: dict[str, Any], step: Any) -> Outcome:
        by, at, path = options["by"], options["at"], options["village"]
        # The file first: no town and no village is made for one that cannot be read or holds no household.
        sheets = open_roster(options["file"])
        second = self._second(options)
        if options["town"]:
            read = reading_of(sheets, None, one_village=bool(path))
            self._hold_to_town(options, standing_at(path) if path else None, read)
        village = self._village(options, sheets) if options["village"] else None
        terminal = by.kind == "terminal"
        outcome = import_roster(
            file=options["file"],
            by=by,
            at=at,
            village=village,
            sheets=sheets,
            town=partial(town_for, options["town"], by=by, at=at) if terminal else None,
            progress=lambda done, total: step("正在导入", done, total),
        )
        if second is not None and outcome.run is not None:
            self._confirm(outcome.run, second, at)
        return outcome

    def _second(self, options: dict[str, Any]) -> Actor | None:
        """Who looks at it as the second person, known before anything is written; None where nobody is named."""
        if not options["confirmed_by"]:
            return None
        second = actor_named(options["confirmed_by"], day_of(options["at"]))
        if not areas(second, "households.confirm") or second.id == options["by"].id:
            raise CommandError("第二个人不能是导入的人自己,职责里也要有核对这一项。什么都没有导入。")
        return second

    def _confirm(self, run: UUID, second: Actor, at: datetime) -> None:
        """The second person's word on this import; one that changed nothing needs none."""
        waiting = countersigns(areas(second, "households.confirm"), ["waiting"]).filter(runs=run).first()
        if waiting is not None:
            answer_countersign(countersign=waiting, confirmed=True, by=second, at=at)
        elif countersigns([""], ["waiting"]).filter(runs=run).exists():
            raise CommandError("已经导入,但第二个人的职责不在这里,还没有核对。请换管这里的人在「待第二人核对」里核对。")

    def _village(self, options: dict[str, Any], sheets: list[Sheet]) -> Place:
        try:
            return by_path(options["village"])
        except Refused:
            if not reading_of(sheets, None, one_village=True).reading.taken:
                raise
        return village_for(options["village"], by=options["by"], at=options["at"])

    def _tell(self, outcome: Outcome, options: dict[str, Any]) -> None:
        head = "核对(没有写入)" if options["dry_run"] else "导入好了" if outcome.reading.taken else "一户也没有收下"
        villages = f"{'、'.join(outcome.villages)};" if outcome.villages else ""
        # An import says what it added: who stands on the care list already, or was declined, is not proposed again.
        care = "备注里看到要关照的" if options["dry_run"] else "照顾名单新添待确认的"
        self.stdout.write(
            f"{head}:{villages}新增 {outcome.new} 户,变动 {outcome.changed} 户,"
            f"没变 {outcome.unchanged} 户,没收 {len({(c.sheet, c.row) for c in outcome.reading.refused})} 行,"
            f"跳过 {len(outcome.reading.skipped)} 行;{care} {outcome.care} 户,备注里看到没人住的 {outcome.not_lived_in} 户。"
        )
        for row in outcome.as_json()["refused"][:20]:
            self.stdout.write(f"  {row['sheet']} {row['cell']}:{row['why']}")
        for note in outcome.said():
            self.stdout.write(f"  {note}")
        if outcome.reading.refused and not options["errors"]:
            say("要一份标出错处的表,请加 --errors 错误表.xlsx。")
