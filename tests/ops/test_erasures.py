"""Erased means gone, and stays gone after a restore: the list of erasures lies outside every archive (D10)."""

from __future__ import annotations

import ast
import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from tests.house.reading import sources
from tests.ops.tampering import failing, tool
from tests.outreach import samples
from tests.rounds import SEPTEMBER, Village, at, fill_village, given, mark, opened_round
from tests.worlds import AT, World

from courtyard.honours.actions import close_village, drop, raise_objection, say_cannot_alone, take_help
from courtyard.honours.models import HelpTask, Listing
from courtyard.honours.rules.help import Helper
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.households.models import Household
from courtyard.inspections.actions.deeds import record_deed
from courtyard.inspections.rules.marks import Found, Given
from courtyard.inspections.rules.states import Presence
from courtyard.ops import numbers
from courtyard.ops.backup import archive
from courtyard.ops.erasing import AGAIN, TABLES, keep_whole
from courtyard.ops.serving.start_up import compare
from courtyard.ops.serving.work import turn
from courtyard.ops.verify.running import run_here
from courtyard.outreach import papers
from courtyard.outreach.actions import keep_artefact
from courtyard.records import erasures
from courtyard.records.epochs import begin_epoch, current
from courtyard.records.journal import act
from courtyard.records.models import Entry

CANARY = "金丝雀在柴堆后面唱歌"
NIGHT = datetime(2027, 9, 1, 20, 0, tzinfo=UTC)
POOR = Given(
    Presence.SEEN,
    tuple(dict.fromkeys(("courtyard", "rooms", "surroundings"), "poor").items()),
    (Found("courtyard", "c9", CANARY), Found("rooms", "r1"), Found("surroundings", "s1")),
)


def sung(village: Village) -> None:
    """A closed round of September 2026 with the canary in every table of words."""
    fill_village(village)
    opened = opened_round(village)
    mark(village, opened, {"0201": POOR, "0101": given("good")}, SEPTEMBER.replace(day=10))
    closer = at(SEPTEMBER.replace(day=20))
    close_village(closing=opened, by=village.actor("cadre", closer), at=closer)
    listing = Listing.objects.get(kind="black")
    cadre, today = village.actor("cadre"), at(date(2026, 9, 21))
    homes = {
        code: Household.objects.select_related("group", "village").get(pk=home.pk)
        for code, home in village.homes.items()
    }
    record_deed(
        village=village.place,
        household=homes["0102"],
        item="cleanup",
        day=SEPTEMBER,
        evidence=CANARY,
        by=cadre,
        at=today,
    )
    asked = say_cannot_alone(household=homes["0101"], by=cadre, at=today)
    task = HelpTask.objects.select_related("group").get(pk=asked.task)
    take_help(task=task, helper=Helper(words=CANARY), by=cadre, at=today)
    raise_objection(household=homes["0101"], channel=ObjectionChannel.SPOKEN, words=CANARY, by=cadre, at=today)
    drop(listing=listing, reasons=f"看错了:{CANARY}", by=village.actor("clerk"), at=at(date(2026, 9, 22)))
    printed = papers.render("red_poster", samples.red(3, 5))
    facts = json.dumps({"said": CANARY}, ensure_ascii=False)
    keep_artefact(
        printed=papers.Printed(**{**vars(printed), "facts": facts}),
        place=village.world["WD/01/G01"], by=village.actor("cadre"), at=AT,
    )  # fmt: skip


def singing(folder: Path) -> list[str]:
    """Files under a folder, and tables on the server, in which the canary is found."""
    connections.close_all()
    found = [path.name for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"SELECT 1 FROM {table} t WHERE t::text LIKE %s", [f"%{CANARY}%"])  # noqa: S608
                found += [table] if cursor.fetchone() else []
    return found


