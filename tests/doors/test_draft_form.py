"""The form of a scheme, drawn from the declarations: every page of every shipped scheme says what stands, and changes
nothing by being kept; buttons add, remove and raise rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict

from courtyard.kernel.problems import Problem
from courtyard.office.draft_form import Line, Page, address, form, overview, path_of, sent
from courtyard.office.drafts import pressed
from courtyard.rating.queries import shipped
from courtyard.rating.rules import drafting
from courtyard.rating.rules.documents import SchemeDocument, as_data
from courtyard.rating.rules.documents.declare import declared
from courtyard.rating.rules.drafting import Path, Table
from courtyard.rating.rules.parsing import check_data, check_toml

SHELF = shipped()


def tables(name: str) -> Table:
    document = check_toml(SHELF[name]).document
    assert document is not None
    return dict(as_data(document))


def posted(page: Page, **changed: str) -> QueryDict:
    """What a browser sends of a page: its fields as they stand, those changed otherwise."""
    query = QueryDict(mutable=True)
    inline = [line for part in page.parts for row in part.rows for line in row.lines]
    for line in (*page.lines, *page.quiet, *inline):
        put(query, line)
    for part in page.parts:
        if part.open:
            query[f"{part.name}.rows"] = str(len(part.rows))
    for name, value in changed.items():
        query[name.replace("__", ".")] = value
    return query


def put(query: QueryDict, line: Line) -> None:
    chosen = [code for code, _words, is_chosen in line.options if is_chosen]
    if line.kind == "choices":
        query.setlist(line.name, chosen)
    elif line.kind == "choice":
        query[line.name] = chosen[0] if chosen else ""
    elif line.kind != "flag":
        query[line.name] = line.value
    elif line.value:
        query[line.name] = "1"


def pages(data: Table) -> Iterator[Path]:
    """Every page of a scheme's form: its own, and each table and row that has one."""
    waiting: list[Path] = [(), *((key.key,) for key in declared(SchemeDocument) if key.spec.of is not None)]
    while waiting:
        path = waiting.pop()
        page = form(data, path, ())
        assert page is not None, path
        yield path
        for part in page.parts:
            if part.is_list and not part.open:
                waiting += [path_of(row.at) for row in part.rows]
            elif not part.is_list and part.stands:
                waiting.append(path_of(part.at))


@pytest.mark.parametrize("name", sorted(SHELF))
def test_a_page_kept_as_it_stands_changes_nothing(name: str) -> None:
    data = tables(name)
    document = check_data(data).document
    kept = data
    for path in pages(data):
        if path and drafting.at(data, path) is None:
            continue  # a part that says nothing: its page is drawn, and begun by its button
        page = form(data, path, ())
        assert page is not None
        kept = sent(kept, path, posted(page))
    assert check_data(kept).document == document


def test_every_key_of_every_table_has_its_line() -> None:
    """Beside the words that let it stand, each declared key of an engine 2 document is drawn."""
    data: Table = {"engine": 2}
    for key in declared(SchemeDocument):
        page = form(data, (key.key,) if key.spec.of else (), ())
        assert page is not None
        named = {line.name for line in (*page.lines, *page.quiet)} | {part.name for part in page.parts}
        if key.spec.of is None:
            assert key.key in named or key.key == "format"
        elif key.spec.kind == "table":
            wanted = {one.key for one in declared(key.spec.of) if one.spec.only is None}
            assert wanted <= named, key.key


def test_what_is_wrong_stands_at_its_line_and_its_page() -> None:
    data = tables("wandian")
    data["sheet"]["areas"][1]["weight"] = "很多"
    problems = check_data(data).problems
    page = form(data, ("sheet", "areas", "1"), problems)
    assert page is not None
    weight = next(line for line in page.lines if line.name == "weight")
    assert weight.value == "很多"
    assert weight.faults
    assert [part.faults for part in overview(data, problems, None) if part.at == "sheet"] == [1]
    assert drafting.page_of(data, str(problems[0].facts["clause"])) == ("sheet", "areas", "1")


