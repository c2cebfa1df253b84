"""The plain-language page, the explanation of a result, the sheet: what a reader is told, in the programme's words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pytest
from tests.rating.worked import SCHEMES, document, mark, saw

from courtyard.rating.rules.documents import as_data, decimal_text
from courtyard.rating.rules.engines import score, unfit_mark
from courtyard.rating.rules.explain import NEVER_WORDS, WHY_WORDS, explain
from courtyard.rating.rules.facts import Facts, History, Mark, Seen
from courtyard.rating.rules.plain import OWN_MARK, OWN_NOTE, clause_numbers, plain_language
from courtyard.rating.rules.sheet import sheet

SHIPPED = sorted(path.stem for path in SCHEMES.glob("*.toml"))
FORBIDDEN = ("扣分", "违反", "曝光", "失信", "落后", "不够格", "信用不良")
POOR = ("poor poor poor", "poor poor poor", "poor poor poor")


def _page_text(scheme: str, change: Mapping[str, object] | None = None) -> str:
    page = plain_language(document(scheme, change))
    return "\n".join(sentence.text for section in page.sections for sentence in section.sentences)


def _lines(facts: Facts, seen: list[Seen] | None = None, scheme: str = "wandian") -> str:
    one = document(scheme)
    kept = json.loads(score(one, facts).breakdown_text)
    return "\n".join(line.text for line in explain(one, kept, seen or []))


@pytest.mark.parametrize("scheme", SHIPPED)
def test_every_number_of_the_document_is_on_the_page(scheme: str) -> None:
    text = _page_text(scheme)
    one = document(scheme)
    asked = [str(area.weight) for area in one.sheet.areas]
    milli = [rule.points_milli for rule in (*one.awards, *one.deeds) if rule.points_milli]
    milli += [cap.points_milli for cap in one.caps] + [reward.points_milli for reward in one.rewards]
    asked += [decimal_text(abs(number)) for number in milli]
    asked += [str(deed.year_points) for deed in one.deeds if deed.year_points is not None]
    asked += [str(as_data(label)["score"]) for label in one.sheet.labels]
    asked += [str(as_data(band)["least"]) for band in one.bands]
    process = as_data(one.process)
    asked += [str(process[key]) for key in process if key.endswith("days")]
    for number in asked:
        assert re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text), number
    assert one.card.name in text
    assert one.card.disclaimer in text


@pytest.mark.parametrize("scheme", SHIPPED)
def test_clauses_are_numbered_once_and_cover_awards_bands_and_lists(scheme: str) -> None:
    one = document(scheme)
    numbers = clause_numbers(one)
    wanted = [
        f"{kind}.{row.code}" for kind in ("awards", "bands", "caps", "deeds", "lists") for row in getattr(one, kind)
    ]
    assert set(wanted) <= set(numbers)
    page = plain_language(one)
    told = [sentence.number for section in page.sections for sentence in section.sentences]
    assert len(set(told)) == len(told)
    assert [section.number for section in page.sections][:2] == ["第一条", "第二条"]


def test_a_clause_has_the_number_it_has_on_the_page() -> None:
    assert clause_numbers(document("wandian"))["awards.good"] == "第四条(1)"
    assert clause_numbers(document("wandian_small"))["caps.year"] == "第四条(4)"


def test_unpublished_numbers_are_marked_and_the_mark_is_explained() -> None:
    page = plain_language(document("wandian"))
    assert page.note == OWN_NOTE
    own = [s for section in page.sections for s in section.sentences if s.unpublished]
    assert own
    assert all(sentence.text.endswith(OWN_MARK) for sentence in own)
    published = document("wandian", {"awards[good].unpublished": False})
    (good,) = [
        s for section in plain_language(published).sections for s in section.sentences if "awards.good" in s.clauses
    ]
    assert good.text == "这一轮评为好,得 10 分。"


def test_the_page_says_which_end_is_included() -> None:
    text = _page_text("wandian")
    assert "85 分(含)到 100 分(含)为「好」" in text
    assert "60 分(含)到 85 分(不含)为「中」" in text
    flipped = {"bands[good].includes": "most", "bands[fair].includes": "both"}
    assert "85 分(不含)到 100 分(含)为「好」" in _page_text("wandian", flipped)


def test_the_page_says_points_are_not_money_and_errands_are_blind() -> None:
    text = _page_text("wandian")
    assert "积分不是钱,不能提现" in text
    assert "1 分大约能换值 0.2 元的东西" in text
    assert "办事不看红黑榜;亮卡只多得、不少办" in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"aggregate.method": "median", "aggregate.even": "better"}, "人数是双数时取中间两个里好的一个"),
        ({"aggregate.method": "trimmed_mean"}, "去掉一个最高、一个最低"),
        ({"aggregate.rounding": "down"}, "余下直接舍去"),
        ({"aggregate.rounding": "half_even"}, "逢五取双"),
        ({"aggregate.score_digits": 0}, "取整数,余下四舍五入;等次"),
        ({"sheet.missing_area": "not_rated"}, "缺一项的,这一轮整户没有评"),
        ({"lists[black].reach": "private"}, "只告诉本户,不公示"),
        ({"lists[black].reach": "names"}, "写户主姓名(须先有村民会议决议"),
        ({"coverage.carried_earns": False}, "没抽到的户这个月没有新增积分"),
        ({"coverage.drawn_share": "0.125"}, "里抽 12.5%"),
        ({"budget.short": "factor", "budget.rounding": "down"}, "每一笔不足 1 分的舍去;少发的不再补"),
        ({"lists[red].kin_excluded": True}, "红榜:这一轮评为「好」、有不少于 2 人评的、没有亲戚参评。"),
    ],
)
def test_the_page_follows_the_document(change: dict[str, object], says: str) -> None:
    assert says in _page_text("wandian", change)
    assert says not in _page_text("wandian")


def test_a_scheme_without_lists_says_none() -> None:
    page = plain_language(document("wandian", {"lists": [], "titles": []}))
    assert [s.sentences for s in page.sections if s.number == "第五条"] == [()]


def test_a_result_is_explained_from_mark_to_list() -> None:
    one = document("wandian")
    facts = Facts(
        tuple(mark(one, text) for text in ("good declined good", "good declined fair", "fair declined good")),
        History("fair", 1, (("points", 195),)),
    )
    assert _lines(facts, [saw("courtyard c1"), saw("rooms r1 mended")]).split("\n") == [
        "庭院:看到院里的柴草、杂物没有码放。怎么改:把柴草、杂物码到一处,留出走道。",
        "室内:屋里地面没有扫,当场改好了,谢谢。",
        "庭院(占 40 份):2 人评「好」、1 人评「中」,合 91.7 分。见第二条(2)。",
        "室内:没有评(主人没同意进屋,不算差)。见第一条(4)。",
        "周边(占 30 份):2 人评「好」、1 人评「中」,合 91.7 分。见第二条(2)。",
        "总分:(91.7×40 + 91.7×30) ÷ 70 = 91.7 分。见第二条(2)。",
        "85 分(含)到 100 分(含)为「好」,所以这一轮是「好」。见第三条(1)。",
        "这一轮评为好:本来是 10 分,今年最多得 200 分,这次记 5 分。见第四条(1)、第四条(6)。",
        "比上一次升了等次:本来是 5 分,今年最多得 200 分,这次记 0 分。见第四条(5)、第四条(6)。",
        "这一轮一共 5 分。",
        "可以上红榜;写不写名字由您定。见第五条(1)。",
    ]


def test_a_poor_home_reads_the_steps_and_no_word_of_blame() -> None:
    one = document("wandian")
    seen = [saw("courtyard c1"), saw("rooms r1"), saw("surroundings s1")]
    marks = [mark(one, text) for text in POOR]
    marks[0] = Mark(marks[0].given, tuple(seen))
    text = _lines(Facts(tuple(marks)), seen)
    assert "会请另一组两个人再来看一次,然后告知您,您可以提异议;改好了就此了结。见第五条(2)、第六条(1)。" in text
    assert "这一轮没有新增积分,以前的积分都在。" in text


def test_every_reason_has_its_words() -> None:
    one = document("wandian")
    marks = tuple(mark(one, text) for text in POOR[:2]) + (mark(one, "kin:poor poor poor"),)
    text = _lines(Facts(marks, care=True, help_owed=True))
    for reason in ("care_list", "help_owed", "kin", "fewer_than_three", "no_finding"):
        assert NEVER_WORDS[reason] in text
    assert "村里会安排人来帮忙。" in text
    assert "有 1 份评分是亲戚评的,没有计入。" in text
    mended = Mark(
        mark(one, POOR[0]).given, tuple(saw(f"{a} mended") for a in ("courtyard c1", "rooms r1", "surroundings s1"))
    )
    assert NEVER_WORDS["mended"] in _lines(Facts((mended, *(mark(one, text) for text in POOR[1:]))))


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (Facts((), taking_part=False), "not_taking_part"),
        (Facts((), lived_in=False), "not_lived_in"),
        (Facts(()), "no_marks"),
        (Facts((Mark(not_at_home=True),)), "not_at_home"),
        (Facts((Mark((("courtyard", "good"),), kin=True),)), "only_kin"),
    ],
)
def test_an_unrated_home_reads_why_and_that_it_is_not_poor(facts: Facts, why: str) -> None:
    text = _lines(facts)
    assert WHY_WORDS[why] in text
    assert "不算差" in text
    assert "「差」" not in text


def test_a_missing_area_is_explained_under_a_scheme_that_asks_for_all() -> None:
    one = document("wandian_small")
    text = _lines(Facts((mark(one, "good -"),)), scheme="wandian_small")
    assert WHY_WORDS["area_missing"] in text
    assert "周边:没有评(没有人评这一项)" in text


@pytest.mark.parametrize("scheme", SHIPPED)
def test_no_word_of_blame_anywhere(scheme: str) -> None:
    told = _page_text(scheme) + json.dumps(as_data(document(scheme)), ensure_ascii=False)
    told += "".join([*WHY_WORDS.values(), *NEVER_WORDS.values()])
    assert [word for word in FORBIDDEN if word in told] == []


def test_the_sheet_offers_labels_declining_only_by_consent_and_keys_of_its_own() -> None:
    form = sheet(document("wandian"))
    assert [area.code for area in form.areas] == ["courtyard", "rooms", "surroundings"]
    assert [(c.code, c.key, c.consent_only) for c in form.choices] == [
        ("good", "1", False),
        ("fair", "2", False),
        ("poor", "3", False),
        ("declined", "0", True),
    ]
    keys = [choice.key for choice in (*form.choices, *form.whole_home)]
    assert len(set(keys)) == len(keys)
    assert [area.code for area in form.areas if area.consent] == ["rooms"]


GOOD = (("courtyard", "good"),)


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (Mark(GOOD, not_at_home=True), "rating.absent_but_marked"),
        (Mark((), (Seen("courtyard", "c1"),), not_at_home=True), "rating.absent_but_marked"),
        (Mark((*GOOD, ("courtyard", "poor"))), "rating.area_marked_twice"),
        (Mark((("garden", "good"),)), "rating.area_unknown"),
        (Mark((("courtyard", "declined"),)), "rating.area_needs_no_consent"),
        (Mark((("courtyard", "excellent"),)), "rating.label_unknown"),
        (Mark(GOOD, (Seen("garden", "c1"),)), "rating.area_unknown"),
        (Mark(GOOD, (Seen("courtyard", "r1"),)), "rating.picture_unknown"),
    ],
)
def test_marks_that_do_not_fit_the_sheet(one: Mark, code: str) -> None:
    problem = unfit_mark(document("wandian"), one)
    assert problem is not None
    assert problem.code == code


def test_marks_that_fit() -> None:
    one = document("wandian")
    for fitting in (mark(one, "good declined poor", ["rooms r1"]), mark(one, "absent"), mark(one, "- - good"), Mark()):
        assert unfit_mark(one, fitting) is None