def in_backup(target: Path) -> list[str]:
    """The same for what a backup taken now holds."""
    call_command("backup", str(target))
    inside = target.with_suffix(".inside")
    archive.extract(target, inside, "")
    return [path.name for path in inside.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


def test_what_was_erased_after_a_backup_is_erased_again_after_its_restore(own_world: World, own_database, tmp_path):
    var, before, after = own_database.var, tmp_path / "usb" / "before.backup", tmp_path / "after.backup"
    before.parent.mkdir()
    sung(Village(own_world))
    assert singing(var), "the control: it sings in the live data"
    assert in_backup(before), "the control: it sings in the archive"
    turn("night", lambda: NIGHT)
    assert singing(var) == []
    assert in_backup(after) == []
    assert {line.verb for line in erasures.read().standing()} == {
        "inspections.erase_findings", "inspections.erase_deeds", "honours.erase_words", "honours.erase_help",
        "outreach.erase_prints",
    }  # fmt: skip
    list_there = erasures.path().read_bytes()
    assert CANARY.encode() not in list_there

    call_command("restore", str(before), "--replace")
    assert singing(var) == []
    assert in_backup(tmp_path / "next.backup") == []
    words = next(checked for checked in run_here() if checked.name == "words")
    assert failing() == set() and "清除过 5 次" in words.detail and "kept_12_months" in words.detail
    assert Entry.objects.filter(verb="honours.erase_words").count() == 1

    # The control: without any list the same restore brings it back.
    for path in (var / erasures.NAME, var / "numbers.json"):
        path.unlink()
    call_command("restore", str(before), "--replace")
    assert singing(var)

    # A list kept beside the archive by a later backup is enough, as on a new machine.
    (before.parent / erasures.NAME).write_bytes(list_there)
    call_command("restore", str(before), "--replace")
    assert singing(var / "files") == [] and not [name for name in singing(var) if "words" in name]
    if not own_database.url:
        assert CANARY.encode() not in (var / "courtyard.sqlite3").read_bytes()


def test_an_older_copy_put_back_by_hand_is_erased_again_before_anybody_is_served(own_world: World, own_database):
    if own_database.url:
        # A copied-back disk of a PostgreSQL server looks like this to us: the heads are behind, the words are there.
        sung(Village(own_world))
        line = erasures.Line("0" * 32, "inspections.erase_findings", "", "", "kept_12_months", "", 1)
        subject = Entry.objects.get(verb="inspections.open_round").subject
        erasures.append([erasures.Line(**{**vars(line), "subject": subject, "at": "2027-09-01T00:00:00.000000Z"})])
        numbers.expect_older()
    else:
        sung(Village(own_world))
        connections.close_all()
        shutil.copy2(own_database.var / "courtyard.sqlite3", own_database.var / "copy")
        turn("night", lambda: NIGHT)
        numbers.keep()
        connections.close_all()
        (own_database.var / "copy").replace(own_database.var / "courtyard.sqlite3")
    compare()
    assert current() == 2
    assert "inspections_finding" not in singing(own_database.var)
    assert own_database.url or singing(own_database.var) == []
    assert failing() == set()


def erasing(world: World, *, fails: bool = False) -> None:
    """An act that erases."""
    with act("households.forget_undo", by=world.terminal, at=AT, chain=world["WD/01"].pk) as pen:
        pen.erases("kept_a_day")
        if fails:
            raise RuntimeError


def whole(older: bool = False):
    number, seal = numbers.kept_erasures()
    return keep_whole(number=number, seal=seal, older=older, at=AT)


def test_the_list_and_the_journal_agree_whatever_a_crash_left(own_world: World, monkeypatch):
    erasing(own_world)
    (line,) = erasures.read().standing()
    assert (line.verb, line.rule, line.epoch) == ("households.forget_undo", "kept_a_day", 1)
    assert json.loads(Entry.objects.get(pk=line.entry).answer)["rule"] == "kept_a_day"
    assert whole() == whole() and whole().added == 0

    # On the list, and the commit never came: the process was killed between the two.
    ghost = erasures.Line("f" * 32, line.verb, line.chain, line.subject, line.rule, line.at, 1)
    erasures.append([ghost])
    assert whole(older=True).taken_back == 0, "an older copy cannot know"
    assert whole().taken_back == 1 and ghost not in erasures.read().standing()

    # A commit that failed takes its line back itself.
    def refuses() -> None:
        raise OperationalError("no commit")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "_commit", refuses)
        with pytest.raises(OperationalError, match="no commit"):
            erasing(own_world)
    assert erasures.read().standing() == (line,)
    with pytest.raises(RuntimeError):
        erasing(own_world, fails=True)
    assert erasures.read().standing() == (line,)

    # The list went: the journal knows.
    numbers.keep()
    erasures.path().unlink()
    made = whole()
    assert (made.added, "不见了" in made.broken) == (1, True)
    assert erasures.read().standing() == (line,)


