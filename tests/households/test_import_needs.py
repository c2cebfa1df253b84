"""What a dry run says the import itself would ask for: which village, which town, or the villages it would make."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.households.files import HEAD, homes, workbook
from tests.worlds import World

from courtyard.households import queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "sheet", "code", "facts"),
    [
        ("clerk", "塔湾村", "", {}),
        ("clerk", "塔湾", "", {}),
        ("clerk", "花名册", "households.dry_which_village", {"sheet": "花名册"}),
        ("clerk", "新来村", "households.dry_new_villages", {"villages": "新来村"}),
        ("cadre", "新来村", "households.dry_which_town", {"villages": "新来村"}),
        ("cadre", "石桥村", "households.dry_which_town", {"villages": "石桥村"}),
    ],
)
def test_a_dry_run_says_what_the_import_would_ask(
    world: World, tmp_path: Path, who: str, sheet: str, code: str, facts: dict[str, str]
) -> None:
    file = workbook(tmp_path / "a.xlsx", {sheet: [HEAD, *homes(2)]})
    outcome = queries.preview_roster(file=file, by=world.actor(who))
    assert outcome.new == 2
    assert [(note.code, note.facts) for note in outcome.notes] == ([(code, facts)] if code else [])


def test_where_the_village_was_named_nothing_is_asked_of_sheets(world: World, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", {"花名册": [HEAD, *homes(2)], "Sheet2": [HEAD, *homes(3)[2:]]})
    outcome = queries.preview_roster(file=file, by=world.actor("clerk"), one_village=True)
    assert (outcome.new, outcome.villages, outcome.notes) == (3, [], [])
