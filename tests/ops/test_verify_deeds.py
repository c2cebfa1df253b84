"""What verify says of deeds that count in several ledgers, take off and were taken back: nothing, until one is altered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from tests.deeds import FROM, TEXT, answered, confirm, done, record, said
from tests.rounds import make_village

from courtyard.inspections.rules.deeds import ChangeKind
from courtyard.ops.verify.findings import carry_out
from courtyard.ops.verify.helping import deeds
from courtyard.ops.verify.said import said as said_look
from courtyard.ops.verify.source import Source

pytestmark = [pytest.mark.django_db, pytest.mark.long]


class Here(Source):
    """The test's own transaction."""

    vendor, alias = connection.vendor, "default"

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql.replace("%", "%%"), [])
            return iter(cursor.fetchall())


def told() -> tuple[str, str]:
    """The first finding of each of the two checks, '' where all is well."""
    found = [carry_out(name, look, Here()) for name, look in (("deeds", deeds), ("said", said_look))]
    return tuple("" if one.ok else one.detail for one in found)  # type: ignore[return-value]


def altered(sql: str) -> tuple[str, str]:
    """What is found once this was done behind the program's back; then it is undone."""
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT altered")
        cursor.execute(sql)
        assert cursor.rowcount == 1
        answer = told()
        cursor.execute("ROLLBACK TO SAVEPOINT altered")
    return answer


def test_every_alteration_of_a_deed_is_found() -> None:
    village = make_village(text=TEXT)
    done(village, "bulbs", amount_milli=9000)
    done(village, "yard", event="3")
    done(village, "blocking")
    bad = record(village, "dumping")
    confirm(village, bad, FROM)
    wrong = record(village, "sweep")
    confirm(village, wrong)
    answered(village, said(village, wrong, ChangeKind.MISTAKEN), granted=True)
    answered(village, said(village, bad, ChangeKind.OBJECTION), granted=False, words="照片在")
    assert told() == ("", "")
    item = "(SELECT id FROM inspections_deed WHERE item = '{0}')"
    count = "UPDATE inspections_deedcount SET milli = milli + 1000 WHERE ledger = '{1}' AND deed_id = " + item
    assert "记的是" in altered(count.format("yard", "honour"))[0], "more than its merit"
    assert "该减的是" in altered(count.format("dumping", "points"))[0], "less than was taken"
    assert "对不上" in altered("UPDATE inspections_deed SET points = 8 WHERE item = 'yard'")[0]
    assert (
        "没有谁要收回"
        in altered(
            f"UPDATE inspections_deedchange SET state = 'refused' WHERE kind = 'mistaken' AND deed_id = {item.format('sweep')}"
        )[0]
    )
    assert "同一个人" in altered("UPDATE inspections_deedchange SET answered_by = asked_by WHERE kind = 'objection'")[0]
    assert "封印不符" in altered("UPDATE inspections_deedsaid SET text = '没有照片' WHERE text = '照片在'")[1]
    assert "不见了" in altered("DELETE FROM inspections_deedsaid WHERE text = '照片在'")[1]
