"""A form whose place is no id at all, as a torn page or a script sends it: a sentence, never a server error."""

from __future__ import annotations

import pytest
from tests.doors.conftest import Door, sent, text

FORMS = (
    ("cadre", "/office/rounds/new", "place"),
    ("cadre", "/office/cards/issue", "place"),
    ("cadre", "/office/deeds/record", "village"),
    ("cadre", "/office/points/adjustments/propose", "village"),
    ("cadre", "/office/counterfoils", "village"),
    ("clerk", "/office/spots", "place"),
    ("clerk", "/office/shops/new", "place"),
)


@pytest.mark.parametrize("what", ["x", "9" * 60, "x\x00\u202e"])
def test_a_place_that_is_no_id_is_refused_in_words(door: Door, what: str):
    for who, address, field in FORMS:
        answer = door.as_(who).post(address, sent(**{field: what, "month": "2026-09"}))
        assert answer.status_code == 409, address
        assert "没有办" in text(answer), address
