"""A file is attached while others take it away: there is never a row without its file.

The control looks whether the file is there in one transaction and writes the row in the next; it must lose.
"""

from __future__ import annotations

import functools
import time
from typing import Any

import pytest
from tests.races.racing import MOMENT, check_control, naively, race
from tests.rounds import Village, fill_village
from tests.worlds import AT

from courtyard.kernel.ids import uuid7
from courtyard.rating.actions import attach_scan, erase_scan
from courtyard.rating.models import Adoption
from courtyard.records import files, scans
from courtyard.records.models import Scan, ScanFile
from courtyard.records.reading import Paper
from courtyard.records.rules import FileKind, ScanRule

pytestmark = pytest.mark.race
RUNS = 10


def kept(n: int) -> files.Kept:
    return files.keep(Paper(b"%PDF-1.4 " + bytes([n]), FileKind.PDF, 1))


def row_without_file() -> bool:
    return any(not files.place_of(row.sha256).exists() for row in ScanFile.objects.all())


def test_attaching_against_taking_away(own_world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is first: the file stays with its row, or it is gone and the attaching is refused."""
    village = fill_village(Village(own_world))
    adoption = Adoption.objects.select_related("place").get()
    looked = files.stands

    def slowly(sha256: str) -> bool:
        """The look, and a moment before the row in which the others press."""
        there = looked(sha256)
        time.sleep(MOMENT)
        return there

    monkeypatch.setattr(scans.files, "stands", slowly)
    ends = set()
    for n in range(RUNS):
        scan = kept(n)
        attaching = functools.partial(attach_scan, adoption=adoption, scan=scan, by=village.actor("cadre"), at=AT)
        removing = functools.partial(files.remove_if_unnamed, scan.sha256)
        if n % 2:  # first come in every other run: the file is gone before anybody looks
            removing()
        heat = race([attaching, *[removing] * 5])
        heat.check_overlap("attaching against taking away")
        assert not row_without_file()
        assert set(heat.codes) <= {"records.file_gone"}
        ends.add("records.file_gone" if heat.codes else "attached")
        if not heat.codes:
            assert files.place_of(scan.sha256).exists()
            erase_scan(adoption=adoption, rule=ScanRule.WRONG, by=village.actor("clerk"), at=AT)
        assert not files.place_of(scan.sha256).exists() and not ScanFile.objects.exists()
    assert "records.file_gone" in ends


def test_two_who_attach_at_once_leave_one_scan(own_world: Any) -> None:
    village = fill_village(Village(own_world))
    adoption = Adoption.objects.select_related("place").get()
    papers = [kept(n) for n in range(6)]
    attaching = functools.partial(attach_scan, adoption=adoption, by=village.actor("cadre"), at=AT)
    heat = race([functools.partial(attaching, scan=paper) for paper in papers])
    assert set(heat.codes) <= {"records.scan_stands", "records.conflict"} and sum(heat.codes.values()) == 5
    assert ScanFile.objects.count() == Scan.objects.count() == 1


def test_without_the_guard_a_row_is_left_without_its_file(own_world: Any) -> None:
    lost = []
    for n in range(RUNS):
        scan, subject = kept(n), uuid7()

        def write(scan: files.Kept = scan, subject: Any = subject) -> None:
            row = Scan.objects.create(id=uuid7(), subject=subject, seal="", entry=uuid7())
            ScanFile.objects.create(
                id=uuid7(), scan=row, subject=subject, sha256=scan.sha256, kind="pdf", bytes=1, pages=1, salt=b""
            )

        naive = functools.partial(naively, files.place_of(scan.sha256).is_file, write)
        race([naive, functools.partial(_a_little_later, functools.partial(files.remove_if_unnamed, scan.sha256))])
        lost.append(row_without_file())
        ScanFile.objects.all().delete()
    check_control("attaching against taking away", lost)


def _a_little_later(removing: Any) -> Any:
    time.sleep(MOMENT / 3)
    return removing()
