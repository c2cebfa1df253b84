"""import_roster: which village a sheet is about; what a dry run says the import would need; --town where villages stand."""

from __future__ import annotations

import json

import pytest
from django.core.management.base import CommandError
from tests.ops.test_commands import DATA, HOME, roster_of, run

from courtyard.households.models import Household
from courtyard.places.models import Place


@pytest.mark.parametrize(("more", "answer"), [
    ({"town": "另一镇"}, "「塔湾村」已经在「万店镇(演示)」下面,和 --town 写的「另一镇」不一样"),
    ({"town": "另一镇", "village": "万店镇(演示)/塔湾村"}, "用 --village 另一镇/塔湾村"),
    ({"town": "另一镇", "village": "万店镇(演示)/新村"}, "不在 --town 写的「另一镇」下面"),
])  # fmt: skip
@pytest.mark.parametrize("dry", [False, True])
def test_a_town_other_than_where_the_villages_stand_is_refused_and_makes_nothing(
    town_copy, tmp_path, more, answer, dry
):
    file, before = roster_of(tmp_path, "塔湾村", [HOME]), Household.objects.count()
    with pytest.raises(CommandError) as refused:
        run("import_roster", file, dry_run=dry, **more)
    assert answer in str(refused.value) and "什么都没有导入" in str(refused.value)
    assert Household.objects.count() == before and not Place.objects.filter(name__in=["另一镇", "新村"]).exists()


def test_a_town_of_no_use_is_said_and_one_of_nobody_s_is_refused(town_copy, tmp_path, capsys):
    run("import_roster", roster_of(tmp_path, "塔湾村", [HOME]), dry_run=True, town="万店镇(演示)")
    assert "--town 没有用上" in capsys.readouterr().err
    with pytest.raises(CommandError, match="不在您管的地方里"):
        run("import_roster", roster_of(tmp_path, "新河村", [HOME]), town="另一镇", by="clerk")
    assert not Place.objects.filter(name="另一镇").exists()


@pytest.mark.parametrize(("name", "sheet"), [("group_gbk.csv", "group_gbk"), ("village_messy.xlsx", "花名册")])
def test_a_dry_run_says_which_village_the_import_would_ask_for(own_database, capsys, name, sheet):
    said = run("import_roster", str(DATA / name), dry_run=True)
    assert f"「{sheet}」这张表核对过了" in said and "--village 镇/村" in said
    answer = run("import_roster", str(DATA / name), dry_run=True, json=True)
    assert "taken" in json.loads(answer) and f"「{sheet}」这张表核对过了" in capsys.readouterr().err
    with pytest.raises(CommandError, match=f"「{sheet}」的名字不是村名"):
        run("import_roster", str(DATA / name))
    for path, then in (("万店镇/塔湾村", "会新建"), ("塔湾村", "要先有这个村")):
        assert "核对过了" not in run("import_roster", str(DATA / name), dry_run=True, village=path)
        assert f"「{path}」这里还没有,真的导入" in (err := capsys.readouterr().err) and then in err
    run("import_roster", str(DATA / name), village="万店镇/塔湾村")


def test_a_sheet_named_as_a_village_that_stands_is_imported_there_and_one_that_does_not_is_said(own_database, tmp_path):
    file = roster_of(tmp_path, "新河村", [HOME])
    assert "新河村这里还没有,真的导入时会新建" in run("import_roster", file, dry_run=True)
    run("import_roster", file)
    again = run("import_roster", roster_of(tmp_path, "新河", [HOME]), dry_run=True)
    assert "没变 1 户" in again and "还没有" not in again
    assert "没变 1 户" in run("import_roster", roster_of(tmp_path, "新河", [HOME]))
    run("import_roster", roster_of(tmp_path, "新湖村", [HOME]), town="另一镇")
    said = run("import_roster", roster_of(tmp_path, "新塘村", [HOME]), dry_run=True)
    assert "还得说清新塘村属于哪个镇" in said
    assert "新塘村这里还没有" in run(
        "import_roster", roster_of(tmp_path, "新塘村", [HOME]), dry_run=True, town="另一镇"
    )
