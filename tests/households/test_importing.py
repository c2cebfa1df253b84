"""The roster import: taken once, changed where it says so, asked where it must not decide, undone within a day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.households.files import DATA, HEAD, homes, workbook
from tests.worlds import AT, World

from courtyard.households import actions, queries
from courtyard.households.actions import importing, steps
from courtyard.households.models import Care, Household, ImportLine, ImportRun, Question
from courtyard.households.rules.states import Living
from courtyard.households.sealing import open_phone
from courtyard.kernel.problems import Refused, refuse
from courtyard.places.models import Place
from courtyard.records.models import Entry

pytestmark = pytest.mark.django_db


def take(world: World, file: Path, who: str = "clerk", at: Any = AT, **more: Any) -> Any:
    return actions.import_roster(file=file, by=world.actor(who, at), at=at, **more)


def counts(outcome: Any) -> tuple[int, int, int]:
    return outcome.new, outcome.changed, outcome.unchanged


def register() -> list[tuple[Any, ...]]:
    return sorted(Household.objects.values_list("village__name", "group__name", "code", "head", "people", "living"))


def test_the_town_imports_whole_and_again_changes_nothing(world: World) -> None:
    seen: list[tuple[int, int]] = []
    first = take(world, DATA / "town.xlsx", progress=lambda done, total: seen.append((done, total)))
    assert counts(first) == (5588, 0, 0) and len(first.villages) == 15
    assert (first.care, first.not_lived_in) == (268, 267)
    assert seen[-1] == (5588, 5588) and len(seen) == 15
    assert Place.objects.filter(kind="village").count() == 15, "塔湾村 and 石桥村 stood already"
    before, numbers = register(), sorted(Household.objects.values_list("short", "changed"))
    second = take(world, DATA / "town.xlsx")
    assert counts(second) == (0, 0, 5588) and second.asked == 0
    assert register() == before and sorted(Household.objects.values_list("short", "changed")) == numbers
    assert Care.objects.filter(state="proposed").count() == 268
    assert Household.objects.exclude(living="lived_in").count() == 267
    assert not Question.objects.exists()


def test_the_messy_village_into_its_place_and_again(world: World) -> None:
    first = take(world, DATA / "village_messy.xlsx", who="cadre", village=world["WD/01"])
    assert counts(first) == (29, 0, 0) and len(first.reading.refused) == 7
    assert Household.objects.filter(head="张伟").count() == 2
    wang = Household.objects.get(code="0102001")
    assert (wang.head, wang.initials, wang.group.path) == ("王建国", "wjg", "WD/01/G02")
    assert open_phone(wang.pk, wang.phone_sealed) == "19900009620"
    assert Household.objects.get(code="0102011").group.path == "WD/01/G29"
    again = take(world, DATA / "village_messy.xlsx", who="cadre", village=world["WD/01"])
    assert counts(again) == (0, 0, 29) and again.asked == 0
    run = ImportRun.objects.order_by("at", "pk").first()
    assert run and (run.new, run.refused, run.skipped, run.state) == (29, 7, 9, "done")


def test_the_gbk_group_into_its_village(world: World) -> None:
    assert counts(take(world, DATA / "group_gbk.csv", village=world["WD/02"])) == (60, 0, 0)
    assert set(Place.objects.filter(parent=world["WD/02"]).values_list("name", flat=True)) == {"1组", "2组"}


def test_remarks_are_interpreted_and_then_nowhere(world: World, tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["1组", "01", "张甲明", 3, "", "独居老人,腿脚不便canary"],
        ["1组", "02", "李四", 2, "", "常年在外canary"],
    ]
    take(world, workbook(tmp_path / "r.xlsx", {"塔湾村": rows}))
    assert [(care.household.code, care.kind, care.state) for care in Care.objects.all()] == [
        ("01", "elder_alone", "proposed")
    ]
    assert dict(Household.objects.values_list("code", "living")) == {"01": "lived_in", "02": "away"}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "canary" not in str(cursor.fetchall()), table


def test_changes_are_taken_and_what_a_row_leaves_empty_stays(world: World, tmp_path: Path) -> None:
    take(world, workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(3)]}))
    rows = homes(3)
    rows[0][2], rows[0][4] = "张改名", ""
    rows[1][0], rows[1][3] = "3组", 9
    outcome = take(world, workbook(tmp_path / "b.xlsx", {"塔湾村": [HEAD, *rows]}))
    assert counts(outcome) == (0, 2, 1)
    one, two, _ = Household.objects.order_by("code")
    assert (one.head, one.initials, open_phone(one.pk, one.phone_sealed)) == ("张改名", "zgm", "19900000001")
    assert (two.group.name, two.people) == ("3组", 9)


def test_a_vanished_household_is_asked_about_once_and_never_deleted(world: World, tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(4)]})
    fewer = workbook(tmp_path / "b.xlsx", {"塔湾村": [HEAD, *homes(3)]})
    take(world, whole)
    assert take(world, fewer).asked == 1
    assert take(world, fewer).asked == 0
    [one] = queries.open_questions(["WD"])
    assert (one.kind, one.household.code) == ("vanished", "0101004")
    assert Household.objects.filter(until=None).count() == 4
    take(world, whole)
    assert not queries.open_questions(["WD"]).exists(), "back in the roster: answered by itself"


def test_a_household_in_a_refused_row_is_not_asked_about(world: World, tmp_path: Path) -> None:
    take(world, workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(4)]}))
    rows = homes(4)
    rows[1][3], rows[2][1] = "若干", 101003
    outcome = take(world, workbook(tmp_path / "b.xlsx", {"塔湾村": [HEAD, *rows]}))
    assert (len(outcome.reading.refused), outcome.asked) == (2, 0)


def test_one_group_s_own_list_asks_nothing_about_the_others_and_says_so(world: World, tmp_path: Path) -> None:
    rows = [row for group in (1, 2, 3) for row in homes(2, group)]
    take(world, workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *rows]}))
    outcome = take(world, workbook(tmp_path / "b.xlsx", {"塔湾村": [HEAD, *homes(2, 1)]}))
    assert outcome.asked == 0
    [note] = outcome.notes
    assert (note.code, note.facts["groups"]) == ("households.groups_left_out", "2组、3组")


def test_the_same_code_head_and_phone_in_another_village_is_a_question_never_a_move(
    world: World, tmp_path: Path
) -> None:
    take(world, workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(2)]}))
    rows = homes(2)
    rows[1][2] = "李另人"
    outcome = take(world, workbook(tmp_path / "b.xlsx", {"石桥村": [HEAD, *rows]}))
    assert (outcome.new, outcome.asked) == (2, 1)
    [one] = queries.open_questions(["WD"])
    assert (one.kind, one.household.village.name, one.other.village.name) == ("maybe_moved", "石桥村", "塔湾村")
    assert Household.objects.filter(village=world["WD/01"], until=None).count() == 2


def test_whether_a_home_is_lived_in_is_asked_not_overwritten(world: World, tmp_path: Path) -> None:
    rows = homes(1)
    rows[0][5] = "空置"
    file = workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *rows]})
    take(world, file)
    actions.set_lived_in(household=Household.objects.get(), living=Living.LIVED_IN, by=world.actor("cadre"), at=AT)
    assert take(world, file).asked == 1 and take(world, file).asked == 0
    assert Household.objects.get().living == "lived_in"


def test_a_declined_care_line_is_not_proposed_again(world: World, tmp_path: Path) -> None:
    rows = homes(1)
    rows[0][5] = "残疾"
    file = workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *rows]})
    take(world, file)
    actions.confirm_care(care=Care.objects.get(), confirmed=False, by=world.actor("cadre"), at=AT)
    assert take(world, file).care == 0 and Care.objects.get().state == "declined"


def test_an_ended_household_stays_ended_and_that_is_said(world: World, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(2)]})
    take(world, file)
    Household.objects.filter(code="0101001").update(until=AT.date())
    outcome = take(world, file)
    assert (
        counts(outcome) == (0, 0, 2)
        and [note.code for note in outcome.notes] == ["households.ended_left"]
        and len(outcome.said()) == 1
    )


# Where a roster may go -------------------------------------------------------------------------------------------


def test_a_sheet_that_is_no_village_is_refused_before_anything_is_written(world: World, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(2)], "Sheet1": [HEAD, *homes(2)]})
    with pytest.raises(Refused, match="households.sheet_is_no_village"):
        take(world, file)
    assert not Household.objects.exists() and not ImportRun.objects.exists()


def test_a_village_s_cadre_imports_the_own_village_only(world: World, tmp_path: Path) -> None:
    own = workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(2)]})
    assert counts(take(world, own, who="cadre")) == (2, 0, 0)
    for name in ("石桥村", "新来村"):
        with pytest.raises(Refused, match="households.which_town"):
            take(world, workbook(tmp_path / "b.xlsx", {name: [HEAD, *homes(2)]}), who="cadre")
    with pytest.raises(Refused, match="people.not_allowed"):
        take(world, own, who="cadre", village=world["WD/02"])
    with pytest.raises(Refused, match="people.not_allowed"):
        take(world, own, who="eva1")


def test_a_roster_goes_into_a_village(world: World) -> None:
    with pytest.raises(Refused, match="households.not_a_village"):
        take(world, DATA / "group_gbk.csv", village=world["WD"])


def test_a_roster_without_households(world: World, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="households.file_no_households"):
        take(world, workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD]}))


def test_a_roster_of_bad_rows_only_writes_nothing(world: World, tmp_path: Path) -> None:
    rows = homes(2)
    rows[0][3] = rows[1][3] = 0
    outcome = take(world, workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *rows]}))
    assert counts(outcome) == (0, 0, 0) and outcome.run is None and len(outcome.reading.refused) == 2
    assert not ImportRun.objects.exists()


def test_a_file_refused_leaves_nothing(world: World, tmp_path: Path) -> None:
    entries = Entry.objects.count()
    (tmp_path / "a.xlsx").write_bytes(b"\x89PNG" + b"0" * 100)
    with pytest.raises(Refused, match="households.file_no_table"):
        take(world, tmp_path / "a.xlsx")
    assert (Entry.objects.count(), ImportRun.objects.count()) == (entries, 0)


# Looking before importing ----------------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing_and_needs_no_place(world: World) -> None:
    by, entries = world.actor("clerk"), Entry.objects.count()
    outcome = queries.preview_roster(file=DATA / "village_messy.xlsx", by=by)
    assert counts(outcome) == (29, 0, 0) and outcome.run is None
    town = queries.preview_roster(file=DATA / "town.xlsx", by=by)
    assert counts(town) == (5588, 0, 0) and (town.care, town.not_lived_in) == (268, 267)
    assert (Entry.objects.count(), Household.objects.count()) == (entries, 0)
    take(world, DATA / "village_messy.xlsx", village=world["WD/01"])
    again = queries.preview_roster(file=DATA / "village_messy.xlsx", by=by, village=world["WD/01"])
    assert counts(again) == (0, 0, 29)


def test_the_answer_as_json_leaves_taken_out_above_20_000_rows(world: World) -> None:
    outcome = queries.preview_roster(file=DATA / "group_gbk.csv", by=world.actor("clerk"))
    assert list(outcome.as_json()) == ["taken", "refused", "skipped", "new", "changed", "unchanged"]
    assert outcome.as_json()["taken"][0] == {
        "sheet": "group_gbk", "row": 2, "group": "1", "code": "0301001", "name": "蔡诚福", "people": 1,
        "phone": "19900000606",
    }  # fmt: skip
    outcome.reading.taken.extend(outcome.reading.taken[:1] * 20_000)
    assert "taken" not in outcome.as_json() and len(outcome.as_json(rows=True)["taken"]) == 20_060


def test_an_import_left_unfinished_for_a_day_is_begun_anew(world: World, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(2)]})
    first = ImportRun.objects.get(pk=take(world, file).run)
    ImportRun.objects.update(state="running")
    assert take(world, file, at=AT + timedelta(hours=2)).run == first.pk
    ImportRun.objects.update(state="running")
    later = take(world, file, at=AT + timedelta(hours=25))
    assert later.run != first.pk and counts(later) == (0, 0, 2)
    first.refresh_from_db()
    assert first.state == "stopped"


# Steps, conflicts, undoing ---------------------------------------------------------------------------------------


def test_statements_do_not_grow_with_rows(world: World, tmp_path: Path) -> None:
    def statements(count: int, village: str) -> int:
        file = workbook(tmp_path / f"{count}.xlsx", {village: [HEAD, *homes(count, village=int(village == "塔湾村"))]})
        with CaptureQueriesContext(
            connection,
        ) as queries_of:
            take(world, file)
        return len(queries_of)

    assert abs(statements(400, "塔湾村") - statements(20, "石桥村")) <= 2


def test_a_conflict_with_another_import_is_tried_again_then_refused(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(2)]})
    calls: list[int] = []

    def clash(**given: Any) -> dict[str, int]:
        calls.append(1)
        if len(calls) <= 2:
            refuse("households.import_conflict")
        return steps.import_rows(**given)

    monkeypatch.setattr(importing, "import_rows", clash)
    assert counts(take(world, file)) == (2, 0, 0)
    monkeypatch.setattr(importing, "import_rows", lambda **given: refuse("households.import_conflict"))
    with pytest.raises(Refused, match="households.import_conflict"):
        take(world, workbook(tmp_path / "b.xlsx", {"塔湾村": [HEAD, *homes(3)]}))


def test_an_import_is_undone_within_a_day(world: World, tmp_path: Path) -> None:
    first = workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(3)]})
    take(world, first)
    before = register()
    phone = Household.objects.get(code="0101001")
    rows = homes(6)
    rows[0][2], rows[0][4], rows[5][5] = "张改名", "19911112222", "残疾"
    outcome = take(world, workbook(tmp_path / "b.xlsx", {"塔湾村": [HEAD, *rows], "新来村": [HEAD, *homes(2)]}))
    assert counts(outcome) == (5, 1, 2)
    run = ImportRun.objects.get(pk=outcome.run)
    later = AT + timedelta(hours=23)
    assert actions.undo_import(run=run, by=world.actor("clerk"), at=later) == 6
    assert register() == before and not Care.objects.exists() and not ImportLine.objects.filter(run=run).exists()
    back = Household.objects.get(code="0101001")
    assert open_phone(back.pk, back.phone_sealed) == open_phone(phone.pk, phone.phone_sealed)
    with pytest.raises(Refused, match="households.undone_already"):
        actions.undo_import(run=run, by=world.actor("clerk"), at=later)
    assert counts(take(world, tmp_path / "b.xlsx")) == (5, 1, 2), "the file may come again"


def test_undoing_ends_after_a_day_and_what_was_kept_for_it_is_erased(world: World, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(3)]})
    run = ImportRun.objects.get(pk=take(world, file).run)
    late = AT + timedelta(hours=25)
    with pytest.raises(Refused, match="households.undo_too_late"):
        actions.undo_import(run=run, by=world.actor("clerk"), at=late)
    assert actions.forget_undo(by=world.actor("clerk"), at=AT + timedelta(hours=24)) == 0
    assert actions.forget_undo(by=world.actor("clerk"), at=late) == 3
    assert not ImportLine.objects.exists()


def test_what_changed_or_was_used_since_is_not_undone(world: World, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", {"塔湾村": [HEAD, *homes(3)]})
    run = ImportRun.objects.get(pk=take(world, file).run)
    by = world.actor("clerk")
    with pytest.raises(Refused, match="people.not_allowed"):
        actions.undo_import(run=run, by=world.actor("cadre2"), at=AT)
    actions.issue_cards(place=world["WD/01"], by=by, at=AT)
    with pytest.raises(Refused, match="households.used_since"):
        actions.undo_import(run=run, by=by, at=AT)
    actions.change_household(household=Household.objects.get(code="0101001"), people=7, by=by, at=AT)
    with pytest.raises(Refused, match="households.changed_since"):
        actions.undo_import(run=run, by=by, at=AT)
    assert Household.objects.count() == 3
