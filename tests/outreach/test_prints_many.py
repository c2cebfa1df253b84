"""A town's cards: files of 2,000, each made within a gigabyte whatever came before it."""

from __future__ import annotations

import resource

import pytest
from tests.outreach import samples

from courtyard.outreach import papers
from courtyard.outreach.papers.cards import MOST_A_FILE

GIGABYTE_KB = 1024 * 1024


@pytest.mark.long
def test_ten_thousand_cards_stay_within_a_gigabyte() -> None:
    file = samples.cards(MOST_A_FILE)
    for _ in range(5):
        printed = papers.render("cards", file)
        assert printed.pages == MOST_A_FILE // 4
    # The largest child so far and this process together (Linux counts both in KB).
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss + resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert peak < GIGABYTE_KB
