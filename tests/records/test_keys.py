"""Keys lie outside the database, readable by the operator alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtyard.records.keys import KeysMissing, make_keys, read_keys


def test_keys_are_made_once_and_only_the_operator_reads_them(tmp_path: Path) -> None:
    path = make_keys(tmp_path)
    first = read_keys(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    make_keys(tmp_path)
    assert read_keys(tmp_path) == first
    assert len({key.secret for key in first.values()}) == len(first)


def test_a_seed_gives_the_same_keys(tmp_path: Path) -> None:
    make_keys(tmp_path / "a", seed="7")
    make_keys(tmp_path / "b", seed="7")
    make_keys(tmp_path / "c", seed="8")
    a, b, c = (read_keys(tmp_path / name) for name in "abc")
    # Whoever knows the seed must not be able to sign a session: that key is always drawn.
    assert a.pop("django") != b.pop("django") != c.pop("django")
    assert a == b != c


def test_missing_keys_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing, match="make_keys"):
        read_keys(tmp_path)
