"""What a card's QR may say, case by case (tests/cases/households/codes.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from courtyard.households.rules.codes import token_of
from courtyard.kernel.problems import Problem

TABLE = tomllib.loads((Path(__file__).parents[1] / "cases" / "households" / "codes.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_token_of(case: dict[str, Any]):
    found = token_of(case["text"], TABLE["hosts"])
    if "token" in case:
        assert found == case["token"]
    else:
        assert isinstance(found, Problem)
        assert found.code == "households.qr_not_ours"


def test_a_host_is_a_whole_name():
    assert isinstance(token_of("https:///c/4UNYQRHDR2Q39K42VH9C4JTG2K", TABLE["hosts"]), Problem)
    assert isinstance(token_of("https://ting.example.cn/c/4UNYQRHDR2Q39K42VH9C4JTG2K", []), Problem)
