"""Writing a scheme, handing it in, a second level's word on it, the budget of its simulated year, many places at once."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest
from tests.rating.conftest import AT, Town, actor, refusal
from tests.rating.worked import document, text_of

from courtyard.kernel.actors import DutyKind
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Problem
from courtyard.people.models import Account, Duty
from courtyard.rating.actions import (
    Row,
    adopt_in_many,
    begin_draft,
    change_draft,
    drop_draft,
    hand_in_draft,
    review_scheme,
)
from courtyard.rating.models import Adoption, AdoptionYear, ReviewWords, SchemeDraft, SchemeReview, SchemeVersion
from courtyard.rating.queries import document_of, frame_over, reviews, written
from courtyard.rating.rules.adopting import Resolution, Year
from courtyard.rating.rules.documents import as_data
from courtyard.rating.rules.loading import load_toml
from courtyard.records.models import Entry

pytestmark = pytest.mark.django_db

YEAR = Year(homes=300, seeds=10, low_fen=500_000, middle_fen=600_000, high_fen=700_000, budget_fen=700_000)
RESOLUTION = Resolution(date(2026, 10, 18), 210, 300, "塔湾村〔2026〕7 号")


def data(scheme: str = "wandian", **changed: Any) -> dict[str, Any]:
    return {**as_data(document(scheme)), **changed}


def begin(town: Town, tables: dict[str, Any] | None = None, **given: Any) -> SchemeDraft:
    usual: dict[str, Any] = {"place": town.village, "origin": "现成的办法", "by": town.cadre, "at": AT}
    return begin_draft(data=data() if tables is None else tables, **(usual | given))


def change(town: Town, draft: SchemeDraft, tables: dict[str, Any], **given: Any) -> SchemeDraft:
    return change_draft(draft=draft, data=tables, **({"by": town.cadre, "at": AT} | given))


def hand_in(town: Town, draft: SchemeDraft, **given: Any) -> SchemeVersion:
    return hand_in_draft(draft=draft, **({"by": town.cadre, "at": AT} | given))


def review(town: Town, version: SchemeVersion, **given: Any) -> SchemeReview:
    usual: dict[str, Any] = {"place": town.village, "agrees": True, "words": "", "by": town.clerk, "at": AT}
    return review_scheme(version=version, **(usual | given))


def test_a_draft_is_kept_sound_or_not_and_edited_in_place(town: Town) -> None:
    draft = begin(town, {"name": "只起了个头"})
    assert (draft.title, draft.revision, draft.state) == ("只起了个头", 1, "open")
    changed = change(town, draft, data(name="改了名"))
    assert (changed.pk, changed.title, changed.revision) == (draft.pk, "改了名", 2)
    assert [row.pk for row in written(["T1/V1"])] == [draft.pk]
    assert list(written(["T1/V2"])) == []
    assert Entry.objects.filter(verb="rating.change_draft").count() == 1


def test_the_same_command_begins_and_changes_once(town: Town) -> None:
    command, change_command = uuid7(), uuid7()
    draft = begin(town, command=command)
    assert begin(town, command=command).pk == draft.pk
    for _ in range(2):
        assert change(town, draft, data(name="改了名"), command=change_command).revision == 2
    assert SchemeDraft.objects.count() == 1


def test_two_who_write_at_once_do_not_overwrite_each_other(town: Town) -> None:
    draft = begin(town)
    change(town, draft, data(name="先存的"))
    assert refusal(lambda: change(town, draft, data(name="后存的")))[0] == "rating.draft_gone"
    assert SchemeDraft.objects.get().title == "先存的"


def test_a_draft_put_aside_is_edited_no_more(town: Town) -> None:
    draft = begin(town)
    drop_draft(draft=draft, by=town.cadre, at=AT)
    assert list(written(["T1"])) == []
    assert refusal(lambda: change(town, draft, data()))[0] == "rating.draft_gone"
    assert refusal(lambda: hand_in(town, draft))[0] == "rating.draft_gone"
    assert SchemeVersion.objects.count() == 0


def test_what_no_document_may_be_is_not_kept(town: Town) -> None:
    rows = [{"code": f"d{n}"} for n in range(10_001)]
    assert refusal(lambda: begin(town, {"deeds": rows}))[0] == "rating.document_too_many"
    draft = begin(town)
    assert refusal(lambda: change(town, draft, {"name": "长" * 400_000}))[0] == "rating.document_too_large"


def test_writing_needs_the_duty(town: Town) -> None:
    stranger = actor("邻村干部", (DutyKind.VILLAGE_CADRE, "T1/V2"))
    draft = begin(town)
    acts = {
        "begin": lambda: begin(town, by=stranger),
        "change": lambda: change(town, draft, data(), by=stranger),
        "drop": lambda: drop_draft(draft=draft, by=stranger, at=AT),
        "hand_in": lambda: hand_in(town, draft, by=stranger),
        "review": lambda: review(town, town.draft(), by=stranger),
    }
    for name, act in acts.items():
        assert refusal(act)[0] == "people.not_allowed", name


def test_a_draft_handed_in_is_a_version(town: Town) -> None:
    draft, command = begin(town, data(name="塔湾村积分办法")), uuid7()
    version = hand_in(town, draft, command=command)
    assert hand_in(town, draft, command=command).pk == version.pk
    assert (version.title, version.state, version.number) == ("塔湾村积分办法", "draft", 1)
    assert document_of(version).name == "塔湾村积分办法"
    kept = SchemeDraft.objects.get()
    assert (kept.state, kept.version_id) == ("handed", version.pk)


def test_an_unsound_draft_is_not_handed_in(town: Town) -> None:
    tables = data()
    tables["sheet"]["areas"][0]["weight"] = 50
    code, facts = refusal(lambda: hand_in(town, begin(town, tables)))
    assert (code, facts["clause"]) == ("rating.weights_not_hundred", "sheet.areas")
    assert SchemeVersion.objects.count() == 0


def framed(town: Town) -> dict[str, Any]:
    """The town's own scheme in force: a village may set what a 好 earns, from 5 to 10."""
    tables: dict[str, Any] = load_toml(text_of("wandian").replace("engine = 1", "engine = 2", 1))  # type: ignore[assignment]
    tables["frame"] = {"may": [{"clause": "awards[good].points", "least": 5, "most": 10}]}
    officer = actor("县干部", (DutyKind.COUNTY_OFFICER, ""))
    version = hand_in(town, begin(town, tables, place=town.town, by=town.clerk), by=town.clerk)
    town.adopt(version, place=town.town, by=town.clerk, seconded_by=officer)
    tables.pop("frame")
    return tables


