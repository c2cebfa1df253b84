"""What `verify` says of a town that was altered whole: a gap, a printed head, its JSON, a file that is none any more, erased words."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from tests.ops.tampering import failing, found, recount, reseal, tool
from tests.ops.test_verify import ALTERATIONS

from courtyard.ops.verify.running import run_here

# A whole town a process: on PostgreSQL that is minutes.
pytestmark = pytest.mark.long_on_postgres


def test_an_entry_that_was_taken_out_leaves_a_gap(town_copy):
    with tool() as alter:
        entry = alter.value("SELECT MIN(CAST(id AS text)) FROM records_entry WHERE verb = 'people.make_account'")
        alter.past_triggers("records_entry", f"DELETE FROM records_entry WHERE id = '{entry}'")
    assert failing() == {"chain"}
    assert "缺第" in found("chain")


def test_a_forger_who_recomputes_everything_is_found_by_a_printed_head_alone(town_copy):
    from courtyard.records.models import Chain

    printed = max(Chain.objects.all(), key=lambda chain: chain.number)
    head = f"{printed.place.hex}:{printed.number}:{printed.head}"
    assert all(checked.ok for checked in run_here(heads=(head,)))
    with tool() as alter:
        alter.past_triggers(
            "inspections_result",
            "UPDATE inspections_result SET grade = 'good' WHERE grade = 'fair' AND EXISTS"
            " (SELECT 1 FROM records_entry e WHERE e.id = entry AND e.chain_id = "
            f"'{printed.place.hex}')",
        )
        recount(alter)
        reseal(alter)
    assert failing() == set()
    assert [checked.name for checked in run_here(heads=(head,)) if not checked.ok] == ["printed_head"]


def test_the_command_says_it_as_json_and_exits_1(town_copy, capsys):
    good = town_copy.command("verify", "--json")
    answer = json.loads(good.stdout)
    assert answer["ok"] and set(answer) == {"ok", "checks"}
    assert all(set(check) == {"name", "ok", "detail"} for check in answer["checks"])
    with tool() as alter:
        ALTERATIONS["stock"](alter)
    bad = town_copy.command("verify", "--json", check=False)
    assert bad.returncode == 1 and not json.loads(bad.stdout)["ok"]
    assert "库存" in bad.stderr and "Traceback" not in bad.stderr
    with pytest.raises(CommandError, match="库存"):
        call_command("verify")


def test_a_file_that_is_no_database_any_more_is_a_finding_not_a_crash(town_copy):
    if town_copy.url:
        with tool() as alter:
            alter.plain("ALTER TABLE points_posting RENAME TO points_gone")
        assert "counters" in failing()
        return
    connections.close_all()
    path = town_copy.var / "courtyard.sqlite3"
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40_000] = b"\xff" * 40_000
    path.write_bytes(bytes(content))
    assert "database" in failing()


def test_words_erased_by_their_rule_leave_nothing_to_find(town_copy):
    from datetime import timedelta

    from tests.worlds import AT

    from courtyard.inspections.actions import erase_findings
    from courtyard.inspections.queries.keeping import findings_due
    from courtyard.kernel.days import day_of
    from courtyard.people.actions import open_terminal

    later = AT + timedelta(days=500)
    by = open_terminal(county_name="", at=later)
    due = list(findings_due(day_of(later)))
    assert due
    for kept in due:
        erase_findings(kept=kept, by=by, at=later)
    assert failing() == set()
