"""The tamper kit: for every check an alteration that only this check finds, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from django.db import connections
from tests.ops import altered_lapses
from tests.ops.altered_slips import slips
from tests.ops.altered_titles import titles
from tests.ops.tampering import Tool, failing, found, recount, reseal, tool

from courtyard.ops.verify.findings import carry_out
from courtyard.ops.verify.running import ACCESS, CHECKS, run_here
from courtyard.ops.verify.source import open_source

ABSENT = "00000000000070008000000000000000"

# A whole town a process: on PostgreSQL that is minutes.
pytestmark = pytest.mark.long_on_postgres


def _database(alter: Tool) -> None:
    if alter.vendor == "sqlite":
        # An index whose pages no longer are what its definition says.
        alter.plain("PRAGMA writable_schema = ON")
        alter.plain(
            'UPDATE sqlite_master SET sql = replace(sql, \'("group_id", "kind", "state")\','
            ' \'("state", "kind", "group_id")\') WHERE name = \'honours_listing_board\''
        )
    else:
        alter.plain("ALTER TABLE households_household ADD CONSTRAINT hurried CHECK (people > 500) NOT VALID")


def _triggers(alter: Tool) -> None:
    if alter.vendor == "sqlite":
        alter.plain("DROP TRIGGER points_posting_no_update")
    else:
        alter.plain("ALTER TABLE points_posting DISABLE TRIGGER points_posting_no_update")


def _constraints(alter: Tool) -> None:
    alter.drop_index("households_card", "households_one_live_card")


def _foreign_keys(alter: Tool) -> None:
    seat = alter.value("SELECT MIN(CAST(id AS text)) FROM inspections_seat")
    alter.plain(f"UPDATE inspections_seat SET evaluator_id = '{ABSENT}' WHERE id = '{seat}'")


def _chain(alter: Tool) -> None:
    entry = alter.value("SELECT MIN(CAST(id AS text)) FROM records_entry WHERE verb = 'honours.publish'")
    alter.past_triggers("records_entry", f"UPDATE records_entry SET by_kind = 'household' WHERE id = '{entry}'")


def _entries(alter: Tool) -> None:
    alter.past_triggers(
        "inspections_result",
        "UPDATE inspections_result SET grade = 'good' WHERE id = (SELECT id FROM inspections_result"
        " WHERE grade = 'fair' ORDER BY id LIMIT 1)",
    )


def _receipts(alter: Tool) -> None:
    alter.past_triggers(
        "records_receipt",
        "UPDATE records_receipt SET verb = 'points.fund_budget' WHERE command ="
        " (SELECT command FROM records_receipt ORDER BY command LIMIT 1)",
    )
    reseal(alter)


def _epochs(alter: Tool) -> None:
    alter.plain("INSERT INTO records_epoch (number, why, at) VALUES (2, 'restored', '2026-11-01 00:00:00')")


def _counters(alter: Tool) -> None:
    alter.plain(
        "UPDATE points_counter SET points = points + 1 WHERE account_id = (SELECT MAX(account_id) FROM points_counter)"
    )


def _never_below_zero(alter: Tool) -> None:
    alter.past_triggers(
        "points_posting",
        "UPDATE points_posting SET id = -id WHERE id = (SELECT MIN(id) FROM points_posting WHERE cause = 'redemption')",
    )
    reseal(alter)


def _holds(alter: Tool) -> None:
    alter.plain(
        "UPDATE points_counter SET held = 1 WHERE account_id ="
        " (SELECT MIN(account_id) FROM points_counter WHERE points > 1)"
    )


def _awards(alter: Tool) -> None:
    award = alter.value("SELECT MIN(CAST(award_id AS text)) FROM points_posting WHERE cause = 'award'")
    other = alter.value(
        "SELECT MIN(CAST(household AS text)) FROM points_award WHERE household <>"
        f" (SELECT household FROM points_award WHERE id = '{award}')"
    )
    alter.past_triggers(
        "points_award", f"UPDATE points_award SET household = '{other}', clause = 'other' WHERE id = '{award}'"
    )
    reseal(alter)


def _factors(alter: Tool) -> None:
    """A round that was paid whole is said to have been paid by a factor."""
    award = alter.value("SELECT MIN(CAST(award_id AS text)) FROM points_posting WHERE cause = 'award'")
    alter.plain(
        "INSERT INTO points_factor (round, village, budget, needed, day, entry)"
        f" SELECT round, village, 1, 2, day, entry FROM points_award WHERE id = '{award}'"
    )
    reseal(alter)


def _reversals(alter: Tool) -> None:
    columns = "command, n, points, cause, subject, day, booked, entry, debit_id, credit_id, reverses_id, award_id"
    alter.plain(
        f"INSERT INTO points_posting ({columns}) SELECT p.command, p.n + 1000, 1, 'reversal', p.subject, p.day,"
        " p.booked, p.entry, p.credit_id, p.debit_id, p.id, NULL FROM points_posting p WHERE p.id ="
        " (SELECT MAX(id) FROM points_posting WHERE cause = 'award' AND points > 1)"
    )
    recount(alter)
    reseal(alter)


def _stock(alter: Tool) -> None:
    alter.plain("UPDATE shop_stock SET pieces = pieces + 1")


def _redemptions(alter: Tool) -> None:
    sale = alter.value("SELECT MIN(CAST(id AS text)) FROM shop_redemption")
    alter.past_triggers("shop_redemption", f"UPDATE shop_redemption SET points = points + 1 WHERE id = '{sale}'")
    reseal(alter)


def _listings(alter: Tool) -> None:
    alter.plain("UPDATE honours_listing SET state = 'expired' WHERE state IN ('delisted', 'mended')")


def _looks(alter: Tool) -> None:
    """A look is said to have been on another day than its marks."""
    look = alter.value("SELECT MIN(CAST(look_id AS text)) FROM honours_lookmarks")
    alter.past_triggers("honours_look", f"UPDATE honours_look SET day = '2026-01-01' WHERE id = '{look}'")
    reseal(alter)


def _spot_checks(alter: Tool) -> None:
    """More homes agree than were seen."""
    alter.past_triggers("inspections_agreement", "UPDATE inspections_agreement SET same = same + 1000")
    reseal(alter)


def _concerns(alter: Tool) -> None:
    """A no that is turned into another question's."""
    alter.plain("UPDATE inspections_concern SET question = 'came' WHERE question = 'slip'")


