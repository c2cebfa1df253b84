"""What a form said: each field that cannot be read is refused by its name."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.people import forms


def asked(**fields: str) -> SimpleNamespace:
    return SimpleNamespace(POST=fields)


def test_fields_are_read():
    command = uuid7()
    request = asked(
        command=str(command), name=" 王  建国 ", day="2026-09-14", month="2026-09", n="007", kind="a", empty="  "
    )
    assert forms.command(request) == command
    assert forms.text(request, "name") == "王 建国"
    assert forms.text(request, "missing") == ""
    assert forms.day(request, "day", "日期") == date(2026, 9, 14)
    assert forms.month(request, "month", "月份") == date(2026, 9, 1)
    assert forms.number(request, "n", "人口") == 7
    assert forms.one_of(request, "kind", "种类", ("a", "b")) == "a"


def test_a_form_without_a_command_gets_one():
    assert forms.command(asked()) != forms.command(asked())


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("people.unfit_id", lambda: forms.command(asked(command="1"))),
        ("people.unfit_id", lambda: forms.as_id("x", "编号")),
        ("people.empty_field", lambda: forms.wanted(asked(name=" "), "name", "姓名")),
        ("people.unfit_day", lambda: forms.day(asked(day="2026-02-30"), "day", "日期")),
        ("people.unfit_day", lambda: forms.day(asked(day="14.9.2026"), "day", "日期")),
        ("people.unfit_period", lambda: forms.period(asked(month="2026-W54"), "month", "月份")),
        ("people.unfit_month", lambda: forms.month(asked(month="2026-13"), "month", "月份")),
        ("people.unfit_number", lambda: forms.number(asked(n="-1"), "n", "人口")),
        ("people.unfit_number", lambda: forms.number(asked(n="1e3"), "n", "人口")),
        ("people.unfit_number", lambda: forms.number(asked(n="七"), "n", "人口")),
        ("people.unfit_number", lambda: forms.number(asked(n="100"), "n", "人口", most=99)),
        ("people.unfit_number", lambda: forms.number(asked(n="9" * 30), "n", "人口")),
        ("people.not_chosen", lambda: forms.one_of(asked(kind="c"), "kind", "种类", ("a", "b"))),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(code, read):
    with pytest.raises(Refused) as caught:
        read()
    assert caught.value.code == code
    assert caught.value.problem.facts["field"]


@pytest.mark.parametrize(
    ("target", "back"),
    [
        ("/office/care?page=2", "/office/care?page=2"),
        ("//evil", "home"),
        ("/\\evil", "home"),
        ("x", "home"),
        ("", "home"),
    ],
)
def test_a_deed_goes_back_within_this_site(target, back):
    assert forms.back(asked(next=target), "home") == back
