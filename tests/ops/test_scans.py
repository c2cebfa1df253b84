"""Scans of resolutions through everything that keeps or takes data: verify, the night, backup, restore, erasures again."""

from __future__ import annotations

import io
import os
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from PIL import Image
from tests.ops.tampering import failing, found, reseal, tool
from tests.rounds import Village, fill_village
from tests.worlds import AT, World

from courtyard.households.actions import erase_covenant_scan, set_covenant
from courtyard.households.models import Covenant
from courtyard.ops.serving.work import HANDLERS, turn
from courtyard.ops.verify.running import run
from courtyard.ops.verify.source import open_source
from courtyard.rating.actions import adopt_scheme, attach_scan, erase_scan
from courtyard.rating.models import Adoption
from courtyard.records import erasures, files
from courtyard.records.models import ScanEnd, ScanFile
from courtyard.records.reading import Paper
from courtyard.records.rules import FileKind, ScanRule

pytestmark = pytest.mark.long
LATER = datetime(2027, 11, 1, 20, 0, tzinfo=UTC)


def kept(colour: str = "white") -> files.Kept:
    """A picture in the store, not read by the child again."""
    out = io.BytesIO()
    Image.new("RGB", (40, 60), colour).save(out, "PNG")
    return files.keep(Paper(out.getvalue(), FileKind.PNG, 1))


def resolution(village: Village) -> tuple[Adoption, Covenant, Path]:
    """A village whose scheme's and covenant's resolution are one scan."""
    fill_village(village)
    adoption, scan, by = Adoption.objects.select_related("place").get(), kept(), village.actor("cadre")
    attach_scan(adoption=adoption, scan=scan, by=by, at=AT)
    given = {"title": "村规民约", "text": "门前自己扫。", "passed": date(2026, 8, 1), "document": "1号"}
    more = {"attendance": 5, "households": 6, "scan": scan, "by": by, "at": AT}
    covenant = set_covenant(place=village.place, **given, **more)
    return adoption, covenant, files.place_of(scan.sha256)


@pytest.fixture
def held(own_world: World) -> tuple[Village, Adoption, Covenant, Path]:
    village = Village(own_world)
    return village, *resolution(village)


def test_verify_names_the_first_bad_file_and_the_first_bad_row(held):
    _, adoption, _, path = held
    assert failing() == set()
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"x")
    assert failing() == {"scans"}
    assert path.name[:16] in found("scans") and "被改过" in found("scans")
    path.unlink()
    assert "读不出来" in found("scans")
    path.write_bytes(content)
    for sql in (
        "UPDATE records_scanfile SET pages = pages + 1",
        "UPDATE records_scanfile SET bytes = bytes + 1",
        "DELETE FROM records_scanfile",
    ):
        with tool() as alter:
            alter.plain("CREATE TABLE kept AS SELECT * FROM records_scanfile")
            alter.plain(sql)
        assert failing() == {"scans"}, sql
        with tool() as alter:
            alter.plain("DELETE FROM records_scanfile")
            alter.plain("INSERT INTO records_scanfile SELECT * FROM kept")
            alter.plain("DROP TABLE kept")
    assert failing() == set()
    with tool() as alter:
        scan = ScanFile.objects.get(subject=adoption.pk).scan_id.hex
        alter.plain(
            "INSERT INTO records_scanend (id, scan_id, day, rule, entry) SELECT"
            f" '{scan}', '{scan}', '2026-09-01', 'scan_wrong', entry FROM records_scan WHERE id = '{scan}'"
        )
        reseal(alter)
    assert failing() == {"scans"}, "taken away and still there"


def test_a_file_two_things_rest_on_goes_with_the_second(held):
    village, adoption, covenant, path = held
    assert ScanFile.objects.values("sha256").distinct().count() == 1 and ScanFile.objects.count() == 2
    clerk = village.actor("clerk")
    erase_scan(adoption=adoption, rule=ScanRule.ASKED, by=clerk, at=AT)
    assert path.exists() and failing() == set()
    with files.while_copied():
        erase_covenant_scan(covenant=covenant, rule=ScanRule.WRONG, by=clerk, at=AT)
    assert path.exists(), "a backup was copying: the sweep comes for it"
    os.utime(path, (0, 0))
    HANDLERS["sweep_files"]({}, LATER, lambda *_: None)
    assert not path.exists() and failing() == set()
    assert list(ScanEnd.objects.order_by("entry").values_list("rule", flat=True)) == ["scan_asked", "scan_wrong"]


def test_the_night_takes_away_what_was_replaced_a_year_ago_and_leaves_the_rest(held):
    village, adoption, covenant, path = held
    turn("night", lambda: datetime(2027, 9, 20, 20, 0, tzinfo=UTC))
    assert ScanFile.objects.count() == 2, "nothing took their place"
    by = village.actor("cadre")
    again = {"version": adoption.version, "assembly": date(2026, 8, 20), "attendance": 4, "households": 6}
    adopt_scheme(
        place=village.place, starts=date(2026, 10, 1), document="第二次", seconded_by=village.actor("clerk"),
        scan=kept("grey"), by=by, at=AT, **again,
    )  # fmt: skip
    turn("night", lambda: datetime(2027, 9, 29, 20, 0, tzinfo=UTC))
    assert ScanFile.objects.count() == 3, "a day of the twelve months is left"
    turn("night", lambda: LATER)
    assert set(ScanFile.objects.values_list("subject", flat=True)) == {
        covenant.pk, Adoption.objects.get(document="第二次").pk,
    }  # fmt: skip
    assert path.exists(), "the covenant rests on it"
    more = {"passed": date(2026, 8, 30), "document": "2号", "attendance": 5, "households": 6, "by": by, "at": AT}
    set_covenant(place=village.place, title="村规民约", text="门前屋后自己扫。", **more)
    turn("night", lambda: LATER.replace(day=3))
    assert not path.exists() and ScanFile.objects.count() == 1
    assert failing() == set()


def test_a_backup_holds_the_scan_and_what_was_erased_since_stays_erased(held, own_database, tmp_path):
    village, adoption, covenant, path = held
    before = tmp_path / "before.backup"
    (path.parent / ".new-00").write_bytes(b"half written")
    call_command("backup", str(before))
    content = path.read_bytes()
    path.write_bytes(b"somebody scribbled on the live one")
    call_command("restore", str(before), "--replace")
    assert path.read_bytes() == content and not (path.parent / ".new-00").exists()
    assert failing() == set()
    clerk = village.actor("clerk")
    erase_scan(adoption=Adoption.objects.select_related("place").get(), rule=ScanRule.ASKED, by=clerk, at=AT)
    erase_covenant_scan(covenant=Covenant.objects.select_related("place").get(), rule=ScanRule.ASKED, by=clerk, at=AT)
    assert not path.exists() and len(erasures.read().standing()) == 2
    call_command("restore", str(before), "--replace")
    assert not ScanFile.objects.exists() and not path.exists()
    assert failing() == set()
    assert set(ScanEnd.objects.values_list("rule", flat=True)) == {"scan_asked"}


def test_a_backup_of_which_a_file_is_gone_is_not_taken_and_a_hurt_file_is_found(held, tmp_path):
    *_, path = held
    path.unlink()
    with pytest.raises(CommandError, match="scans"):
        call_command("backup", str(tmp_path / "x.backup"))
    assert not (tmp_path / "x.backup").exists()


def test_what_is_checked_lies_where_the_source_says(held, tmp_path):
    with closing(open_source()) as source:
        source.files = tmp_path / "elsewhere"
        bad = [one for one in run(source) if not one.ok]
    assert [one.name for one in bad] == ["scans"]