def _objections(alter: Tool) -> None:
    """An objection nobody answered is said to have been dismissed."""
    alter.plain(
        "UPDATE honours_gradeobjection SET state = 'dismissed', decided_on = raised_on"
        " WHERE id = (SELECT id FROM honours_gradeobjection WHERE state = 'open' ORDER BY id LIMIT 1)"
    )


def _deeds(alter: Tool) -> None:
    """A deed is said to have earned more than was granted."""
    alter.plain("UPDATE inspections_deed SET points = points + 1 WHERE state = 'confirmed'")


def _words(alter: Tool) -> None:
    alter.plain(
        "UPDATE inspections_finding SET words = 'x' WHERE id = (SELECT id FROM inspections_finding ORDER BY id LIMIT 1)"
    )


def _said(alter: Tool) -> None:
    """Help is said to have been given by somebody whose name was never kept."""
    no = "0" if alter.vendor == "sqlite" else "false"
    alter.plain(
        "INSERT INTO honours_helptask (id, household_id, group_id, village_id, why, channel, state, since, due,"
        ' provisional, helper_kind, words_sha256, ended_by, "by")'
        f" SELECT '{ABSENT}', id, group_id, village_id, 'asked', 'spoken', 'open', since, since, {no}, '', 'sealed', '',"
        " id FROM households_household ORDER BY code LIMIT 1"
    )


def _scans(alter: Tool) -> None:
    """A scan is said to have been attached, and there is neither a file nor an act that took it away."""
    alter.plain(
        "INSERT INTO records_scan (id, subject, seal, entry)"
        f" SELECT '{ABSENT}', id, 'sealed', id FROM records_entry WHERE verb = 'rating.adopt' ORDER BY id LIMIT 1"
    )
    reseal(alter)