def test_a_village_keeps_within_its_towns_frame(town: Town) -> None:
    tables = framed(town)
    assert frame_over(town.village) is not None
    assert frame_over(town.town) is None
    assert frame_over(town.village, date(2026, 10, 31)) is None
    good = next(row for row in tables["awards"] if row["code"] == "good")
    good["points"] = 8
    assert hand_in(town, begin(town, tables)).state == "draft"
    good["points"] = 12
    assert refusal(lambda: hand_in(town, begin(town, tables)))[0] == "rating.frame_out_of_room"
    outside = town.draft("wandian_small")
    assert refusal(lambda: town.adopt(outside, starts=date(2026, 12, 1)))[0] == "rating.frame_fixed"


def test_another_level_lets_it_go_on_or_wants_it_changed(town: Town) -> None:
    version = town.draft()
    review(town, version, agrees=False, words="「差」的界限要写清楚")
    version.refresh_from_db()
    assert version.state == "draft"
    assert refusal(lambda: town.adopt(version))[0] == "rating.review_against"
    command = uuid7()
    first = review(town, version, words="改好了", command=command)
    assert review(town, version, words="改好了", command=command).pk == first.pk
    version.refresh_from_db()
    assert version.state == "reviewed"
    assert [(row.agrees, words) for row, _, words in reviews(version)] == [
        (False, "「差」的界限要写清楚"),
        (True, "改好了"),
    ]
    assert town.adopt(version).version_id == version.pk
    assert SchemeReview.objects.count() == 2, "the second person's word adds none where one stands"
    assert refusal(lambda: review(town, version))[0] == "rating.review_too_late"


def test_the_second_person_is_the_review_where_nobody_looked(town: Town) -> None:
    version = town.draft()
    town.adopt(version)
    row = SchemeReview.objects.get()
    assert (row.version_id, row.by, row.agrees) == (version.pk, town.clerk.id, True)
    assert ReviewWords.objects.count() == 0


def test_a_review_is_another_levels(town: Town) -> None:
    version = town.draft(by=town.clerk)
    assert refusal(lambda: review(town, version))[0] == "rating.review_own"
    account = Account.objects.create(pk=town.clerk.id, username="clerk", name="镇干部")
    Duty.objects.create(
        id=uuid7(), account=account, kind="town_clerk", place=town.town, since=date(2026, 1, 1)
    )  # fmt: skip
    colleague = actor("镇里同事", (DutyKind.TOWN_CLERK, "T1"))
    assert refusal(lambda: review(town, version, by=colleague))[0] == "rating.review_same_level"
    supervisor = actor("监督员", (DutyKind.SUPERVISOR, "T1/V1"))
    assert review(town, version, by=supervisor).agrees
    assert refusal(lambda: review(town, version, by=supervisor, agrees=False))[0] == "rating.review_no_words"
    long = partial(review, town, version, by=supervisor, words="长" * 401)
    assert refusal(long)[0] == "kernel.too_long"


def test_a_version_that_changed_meanwhile_is_not_reviewed(town: Town) -> None:
    version = town.draft()
    SchemeVersion.objects.filter(pk=version.pk).update(sha256="0" * 64)
    assert refusal(lambda: review(town, version))[0] == "rating.version_gone"


def test_the_simulated_year_lies_inside_the_budget(town: Town) -> None:
    version = town.draft()
    over = Year(**{**vars(YEAR), "budget_fen": 699_999})
    code, facts = refusal(lambda: town.adopt(version, year=over))
    assert (code, facts["high"], facts["budget"]) == ("rating.over_budget", "7000", "6999.99")
    assert Adoption.objects.count() == 0
    adopted = town.adopt(version, year=YEAR)
    kept = AdoptionYear.objects.get()
    assert (kept.adoption_id, kept.high_fen, kept.budget_fen, kept.homes) == (adopted.pk, 700_000, 700_000, 300)


def test_many_places_each_by_itself(town: Town) -> None:
    version, command = town.draft(), uuid7()
    rows = [
        Row(town.village, RESOLUTION, YEAR),
        Row(town.other, Resolution(date(2026, 10, 18), 400, 300, "河口村〔2026〕1 号"), YEAR),
        Row(town.town, faulty=Problem("rating.no_filing", {})),
    ]
    given: dict[str, Any] = {"version": version, "starts": date(2026, 11, 1), "by": town.clerk, "at": AT}
    given |= {"seconded_by": actor("监督员", (DutyKind.SUPERVISOR, "T1")), "command": command}
    for _ in range(2):
        found = adopt_in_many(rows=rows, **given)
        done, refused, faulty = [what for _, what in found]
        assert isinstance(done, Adoption)
        assert isinstance(refused, Problem)
        assert refused.code == "rating.attendance_unsound"
        assert isinstance(faulty, Problem)
        assert faulty.code == "rating.no_filing"
    assert Adoption.objects.count() == 1
