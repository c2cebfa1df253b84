"""Where something waits, in one line of 今天."""

from __future__ import annotations

import pytest

from courtyard.office.where import first_places


@pytest.mark.parametrize(
    ("names", "line"),
    [
        ([], ""),
        (["尚店村"], "尚店村"),
        (["一村", "二村", "三村"], "一村、二村、三村"),
        (["一村", "二村", "三村", "四村"], "一村、二村、三村 等 4 处"),
        ([f"{n}村" for n in range(15)], "0村、1村、2村 等 15 处"),
    ],
)
def test_the_first_three_and_how_many_in_all(names, line):
    assert first_places(names) == line