@pytest.mark.parametrize(
    ("clause", "page"),
    [
        ("bands[good].least", "bands"),
        ("sheet.labels[good].key", "sheet"),
        ("sheet.areas[rooms].pictures[r1].seen", "sheet/areas/1"),
        ("sheet.areas", "sheet/areas"),
        ("awards[nobody].points", "awards"),
        ("answers.late", "answers"),
        ("name", "head"),
        ("(整份文件)", "head"),
        ("lists[black].reach", "lists/1"),
        ("", "head"),
    ],
)
def test_a_clause_has_its_page(clause: str, page: str) -> None:
    assert address(drafting.page_of(tables("wandian"), clause)) == page


def test_a_row_more_is_a_page_of_its_own_or_stands_open() -> None:
    data = tables("wandian")
    more, goes = pressed(data, ("awards",), "add:awards")
    assert len(more["awards"]) == len(data["awards"]) + 1
    assert goes == ("awards", str(len(data["awards"])))
    more, goes = pressed(data, ("sheet", "areas", "0"), "add:sheet/areas/0/pictures")
    assert goes == ("sheet", "areas", "0")
    assert more["sheet"]["areas"][0]["pictures"][-1] == {}


def test_a_row_goes_and_rises() -> None:
    data = tables("wandian")
    codes = [row["code"] for row in data["awards"]]
    less, goes = pressed(data, ("awards", "1"), "remove:awards/1")
    assert [row["code"] for row in less["awards"]] == [codes[0], *codes[2:]]
    assert goes == ("awards",)
    risen, goes = pressed(data, ("awards",), "up:awards/1")
    assert [row["code"] for row in risen["awards"]][:2] == [codes[1], codes[0]]
    assert goes == ("awards",)
    assert pressed(data, ("awards",), "up:awards/0")[0]["awards"] == data["awards"]


def test_a_part_that_was_left_out_is_begun_and_taken_away() -> None:
    data = tables("wandian_small")
    data.pop("budget", None)
    begun, goes = pressed(data, (), "add:budget")
    assert (begun["budget"], goes) == ({}, ("budget",))
    gone, goes = pressed(begun, ("budget",), "remove:budget")
    assert "budget" not in gone
    assert goes == ()


@pytest.mark.parametrize("button", ["", "add:", "add:nothing", "up:sheet/marks", "remove:../../x", "burn:awards"])
def test_a_button_nobody_drew_does_nothing(button: str) -> None:
    data = tables("wandian")
    assert pressed(data, ("awards",), button) == (data, ("awards",))


def test_what_a_file_holds_that_nobody_knows_is_named_and_goes() -> None:
    data = {**tables("wandian"), "scope": {"levels": ["village"], "period": "month", "colour": "red"}}
    page = form(data, ("scope",), ())
    assert page is not None
    assert page.unknown == ("colour",)
    assert "colour" not in sent(data, ("scope",), posted(page))["scope"]


@pytest.mark.parametrize("held", ["text", 7, ["a", "b"], {"areas": "text"}, {"areas": [1, "x", {}]}, None])
def test_tables_of_any_shape_are_drawn(held: Any) -> None:
    data: Table = {"engine": 2, "sheet": held, "bands": held, "awards": held}
    problems = check_data(data).problems
    assert all(isinstance(problem, Problem) for problem in problems)
    for path in ((), ("sheet",), ("sheet", "areas"), ("bands",), ("awards",)):
        page = form(data, path, problems)
        assert page is not None
        assert isinstance(sent(data, path, posted(page)), dict)
    assert overview(data, problems, None)


def test_a_word_that_changes_takes_along_what_stood_beside_the_old_one() -> None:
    data = tables("wandian")
    place = next(str(n) for n, row in enumerate(data["awards"]) if row["kind"] == "streak")
    page = form(data, ("awards", place), ())
    assert page is not None
    changed = sent(data, ("awards", place), posted(page, kind="band"))
    row = changed["awards"][int(place)]
    assert row["kind"] == "band"
    assert "rounds" not in row