def _cards(alter: Tool) -> None:
    alter.drop_index("households_card", "households_one_live_card")
    alter.plain("CREATE INDEX households_one_live_card ON households_card (household_id)")
    alter.plain(
        "INSERT INTO households_card (id, household_id, token, state, issued)"
        f" SELECT '{ABSENT}', household_id, 'SECONDCARD', 'live', issued FROM households_card"
        " WHERE state = 'live' ORDER BY token LIMIT 1"
    )


def _visits(alter: Tool) -> None:
    unrated = alter.value("SELECT MIN(CAST(id AS text)) FROM households_household WHERE living <> 'lived_in'")
    visit = alter.value(
        "SELECT MIN(CAST(v.id AS text)) FROM inspections_visit v JOIN inspections_round r ON r.id = v.round_id"
        " WHERE r.kind IN ('full', 'light')"
    )
    alter.plain(f"UPDATE inspections_visit SET household_id = '{unrated}' WHERE id = '{visit}'")


def _schemes(alter: Tool) -> None:
    alter.past_triggers("rating_schemeversion", "UPDATE rating_schemeversion SET text = text || ' '")


def _places(alter: Tool) -> None:
    alter.plain("UPDATE places_place SET path = path || '0' WHERE kind = 'group'")


ALTERATIONS: dict[str, Callable[[Tool], None]] = {
    "database": _database,
    "triggers": _triggers,
    "constraints": _constraints,
    "foreign_keys": _foreign_keys,
    "chain": _chain,
    "entries": _entries,
    "receipts": _receipts,
    "epochs": _epochs,
    "counters": _counters,
    "never_below_zero": _never_below_zero,
    "holds": _holds,
    "awards": _awards,
    "factors": _factors,
    "reversals": _reversals,
    "lapses": altered_lapses.lapses,
    "resets": altered_lapses.resets,
    "deductions": altered_lapses.deductions,
    "standings": altered_lapses.standings,
    "titles": titles,
    "stock": _stock,
    "redemptions": _redemptions,
    "listings": _listings,
    "slips": slips,
    "looks": _looks,
    "spot_checks": _spot_checks,
    "concerns": _concerns,
    "objections": _objections,
    "deeds": _deeds,
    "words": _words,
    "said": _said,
    "scans": _scans,
    "cards": _cards,
    "visits": _visits,
    "schemes": _schemes,
    "places": _places,
}


def test_a_town_that_lived_by_actions_alone_has_nothing_to_find(town_copy):
    assert [checked for checked in run_here() if not checked.ok] == []


def test_every_check_has_its_alteration():
    assert set(ALTERATIONS) == set(CHECKS)


@pytest.mark.parametrize("name", list(ALTERATIONS))
def test_only_this_check_finds_it(town_copy, name):
    with tool() as alter:
        ALTERATIONS[name](alter)
    assert failing() == {name}
    assert found(name)


def test_a_point_that_went_before_its_time_is_found(town_copy):
    with tool() as alter:
        altered_lapses.lapsed_too_much(alter)
    assert failing() == {"lapses"}


@pytest.mark.parametrize("pieces", [1, 99])
def test_cash_that_no_price_asked_for_is_found(town_copy, pieces):
    with tool() as alter:
        sold = "FROM shop_redemptionline WHERE pieces = 1 ORDER BY id LIMIT 1"
        alter.plain(
            "INSERT INTO shop_cashline (redemption_id, item_id, pieces, cash_each_fen, entry)"
            f" SELECT redemption_id, item_id, {pieces}, 100, entry {sold}"  # noqa: S608  # the test's own numbers
        )
        reseal(alter)
    assert failing() == {"redemptions"}


def test_an_award_that_waits_where_no_payment_would_look_is_found(town_copy):
    with tool() as alter:
        award = alter.value("SELECT MIN(CAST(id AS text)) FROM points_award WHERE reverses_id IS NULL")
        columns = "village, household, round, points, day, turn, entry"
        alter.plain(
            f"INSERT INTO points_award (id, clause, {columns})"
            f" SELECT '0192f0c1a2b37c4d8e5f60718293a4b5', 'awards.other', {columns} FROM points_award WHERE id = '{award}'"
        )
        reseal(alter)
    assert failing() == {"awards"}
    assert "待发里却找不到" in found("awards")


