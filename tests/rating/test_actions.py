"""Drafting and adopting: one test a refusal, what stands afterwards, and that what was adopted never changes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.rating.conftest import Town, actor, refusal
from tests.rating.worked import document, text_of

from courtyard.kernel.actors import DutyKind
from courtyard.kernel.ids import uuid7
from courtyard.rating.models import Adoption, SchemeVersion
from courtyard.rating.queries import (
    adoptions,
    adoptions_within,
    document_of,
    drafts,
    in_force,
    in_force_of,
    must_be_in_force,
    shipped,
    version,
    versions,
)
from courtyard.rating.rules.documents import canonical, fingerprint
from courtyard.records.models import Entry


def test_a_draft_keeps_canonical_text_fingerprint_and_engine(town: Town) -> None:
    drafted = town.draft()
    kept = SchemeVersion.objects.get(pk=drafted.pk)
    assert (kept.scheme, kept.number, kept.engine, kept.state) == ("wandian", 1, 1, "draft")
    assert kept.text == canonical(document("wandian"))
    assert kept.sha256 == fingerprint(kept.text)
    assert document_of(kept) == document("wandian")
    entry = Entry.objects.get(verb="rating.draft")
    assert (entry.chain_id, entry.by) == (town.village.pk, town.cadre.id)
    assert json.loads(entry.answer)["sha256"] == kept.sha256


def test_the_same_text_is_the_version_it_was_and_another_text_the_next(town: Town) -> None:
    first = town.draft()
    again = town.draft(text_toml="# 只多一行注释\n" + text_of("wandian"))
    assert again.pk == first.pk
    assert Entry.objects.filter(verb="rating.draft").count() == 1
    second = town.draft(text_toml=text_of("wandian").replace("points = 200", "points = 240"))
    assert (second.number, second.scheme) == (2, "wandian")
    assert second.sha256 != first.sha256
    assert town.draft("wandian_small").number == 1
    assert [row.number for row in versions("wandian")] == [2, 1]
    assert versions().count() == drafts().count() == 3


def test_a_draft_sent_twice_is_one_version(town: Town) -> None:
    command = uuid7()
    assert town.draft(command=command).pk == town.draft(command=command).pk
    assert SchemeVersion.objects.count() == 1


def test_a_replayed_draft_answers_with_the_first_even_after_its_text_changed_hands(town: Town) -> None:
    command = uuid7()
    first = town.draft(command=command)
    code, _ = refusal(lambda: town.draft("wandian_small", command=command))
    assert code == "records.other_input"
    assert SchemeVersion.objects.get().pk == first.pk


def test_an_unsound_document_is_refused_whole(town: Town) -> None:
    code, facts = refusal(lambda: town.draft(text_toml=text_of("wandian").replace("weight = 40", "weight = 50")))
    assert (code, facts["clause"], facts["found"]) == ("rating.weights_not_hundred", "sheet.areas", 110)
    assert SchemeVersion.objects.count() == 0


def test_drafting_needs_the_duty(town: Town) -> None:
    stranger = actor("邻村干部", (DutyKind.VILLAGE_CADRE, "T1/V2"))
    assert refusal(lambda: town.draft(by=stranger))[0] == "people.not_allowed"


def test_an_adoption_stands_with_its_resolution_and_both_people(town: Town) -> None:
    adopted = town.adopt(town.draft())
    kept = Adoption.objects.select_related("version").get(pk=adopted.pk)
    assert (kept.starts, kept.assembly) == (date(2026, 11, 1), date(2026, 10, 18))
    assert (kept.attendance, kept.households, kept.document) == (210, 300, "塔湾村〔2026〕7 号")
    assert (kept.by, kept.seconded_by) == (town.cadre.id, town.clerk.id)
    assert kept.version.state == "adopted"
    assert Entry.objects.get(pk=kept.entry).verb == "rating.adopt"


def test_an_adoption_sent_twice_is_one(town: Town) -> None:
    drafted, command = town.draft(), uuid7()
    assert town.adopt(drafted, command=command).pk == town.adopt(drafted, command=command).pk
    assert Adoption.objects.count() == 1


def test_an_adopted_version_is_frozen_by_the_database(town: Town) -> None:
    drafted = town.draft()
    SchemeVersion.objects.filter(pk=drafted.pk).update(title="草稿还可以改")
    drafted.refresh_from_db()
    adopted = town.adopt(drafted)
    for change in (
        lambda: SchemeVersion.objects.filter(pk=drafted.pk).update(text="{}"),
        lambda: SchemeVersion.objects.filter(pk=drafted.pk).update(state="draft"),
        lambda: Adoption.objects.filter(pk=adopted.pk).update(starts=date(2026, 1, 1)),
        lambda: Adoption.objects.filter(pk=adopted.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            change()


def test_two_villages_may_adopt_one_version(town: Town) -> None:
    drafted = town.draft()
    town.adopt(drafted)
    neighbour = actor("河口干部", (DutyKind.VILLAGE_CADRE, "T1/V2"))
    second = town.adopt(drafted, place=town.other, by=neighbour)
    assert second.version_id == drafted.pk
    assert Adoption.objects.count() == 2


def test_one_start_a_place(town: Town) -> None:
    drafted = town.draft()
    town.adopt(drafted)
    code, facts = refusal(lambda: town.adopt(town.draft("wandian_small")))
    assert (code, facts["starts"]) == ("rating.start_taken", "2026-11-01")
    assert SchemeVersion.objects.get(scheme="wandian_small").state == "draft"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"assembly": date(2026, 10, 21)}, "rating.assembly_to_come"),
        ({"attendance": 0}, "rating.attendance_unsound"),
        ({"attendance": -1}, "rating.attendance_unsound"),
        ({"attendance": 301}, "rating.attendance_unsound"),
        ({"attendance": 0, "households": 0}, "rating.attendance_unsound"),
        ({"document": " \n "}, "rating.no_filing"),
        ({"document": "号" * 121}, "kernel.too_long"),
        ({"starts": date(2026, 11, 2)}, "rating.start_not_first"),
        ({"starts": date(2026, 9, 1)}, "rating.start_backwards"),
        ({"starts": date(2026, 10, 1)}, "rating.start_before_assembly"),
        ({"starts": date(2062, 11, 1)}, "rating.start_too_far"),
    ],
)
def test_what_an_adoption_must_show(town: Town, given: dict[str, Any], code: str) -> None:
    drafted = town.draft()
    assert refusal(lambda: town.adopt(drafted, **given))[0] == code
    assert Adoption.objects.count() == 0
    assert SchemeVersion.objects.get().state == "draft"


def test_this_month_is_a_start_where_the_assembly_was_before_it(town: Town) -> None:
    assert town.adopt(town.draft(), starts=date(2026, 10, 1), assembly=date(2026, 10, 1)).starts == date(2026, 10, 1)


def test_the_day_is_shanghais(town: Town) -> None:
    """17:00 UTC on 31 October is 1 November there: October is over."""
    late = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)
    drafted = town.draft()
    given = {"at": late, "starts": date(2026, 10, 1), "assembly": date(2026, 9, 30)}
    assert refusal(lambda: town.adopt(drafted, **given))[0] == "rating.start_backwards"
    assert town.adopt(drafted, at=late, assembly=date(2026, 11, 1)).starts == date(2026, 11, 1)


def test_a_second_person_of_another_level(town: Town) -> None:
    drafted = town.draft()
    seconds = {
        "rating.second_is_first": town.cadre,
        "rating.second_may_not": actor("评比员", (DutyKind.EVALUATOR, "T1/V1")),
    }
    for code, second in seconds.items():
        assert refusal(partial(town.adopt, drafted, seconded_by=second))[0] == code
    far = actor("邻镇干部", (DutyKind.TOWN_CLERK, "T2"))
    assert refusal(lambda: town.adopt(drafted, seconded_by=far))[0] == "rating.second_may_not"
    colleague = actor("镇里同事", (DutyKind.TOWN_CLERK, "T1"))
    assert refusal(lambda: town.adopt(drafted, by=town.clerk, seconded_by=colleague))[0] == "rating.second_same_level"
    supervisor = actor("监督员", (DutyKind.SUPERVISOR, "T1/V1"))
    assert town.adopt(drafted, by=town.clerk, seconded_by=supervisor).seconded_by == supervisor.id


def test_adopting_needs_the_duty(town: Town) -> None:
    drafted = town.draft()
    stranger = actor("邻村干部", (DutyKind.VILLAGE_CADRE, "T1/V2"))
    assert refusal(lambda: town.adopt(drafted, by=stranger))[0] == "people.not_allowed"


def test_a_scheme_says_who_may_adopt_it(town: Town) -> None:
    officer = actor("县干部", (DutyKind.COUNTY_OFFICER, ""))
    small = town.draft("wandian_small")
    given: dict[str, Any] = {"by": town.clerk, "seconded_by": officer}
    code, facts = refusal(lambda: town.adopt(small, place=town.town, **given))
    assert (code, facts["level"]) == ("rating.level_not_in_scope", "镇")
    assert refusal(lambda: town.adopt(small, place=town.group, **given))[0] == "rating.level_not_in_scope"
    assert town.adopt(town.draft(), place=town.town, **given).place_id == town.town.pk


def test_a_version_that_changed_meanwhile_is_not_adopted(town: Town) -> None:
    drafted = town.draft()
    SchemeVersion.objects.filter(pk=drafted.pk).update(sha256="0" * 64)
    assert refusal(lambda: town.adopt(drafted))[0] == "rating.version_gone"
    assert Adoption.objects.count() == 0


def test_in_force_is_the_villages_own_else_the_towns_and_the_latest(town: Town, django_assert_num_queries: Any) -> None:
    officer = actor("县干部", (DutyKind.COUNTY_OFFICER, ""))
    wandian, small = town.draft(), town.draft("wandian_small")
    assert in_force(town.village, date(2026, 12, 31)) is None
    town.adopt(wandian, place=town.town, by=town.clerk, seconded_by=officer)
    town.adopt(small, starts=date(2026, 12, 1))
    everywhere = [town.village, town.other, town.group, town.town]
    with django_assert_num_queries(1):
        november = in_force_of(everywhere, date(2026, 11, 30))
    assert {found.document.code for found in november.values()} == {"wandian"}
    with django_assert_num_queries(1):
        december = in_force_of(everywhere, date(2026, 12, 1))
    codes = [december[place.pk].document.code for place in everywhere]
    assert codes == ["wandian_small", "wandian", "wandian_small", "wandian"]
    assert december[town.group.pk].adoption.place_id == town.village.pk
    assert in_force(town.village, date(2026, 10, 31)) is None
    assert must_be_in_force(town.village, date(2026, 12, 1)).version.pk == small.pk
    assert [row.version_id for row in adoptions(town.group)] == [small.pk, wandian.pk]
    assert [row.version_id for row in adoptions_within(["T1/V1"])] == [small.pk]
    assert list(adoptions_within(["T1/V2"])) == []


def test_no_scheme_yet_says_so(town: Town) -> None:
    code, facts = refusal(lambda: must_be_in_force(town.village, date(2026, 11, 1)))
    assert (code, facts["place"]) == ("rating.no_scheme", "塔湾村")


def test_an_unknown_version_says_so(town: Town) -> None:
    drafted = town.draft()
    assert version(drafted.pk) == drafted
    assert refusal(lambda: version(uuid7()))[0] == "rating.version_unknown"


def test_a_damaged_version_is_refused_not_guessed(town: Town) -> None:
    drafted = town.draft()
    damaged = SchemeVersion(sha256="1" * 64, text=drafted.text.replace('"weight":40', '"weight":"forty"'))
    code, facts = refusal(lambda: document_of(damaged))
    assert (code, facts["clause"]) == ("rating.clause_wrong_kind", "sheet.areas[courtyard].weight")


def test_the_shelf_of_schemes_is_what_is_shipped(town: Town) -> None:
    shelf = shipped()
    assert {"wandian", "wandian_small"} <= set(shelf)
    for name, text in shelf.items():
        assert town.draft(text_toml=text).scheme == name
