"""Rows encoded together are, each, what they are encoded alone. No database."""

from __future__ import annotations

import pytest

from courtyard.ops.verify import raw
from courtyard.records.rules import canonical

ROWS = [
    [1, None, True, "张淑芬", {"b": [1, 2], "a": "],["}],
    ["", 'quotes " and \\ and \n', "〇𠀀", -5],
    [],
    ["],[", '","', raw._BETWEEN[:-1], f"x{raw._BETWEEN}", f',"{raw._BETWEEN}",'],
]


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], ROWS * 700])
def test_encoded_together_as_alone(rows: list[list[object]]) -> None:
    assert raw.encoded(rows) == [canonical(row) for row in rows]
