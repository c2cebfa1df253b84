"""The English catalogue: every string has its English, with the same facts in it (D21)."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).resolve().parents[2] / "src/courtyard/project/locale/en/LC_MESSAGES/django.po"
FACT = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def messages() -> list[tuple[str, str]]:
    with CATALOGUE.open("rb") as file:
        rows = [message for message in read_po(file) if message.id]
    assert not [message.id for message in rows if message.fuzzy], "only guessed"
    both = [(row.id, row.string) if isinstance(row.id, str) else (row.id[0], row.string[0]) for row in rows]
    return [(str(chinese), str(english)) for chinese, english in both]


def test_every_string_has_its_english():
    rows = messages()
    assert len(rows) > 500
    assert not [chinese for chinese, english in rows if not english.strip()]


def test_english_keeps_the_facts():
    wrong = [
        (chinese, english)
        for chinese, english in messages()
        if set(FACT.findall(chinese)) != set(FACT.findall(english))
    ]
    assert not wrong


def test_what_templates_say_is_in_the_catalogue():
    known = {chinese for chinese, _ in messages()}
    source = CATALOGUE.parents[3].parent
    said = set()
    for template in source.rglob("*.html"):
        said |= set(re.findall(r'{%\s*translate\s+"([^"]+)"', template.read_text(encoding="utf-8")))
    assert len(said) > 300
    assert not sorted(said - known), "run tools/english.py"