def test_a_day_of_a_black_entry_moved_by_hand_is_found(town_copy):
    """An earlier publication or a longer one cannot be had by altering the row."""
    moved = [
        ("publish_from", "2020-01-10", "太早"),
        ("publish_from", "2099-01-10", "告知时说的是"),
        ("notified_on", "2020-01-01", "没有凭证"),
        ("published_on", "2099-01-01", "和那一步的日期不符"),
        ("expires_on", "2099-01-01", "超过 90 天"),
        ("expires_on", "2020-01-01", "公示时说的是"),
    ]
    with tool() as alter:
        where = "kind = 'black' AND published_on IS NOT NULL AND notified_on IS NOT NULL"
        entry = alter.value(f"SELECT MIN(CAST(id AS text)) FROM honours_listing WHERE {where}")
        for column, day, said in moved:
            before = alter.value(f"SELECT {column} FROM honours_listing WHERE id = '{entry}'")
            alter.plain(f"UPDATE honours_listing SET {column} = '{day}' WHERE id = '{entry}'")
            with closing(open_source()) as source:
                checked = carry_out("listings", CHECKS["listings"], source)
            assert not checked.ok and said in checked.detail
            alter.plain(f"UPDATE honours_listing SET {column} = '{before}' WHERE id = '{entry}'")
    assert failing() == set()


def test_the_file_of_access_lines_is_looked_at_too(town_copy):
    from courtyard.records.models import AccessLine

    alias = "access" if "access" in connections else "default"
    with connections[alias].cursor() as cursor:
        table = AccessLine._meta.db_table
        on_table = "" if connections[alias].vendor == "sqlite" else f" ON {table}"
        cursor.execute(f"DROP TRIGGER {table}_no_delete{on_table}")
    assert failing() == {"access_triggers" if alias == "access" else "triggers"}
    assert set(ACCESS) == {"access_database", "access_triggers"}


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM inspections_finding WHERE id = (SELECT id FROM inspections_finding ORDER BY id LIMIT 1)",
        "DELETE FROM inspections_finding",
        "UPDATE honours_words SET text = 'x'",
        "DELETE FROM honours_words",
        "UPDATE honours_words SET step_n = step_n + 100",
    ],
)
def test_words_that_were_altered_or_taken_away_without_a_rule_are_found(town_copy, sql):
    with tool() as alter:
        alter.plain(sql)
    assert failing() == {"words"}


@pytest.mark.parametrize(
    "sql", ["UPDATE inspections_concernwords SET text = 'x'", "DELETE FROM inspections_concernwords"]
)
def test_answers_to_concerns_that_were_altered_or_taken_away_are_found(town_copy, sql):
    with tool() as alter:
        alter.plain(sql)
    assert failing() == {"concerns"}


@pytest.mark.parametrize(
    ("table", "sql"),
    [
        ("points_posting", "UPDATE points_posting SET points = points + 1 WHERE id = (SELECT MIN(id) FROM points_posting)"),
        ("points_posting", "UPDATE points_posting SET booked = '2020-01-01' WHERE id = (SELECT MIN(id) FROM points_posting)"),
        ("points_posting", "DELETE FROM points_posting WHERE id = (SELECT MAX(id) FROM points_posting)"),
        ("honours_step", "DELETE FROM honours_step WHERE id = (SELECT MIN(id) FROM honours_step)"),
        ("inspections_marks", "UPDATE inspections_marks SET day = '2020-01-01'"),
        ("shop_price", "UPDATE shop_price SET points = points + 1"),
        ("rating_adoption", "UPDATE rating_adoption SET attendance = attendance + 1"),
    ],
)  # fmt: skip
def test_an_altered_or_missing_row_of_a_growing_table_is_named_by_its_entry(town_copy, table, sql):
    with tool() as alter:
        alter.past_triggers(table, sql)
    assert "entries" in failing()
    assert (table if "DELETE" not in sql else "行") in found("entries")