def test_a_cut_or_altered_list_is_seen_and_kept_aside(own_world: World, own_database):
    for _ in range(3):
        erasing(own_world)
    numbers.keep()
    path = erasures.path()
    text = path.read_bytes()
    lines = text.splitlines(keepends=True)
    altered = lines[0].replace(b"kept_a_day", b"kept_a_dax")
    for n, hurt in enumerate((b"".join(lines[:2]), altered + b"".join(lines[1:]), b"x" + text)):
        path.write_bytes(hurt)
        when = AT + timedelta(seconds=n)
        number, seal = numbers.kept_erasures()
        found = keep_whole(number=number, seal=seal, older=False, at=when)
        assert "截短或改过" in found.broken, n
        assert len(erasures.read().standing()) == 3 and not erasures.read().broken_at
        numbers.keep()
    assert len(list(own_database.var.glob(f"{erasures.NAME}.broken-*"))) == 3


def test_a_line_a_crash_cut_short_is_no_damage(own_world: World):
    erasing(own_world)
    with erasures.path().open("ab") as file:
        file.write(b'{"entry":"00')
    assert erasures.read().is_torn and whole().broken == ""
    erasing(own_world)
    assert len(erasures.read().standing()) == 2 and not erasures.read().broken_at


def test_an_altered_line_is_never_built_upon(own_world: World):
    erasing(own_world)
    erasures.path().write_bytes(b"[]\n")
    with pytest.raises(OSError, match="line 1"):
        erasing(own_world)
    assert Entry.objects.filter(verb="households.forget_undo").count() == 1


def test_a_life_never_takes_a_number_that_was_seen_before(own_world: World):
    own = {"why": "restored", "chain": own_world[""].pk, "by": own_world.terminal, "at": AT}
    assert begin_epoch(**own, after=4) == 5
    assert begin_epoch(**own) == 6
    assert failing() == set()


@pytest.mark.parametrize("sql", ["UPDATE {} SET text = 'x'", "DELETE FROM {}"])
def test_words_altered_or_taken_away_without_a_rule_are_found(own_world: World, sql: str):
    sung(Village(own_world))
    for table in ("honours_gradewords", "honours_helpwords", "inspections_deedwords"):
        with tool() as alter:
            alter.plain(f"CREATE TABLE kept AS SELECT * FROM {table}")
            alter.plain(sql.format(table))
        assert failing() == {"said"}, table
        with tool() as alter:
            alter.plain(f"DELETE FROM {table}")
            alter.plain(f"INSERT INTO {table} SELECT * FROM kept")
            alter.plain("DROP TABLE kept")
        assert failing() == set(), table


def test_every_table_of_words_has_its_day():
    """Tables with a salt beside their words; names of papers of the ledger stay with the books they are evidence of, and
    what was said of a scheme stays with its version."""
    stay = {"points_budget", "points_adjustment", "rating_reviewwords"}
    salted = {m._meta.db_table for m in apps.get_models() if any(f.name == "salt" for f in m._meta.concrete_fields)}
    assert salted - stay == set(TABLES) - {"households_importline"}


@pytest.mark.parametrize("sql", ["UPDATE outreach_artefactwords SET facts = 'x'", "DELETE FROM outreach_artefactwords"])
def test_facts_of_a_print_altered_or_taken_away_are_found(own_world: World, sql):
    printed = papers.render("red_poster", samples.red(3, 5))
    keep_artefact(printed=printed, place=own_world["WD/01/G01"], by=own_world.actor("cadre"), at=AT)
    assert failing() == set()
    with tool() as alter:
        alter.plain(sql)
    assert failing() == {"words"}


def test_every_act_that_erases_is_one_that_can_be_carried_out_again():
    """Acts that say `pen.erases(…)`, by the verb of the `act(…)` they stand in."""
    found = set()
    for source in sources():
        for block in ast.walk(source.tree):
            if not isinstance(block, ast.With) or source.room == "records":
                continue
            calls = [call for call in ast.walk(block) if isinstance(call, ast.Call)]
            if any(isinstance(call.func, ast.Attribute) and call.func.attr == "erases" for call in calls):
                opened = block.items[0].context_expr
                assert isinstance(opened, ast.Call) and isinstance(opened.args[0], ast.Constant)
                found.add(opened.args[0].value)
    assert found == set(AGAIN)
