"""The commands others rely on: names, flags, JSON keys, exit codes; refusals in plain Chinese on stderr."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command, load_command_class
from django.core.management.base import CommandError
from tests.ground.databases import environment
from tests.ops.contract import CONTRACT

from courtyard.honours.models import Listing
from courtyard.households.models import Card, Household
from courtyard.inspections.models import Marks, Round
from courtyard.inspections.queries.rounds import seats
from courtyard.inspections.queries.sheets import sheet_rows
from courtyard.ops.operation import Operation, instant
from courtyard.places.models import Place
from courtyard.records.models import Chain, Entry

DATA = Path(__file__).resolve().parents[1] / "data"
SOME = "2026-11-24T09:00"


def run(*arguments: str, **options: object) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("name", list(CONTRACT))
def test_every_command_explains_itself_and_takes_its_flags(name):
    command = load_command_class("courtyard.ops", name)
    assert isinstance(command, Operation) and command.help
    parser = command.create_parser("courtyard", name)
    flags = {flag for action in parser._actions for flag in action.option_strings}
    assert flags >= CONTRACT[name]
    text = parser.format_help()
    assert command.help[:6] in text and "--pythonpath" not in text


def test_every_command_of_the_room_stands_in_the_contract():
    folder = Path(__file__).resolve().parents[2] / "src/courtyard/ops/management/commands"
    assert {path.stem for path in folder.glob("[a-z]*.py")} == set(CONTRACT)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-24", "2026-11-24T00:00:00+08:00"),
        ("2026-11-24T09:00", "2026-11-24T09:00:00+08:00"),
        ("2026-11-24T09:00+00:00", "2026-11-24T09:00:00+00:00"),
    ],
)
def test_an_instant_is_shanghais_where_none_is_said(text, iso):
    assert instant(text).isoformat() == iso


def test_what_is_no_instant_is_refused():
    with pytest.raises(CommandError, match="不是日期时间"):
        instant("yesterday")


def test_a_fresh_folder_is_made_on_first_use_with_stdout_left_alone(tmp_path):
    """SQLite: nothing prepared but an empty folder."""
    done = subprocess.run(
        [sys.executable, "-m", "courtyard.project.command", "verify", "--json"],
        env=environment(tmp_path / "fresh", ""), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ok"]
    assert "正在建立数据库" in done.stderr
    assert (tmp_path / "fresh" / "keys.toml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("broken", ["no database at all" * 400, "postgres://nobody@127.0.0.1:1/none"])
def test_a_database_that_does_not_answer_is_said_in_one_line(tmp_path, broken):
    var, url = tmp_path / "broken", broken if "://" in broken else ""
    var.mkdir()
    if not url:
        (var / "courtyard.sqlite3").write_text(broken)
    done = subprocess.run(
        [sys.executable, "-m", "courtyard.project.command", "rounds"],
        env=environment(var, url), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and "数据库没有办成" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["garbage", "mysql://a@b/c", "postgres://u@127.0.0.1"])
def test_a_database_url_of_no_use_is_said_in_one_line(tmp_path, url):
    done = subprocess.run(
        [sys.executable, "-m", "courtyard.project.command", "rounds"],
        env=environment(tmp_path, url), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and "DATABASE_URL" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("close_round",), "少写了 ID"),
        (("rounds", "--frob"), "不认得「--frob」"),
        (("open_round", "--place"), "--place 后面少写了内容"),
        (("print_list", "--listing", "green"), "--listing 不能写 'green'"),
        (("demo", "--seed", "x"), "--seed 不能写 'x'"),
    ],
)
def test_wrong_arguments_are_said_in_chinese_with_exit_2(capsys, arguments, words):
    command = load_command_class("courtyard.ops", arguments[0])
    with pytest.raises(SystemExit) as stopped:
        command.run_from_argv(["courtyard", *arguments])
    said = capsys.readouterr().err
    assert stopped.value.code == 2 and words in said and f"courtyard {arguments[0]} --help" in said


@pytest.mark.parametrize(
    "kept", [1, pytest.param(12, marks=pytest.mark.long), pytest.param(30, marks=pytest.mark.long)]
)
def test_a_first_use_ended_half_way_is_finished_by_the_next(tmp_path, kept):
    """SQLite: the migrations after the first `kept` never happened, and no trigger was made."""
    command = [sys.executable, "-m", "courtyard.project.command"]
    settings = environment(tmp_path, "")
    half = f"""
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate
import django
django.setup()
from courtyard.records.keys import make_keys
from django.conf import settings
executor = MigrationExecutor(connection)
plan = executor.migration_plan(executor.loader.graph.leaf_nodes())[:{kept}]
executor.migrate([(one.app_label, one.name) for one, _ in plan], plan=plan)
"""
    settings["DJANGO_SETTINGS_MODULE"] = "courtyard.project.settings"
    subprocess.run([sys.executable, "-c", half], env=settings, check=True, capture_output=True)
    done = subprocess.run([*command, "verify", "--json"], env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    assert json.loads(done.stdout)["ok"]


def test_first_commands_at_once_share_one_set_of_keys(tmp_path):
    """SQLite: three processes in an empty folder; each ends well, the keys are one."""
    command = [sys.executable, "-m", "courtyard.project.command", "rounds", "--json"]
    settings = environment(tmp_path / "fresh", "")
    started = [
        subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    ended = [(one, *one.communicate()) for one in started]
    assert [one.returncode for one, _, _ in ended] == [0, 0, 0], [err for _, _, err in ended]
    assert sorted(path.name for path in (tmp_path / "fresh").glob("keys*")) == ["keys.toml"]


def test_a_refusal_is_one_plain_sentence_on_stderr_and_exit_1(town_copy):
    done = town_copy.command("open_round", "--place", "没有这个镇", "--month", "2026-11", check=False)
    assert done.returncode == 1 and done.stdout == ""
    assert "没有找到「没有这个镇」" in done.stderr
    assert "Traceback" not in done.stderr and "CommandError" not in done.stderr


def test_import_dry_writes_nothing_and_needs_no_place(own_database):
    answer = json.loads(run("import_roster", str(DATA / "village_messy.xlsx"), dry_run=True, json=True))
    assert set(answer) == {"taken", "refused", "skipped", "new", "changed", "unchanged"}
    expected = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))["village_messy.xlsx"]
    assert len(answer["taken"]) == len(expected["taken"])
    assert not Entry.objects.exists() and not Place.objects.exists() and not Chain.objects.exists()


def test_import_into_nothing_makes_town_and_village_and_again_changes_nothing(own_database, tmp_path):
    errors = tmp_path / "错误表.xlsx"
    file = str(DATA / "group_gbk.csv")
    first = json.loads(run("import_roster", file, village="万店镇/塔湾村", json=True, errors=errors, at=SOME))
    assert first["new"] == Household.objects.count() > 0
    assert Place.objects.get(kind="village").name == "塔湾村" and Place.objects.get(kind="town").name == "万店镇"
    again = json.loads(run("import_roster", file, village="万店镇/塔湾村", json=True))
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, first["new"])
    assert errors.read_bytes()[:2] == b"PK"


def test_json_says_beside_itself_what_was_left_out(own_database, capsys):
    answer = run("import_roster", str(DATA / "village_messy.xlsx"), dry_run=True, json=True, village="万店镇/塔湾村")
    said = capsys.readouterr().err
    assert "taken" in json.loads(answer)
    assert said.count("身份证号一列没有读取") == 1 and "隐藏的工作表「旧数据」没有读" in said


def test_an_import_says_how_many_it_proposed_for_care(own_database, tmp_path):
    file = tmp_path / "塔湾村.csv"
    file.write_text("组别,户编号,户主姓名,人口,备注\n1组,0101001,张伟,2,独居老人\n1组,0101002,李芳,2,空置\n", "utf-8")
    seen = "备注里看到没人住的 1 户"
    assert f"备注里看到要关照的 1 户,{seen}" in run("import_roster", str(file), dry_run=True)
    assert f"照顾名单新添待确认的 1 户,{seen}" in run("import_roster", str(file))
    assert f"照顾名单新添待确认的 0 户,{seen}" in run("import_roster", str(file))


def test_import_without_village_or_town_still_asks_nothing(own_database, capsys):
    from courtyard.ops.demo.facts import TINY
    from courtyard.ops.demo.roster import write_roster

    file = own_database.var / "roster.xlsx"
    count = write_roster(file, 3, TINY)
    said = run("import_roster", str(file))
    assert Household.objects.count() == count
    assert "新增" in said and "先建了" in capsys.readouterr().err


def test_a_new_village_with_two_towns_and_none_named_is_refused_with_what_to_do(town_copy, tmp_path):
    from courtyard.ops.demo.facts import TINY
    from courtyard.ops.demo.roster import write_roster

    run("import_roster", str(DATA / "group_gbk.csv"), village="另一镇/新村")
    file = tmp_path / "roster.xlsx"
    write_roster(file, 3, TINY)
    Place.objects.filter(kind="village", name="石桥村").update(name="老石桥村")
    with pytest.raises(CommandError, match="哪个镇"):
        run("import_roster", str(file))


def roster_of(tmp_path: Path, sheet: str, rows: list[list[object]]) -> str:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in [["户编号", "组别", "户主姓名", "家庭人口", "联系电话"], *rows]:
        book.active.append(row)
    book.save(tmp_path / f"{sheet}.xlsx")
    return str(tmp_path / f"{sheet}.xlsx")


HOME = ["0101001", "一组", "张三", 3, ""]


@pytest.mark.parametrize(
    ("sheet", "rows", "more"),
    [
        ("Sheet1", [HOME], {}),
        ("Sheet1", [HOME], {"town": "万店镇"}),
        ("塔湾村", [["0101001", "一组", "张三", "许多", ""]], {}),
        ("塔湾村", [["0101001", "一组", "张三", "许多", ""]], {"village": "万店镇/塔湾村"}),
        ("塔湾村", [], {"village": "万店镇/塔湾村"}),
    ],
)
def test_a_roster_that_is_not_taken_leaves_no_town_and_no_village(own_database, tmp_path, sheet, rows, more):
    file = roster_of(tmp_path, sheet, rows)
    with contextlib.suppress(CommandError):
        assert run("import_roster", file, **more).startswith("一户也没有收下:新增 0 户")
    assert not Place.objects.exclude(kind="county").exists() and not Household.objects.exists()


def test_a_file_that_cannot_be_read_leaves_no_village(own_database, tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"PK broken")
    with pytest.raises(CommandError, match="损坏"):
        run("import_roster", str(tmp_path / "broken.xlsx"), village="万店镇/塔湾村")
    assert not Place.objects.exclude(kind="county").exists()


def test_the_named_town_takes_the_new_villages_where_there_are_several(town_copy, tmp_path):
    file = roster_of(tmp_path, "新河村", [HOME])
    run("import_roster", file, town="另一镇")
    assert Place.objects.get(name="新河村").town.name == "另一镇"
    second = roster_of(tmp_path, "新湖村", [HOME])
    with pytest.raises(CommandError, match="哪个镇"):
        run("import_roster", second)
    run("import_roster", second, town="另一镇")
    assert Place.objects.get(name="新湖村").town.name == "另一镇"


@pytest.mark.parametrize(
    ("errors", "match"),
    [("nowhere/错误表.xlsx", "没有文件夹"), ("错误表.csv", "结尾"), ("塔湾村.xlsx", "盖掉"), ("dir.xlsx", "文件夹")],
)
def test_an_errors_table_that_cannot_be_written_stops_the_import_before_it_begins(
    own_database, tmp_path, errors, match
):
    file = roster_of(tmp_path, "塔湾村", [HOME])
    (tmp_path / "dir.xlsx").mkdir()
    before = Path(file).read_bytes()
    with pytest.raises(CommandError, match=match):
        run("import_roster", file, errors=tmp_path / errors)
    assert not Household.objects.exists() and Path(file).read_bytes() == before


def test_a_missing_file_is_named(own_database):
    with pytest.raises(CommandError, match="没有找到文件"):
        run("import_roster", "/nowhere/at/all.xlsx")


def test_cards_are_issued_and_printed_with_by_and_at(town_copy, tmp_path):
    village = Place.objects.filter(kind="village").order_by("order").first()
    cards = Card.objects.count()
    out = tmp_path / "cards.pdf"
    said = run("print_cards", place=f"万店镇(演示)/{village.name}/1组", out=out, by="cadre01", at=SOME)
    assert out.read_bytes().startswith(b"%PDF") and "新发" in said
    assert Card.objects.count() >= cards
    assert Entry.objects.filter(verb="households.issue_cards").order_by("-at").first().by_kind == "account"
    with pytest.raises(CommandError, match="结尾"):
        run("print_cards", place=village.path, out=tmp_path / "cards.doc")


def test_a_cadre_opens_no_round_of_another_village(town_copy):
    other = Place.objects.filter(kind="village").order_by("-order").first()
    answer = io.StringIO()
    with pytest.raises(CommandError, match="没有开成"):
        call_command("open_round", place=other.path, month="2026-11", by="cadre01", at=SOME, json=True, stdout=answer)
    found = json.loads(answer.getvalue())
    assert found["opened"] == [] and set(found["refused"][0]) == {"village", "path", "code", "why"}


def test_the_month_runs_from_open_to_poster(town_copy, tmp_path, capsys):
    """open_round → rounds → print_sheets → marks → close_round → print_list, as an operator types it."""
    town = Place.objects.get(kind="town")
    opened = json.loads(run("open_round", place=town.path, month="2026-11", at=SOME, json=True))
    assert len(opened["opened"]) == 2 and opened["refused"] == []
    one = opened["opened"][0]
    assert set(one) == {"round", "village", "path", "month", "kind"}
    listed = {row["round"]: row for row in json.loads(run("rounds", json=True))["rounds"]}
    assert listed[one["round"]]["state"] == "open" and listed[one["round"]]["marked"] == 0
    sheets = tmp_path / "sheets.pdf"
    assert "份评分表" in run("print_sheets", round=one["round"], out=sheets)
    assert sheets.read_bytes().startswith(b"%PDF")
    with pytest.raises(CommandError, match="没有关成"):
        run("close_round", one["round"], at=SOME)
    _mark_all_good(one["round"])
    said = run("close_round", one["round"], at=SOME)
    assert "关账前:要发" in said.split("评了")[0] and "预算还有" in said.split("评了")[0]
    assert "评了" in said
    assert Round.objects.get(pk=one["round"]).state == "closed"
    with pytest.raises(CommandError):
        run("close_round", one["round"], at=SOME)
    run("print_list", listing="red", group=f"{one['path']}/G01", round=one["round"], out=tmp_path / "red.pdf", at=SOME)
    candidates = Listing.objects.filter(round=one["round"], kind="red", group__path=f"{one['path']}/G01").count()
    assert candidates and f"还有 {candidates} 户红榜候选等第二个人确认" in capsys.readouterr().err
    run("print_list", listing="red", group=f"{one['path']}/G01", round=one["round"], out=tmp_path / "red.png", at=SOME)
    assert (tmp_path / "red.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "red.png").read_bytes().startswith(b"\x89PNG")
    assert Listing.objects.filter(round=one["round"], kind="red").exists() and Marks.objects.exists()


def _mark_all_good(round_id: str) -> None:
    from courtyard.inspections.actions import HomeMarks, enter_marks
    from courtyard.inspections.rules.marks import Given
    from courtyard.inspections.rules.states import Presence
    from courtyard.people.queries import actor_named
    from courtyard.rating.queries import document_of

    opened = Round.objects.select_related("village", "version").get(pk=round_id)
    at = instant(SOME)
    values = tuple((area.code, "good") for area in document_of(opened.version).sheet.areas)
    for seat in seats(opened.pk):
        rows = sheet_rows(opened.pk, seat.group_id, seat.evaluator_id)
        sheet = [
            HomeMarks(row.household, Given(Presence.KIN) if row.kin else Given(Presence.SEEN, values)) for row in rows
        ]
        cadre = actor_named("clerk", at.date())
        enter_marks(opened=opened, evaluator=seat.evaluator_id, sheet=sheet, by=cadre, at=at)


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        (("close_round", "not-an-id"), "轮次编号"),
        (("close_round", "01a0ff47-54e0-7913-af03-a6a7027e8f1a"), "."),
        (("open_round", "--place", "WD", "--month", "11月"), "不是月份"),
        (("open_round", "--place", "WD/01/G01", "--month", "2026-11"), "按村来开"),
        (("print_list", "--listing", "red", "--group", "WD", "--round", "x", "--out", "a.pdf"), "不是组"),
        (("verify", "--head", "nothing:1:ff"), "纸上有"),
        (("verify", "--head", "nothing"), "不是封印"),
        (("open_round", "--place", "WD/01", "--month", "2026-11", "--at", "9999-12-31T23:59:59"), "年份不对"),
        (("open_round", "--place", "WD/01", "--month", "2026-11", "--at", "0001-01-01"), "年份不对"),
        (("print_cards", "--place", "WD/01", "--out", "/nowhere/at/all.pdf"), "没有文件夹"),
        (("print_cards", "--place", "WD/01", "--out", "/.pdf"), "结尾"),
        (("import_roster", "x.xlsx", "--by", "nobody"), "nobody"),
        (("serve", "--port", "99999"), "端口 99999 不能用"),
    ],
)
def test_what_cannot_be_done_is_said(town_copy, arguments, match):
    with pytest.raises(CommandError, match=match):
        run(*arguments)


def test_a_person_is_added_and_the_complaint_line_set(own_database, monkeypatch):
    monkeypatch.setenv("COURTYARD_PASSWORD", "long-enough-2026")
    monkeypatch.setenv("COURTYARD_COUNTY", "某县")
    run("import_roster", str(DATA / "group_gbk.csv"), village="万店镇/塔湾村")
    assert Place.objects.get(path="").name == "某县"
    assert "镇干部" in run("add_person", "zhang", name="张三", duty="town_clerk", place="T01")
    run("complaint_line", "0722-1234567", place="T01", by="zhang")
    assert Place.objects.get(path="T01").complaint_line == "0722-1234567"
