"""Only actions write: no ORM write, no raw INSERT, UPDATE or DELETE in rules, queries, doors or commands (DESIGN §2).

`dict.update({...})`, `hash.update(bytes)`, `image.save(path)` and `session.delete(key)` are told from the ORM's by
their arguments: a queryset's `update` has keywords only, its `delete` and a row's `save` none or Django's own.
"""

from __future__ import annotations

import ast
import re

import pytest
from tests.house.reading import DOMAIN_ROOMS, Source, dotted, none, planted, sources, strings

ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "abulk_create", "aget_or_create"}
SAVE_KEYWORDS = {"force_insert", "force_update", "using", "update_fields"}
STATEMENT = re.compile(r"\s*(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|TRUNCATE\s|REPLACE\s+INTO)\s")
JOURNAL = {"act", "swap", "put"}


def may_write(source: Source) -> bool:
    return source.room == "records" or source.is_in("actions", "migrations")


def is_write(call: ast.Call) -> bool:
    """Whether this call is one of the ORM's writes."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr
    keywords = {keyword.arg for keyword in call.keywords}
    if name in ALWAYS:
        return True
    if name in ("update", "aupdate"):
        return bool(call.keywords) and not call.args
    if name in ("create", "acreate"):
        return bool(call.keywords) or ".objects" in dotted(call.func)
    if name in ("delete", "adelete"):
        return not call.args and not call.keywords
    if name in ("save", "asave"):
        return not call.args and keywords <= SAVE_KEYWORDS
    return False


def writes(source: Source) -> list[str]:
    """Where this source writes though it may not."""
    if may_write(source):
        return []
    found = [
        f"{source.path}:{node.lineno} {dotted(node.func)}()"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and is_write(node)
    ]
    found += [
        f"{source.path}:{node.lineno} raw {str(node.value).split()[0]}"
        for node in strings(source.tree)
        if STATEMENT.match(str(node.value))
    ]
    found += [
        f"{source.path}:{node.lineno} imports {alias.name} of {node.module}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("courtyard.records.")
        for alias in node.names
        if alias.name in JOURNAL
    ]
    return found


def test_nothing_writes_outside_actions():
    none([finding for source in sources() for finding in writes(source)])


PLANTED = (
    "Household.objects.create(name='x')",
    "Household.objects.filter(pk=1).update(name='x')",
    "Household.objects.filter(pk=1).delete()",
    "household.save()",
    "household.save(update_fields=['name'])",
    "Household.objects.bulk_create([])",
    "Household.objects.get_or_create(name='x')",
    "village.households.create(name='x')",
    "cursor.execute('UPDATE points_counter SET points = 1')",
    "cursor.execute('INSERT INTO points_posting (id) VALUES (1)')",
    "cursor.execute('DELETE FROM points_posting')",
    "from courtyard.records.journal import act",
    "from courtyard.records.guard import swap",
)


@pytest.mark.parametrize("line", PLANTED)
@pytest.mark.parametrize(
    "place", ["office/views.py", "shop/queries.py", "shop/rules.py", "ops/demo.py", "kernel/ids.py"]
)
def test_a_planted_write_is_found(line, place):
    assert writes(planted(f"src/courtyard/{place}", line))


@pytest.mark.parametrize("line", PLANTED)
def test_actions_may_write(line):
    assert not writes(planted(f"src/courtyard/{DOMAIN_ROOMS[0]}/actions/making.py", line))


@pytest.mark.parametrize(
    "line",
    [
        "facts.update({'a': 1})",
        "digest.update(b'x')",
        "image.save(target, format='JPEG')",
        "session.delete('key')",
        "'UPDATE ist ein Wort'",
        "form.create_everything()",
    ],
)
def test_what_only_looks_like_a_write_passes(line):
    assert not writes(planted("src/courtyard/office/views.py", line))
