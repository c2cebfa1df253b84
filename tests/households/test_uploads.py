"""Files handed in on the web: kept a day under a key, of a limited size, readable by nobody else."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from courtyard.households import uploads
from courtyard.kernel.problems import Refused


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "uploads"


def test_a_file_is_found_by_its_key_and_is_private(folder: Path) -> None:
    key = uploads.keep([b"one,", b"two"])
    assert uploads.kept(key).read_bytes() == b"one,two"
    assert (uploads.kept(key).stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("key", ["", "../keys.toml", "A" * 26, "x" * 26, "/etc/passwd"])
def test_what_is_not_kept_is_gone(key: str) -> None:
    with pytest.raises(Refused, match="households.upload_gone"):
        uploads.kept(key)


def test_a_file_too_big_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 6)
    with pytest.raises(Refused, match="households.file_too_big"):
        uploads.keep([b"1234", b"5678"])
    assert list(folder.iterdir()) == []


def test_files_go_after_a_day() -> None:
    key = uploads.keep([b"x"])
    assert uploads.forget(older_than=time.time() - uploads.DAY_SECONDS) == 0
    assert uploads.forget(older_than=time.time() + 1) == 1
    with pytest.raises(Refused, match="households.upload_gone"):
        uploads.kept(key)
