"""A town's cards: files of 2,000, each made within a gigabyte whatever came before it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.house.reading import ROOT

GIGABYTE_KB = 1024 * 1024
# A process that does nothing else, so that only the printing is weighed. Linux counts both figures in KB.
PRINT = """
import resource
import django
django.setup()
from courtyard.outreach import papers
from courtyard.outreach.papers.cards import MOST_A_FILE
from tests.outreach import samples
file = samples.cards(MOST_A_FILE)
for _ in range(5):
    assert papers.render("cards", file).pages == MOST_A_FILE // 4
peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
print(sum(peaks))
"""


@pytest.mark.long
def test_ten_thousand_cards_stay_within_a_gigabyte() -> None:
    done = subprocess.run([sys.executable, "-c", PRINT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) < GIGABYTE_KB
