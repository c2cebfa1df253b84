"""An objection where no entry is open is not lost: raised, answered, put right, or carried into the entry it becomes."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.lists import CLOSED, LOOKED, MARKS, TOLD, candidate, household, notified, refused
from tests.rounds import SEPTEMBER, Village, at, closed_round, mark, opened_round, panel

from courtyard.honours.actions import answer_grade_objection, close_village, raise_objection
from courtyard.honours.models import GradeObjection, GradeStep, GradeWords, Listing, Objection
from courtyard.honours.queries.grade_objections import grade_case_within, of_home, waiting_answers
from courtyard.honours.rules.states import AnswerLevel, ObjectionChannel
from courtyard.inspections.models import Result
from courtyard.kernel.actors import DutyKind
from courtyard.people.actions import give_duty
from courtyard.points.queries import balance

ANSWERED = date(2026, 9, 24)
FAIR = {"courtyard": "good", "rooms": "good", "surroundings": "good"}


def says(village: Village, code: str, day: date = LOOKED, who: str = "keeper", words: str = "院子是扫过的") -> Any:
    return raise_objection(
        household=village.homes[code], channel=ObjectionChannel.SPOKEN, words=words,
        by=village.actor(who, at(day)), at=at(day),
    )  # fmt: skip


def answer(village: Village, row: GradeObjection, day: date = ANSWERED, who: str = "cadre", **more: Any) -> Any:
    more = {"upheld": False, "reasons": "去看过,没有评错"} | more
    return answer_grade_objection(objection=row, by=village.actor(who, at(day)), at=at(day), **more)


def standing(village: Village, code: str) -> Result:
    return Result.objects.get(visit__household=village.homes[code], superseded_by=None)


def test_upheld_puts_grade_points_and_ranks_right(village: Village) -> None:
    closed_round(village, MARKS)
    before = balance(village.homes["0103"].pk).points
    raised = says(village, "0103")
    assert raised.answer_by == date(2026, 9, 30)
    row = GradeObjection.objects.get()
    assert [one.row.pk for one in waiting_answers(["WD/01"], LOOKED)] == [row.pk]
    assert waiting_answers(["WD/02"], LOOKED) == []
    answer(village, row, upheld=True, values=FAIR, reasons="去看过,院坝是扫过的")
    assert standing(village, "0103").grade == "good"
    assert balance(village.homes["0103"].pk).points > before
    (told,) = of_home(village.homes["0103"].pk)
    assert (told.state, told.answer) == ("成立", "去看过,院坝是扫过的")
    assert told.second_look_by == date(2026, 10, 12)
    refused("honours.already_decided", lambda: answer(village, row))


def test_dismissed_once_more_at_the_town_then_heard(village: Village) -> None:
    closed_round(village, MARKS)
    says(village, "0103")
    first = GradeObjection.objects.get()
    facts = {"day": first.raised_on.isoformat(), "channel": "口头", "answer_by": first.answer_by.isoformat()}
    refused("honours.objection_under_way", lambda: says(village, "0103"), **facts)
    first = GradeObjection.objects.get()
    refused("honours.no_reasons", lambda: answer(village, first, reasons=" "))
    refused("people.not_allowed", lambda: answer(village, first, who="keeper"))
    answer(village, first)
    says(village, "0103", ANSWERED)
    second = GradeObjection.objects.get(state="open")
    assert second.level == "town"
    refused("honours.town_answers", lambda: answer(village, second))
    answer(village, second, who="clerk")
    refused("honours.heard_twice", lambda: says(village, "0103", ANSWERED))
    assert standing(village, "0103").grade == "fair"


def test_what_the_village_left_lying_is_the_towns(village: Village) -> None:
    closed_round(village, MARKS)
    late = date(2026, 10, 9)
    says(village, "0103")
    row = GradeObjection.objects.get()
    found = grade_case_within(["WD/01"], row.pk, late)
    assert (found.level, found.late) == (AnswerLevel.TOWN, True)
    refused("honours.town_answers", lambda: answer(village, row, late))
    answer(village, row, late, who="supervisor")
    refused("honours.objection_unknown", lambda: grade_case_within(["WD/02"], row.pk, late))


def test_nobodys_grade_falls_because_they_objected(village: Village) -> None:
    closed_round(village, MARKS)
    says(village, "0103")
    row, poor = GradeObjection.objects.get(), dict.fromkeys(FAIR, "poor")
    refused("honours.made_worse", lambda: answer(village, row, upheld=True, values=poor))
    assert standing(village, "0103").grade == "fair"


def test_raised_before_the_close_it_freezes_the_entry_it_becomes(village: Village) -> None:
    opened = opened_round(village)
    refused("honours.nothing_to_object", lambda: says(village, "0201"))
    mark(village, opened, MARKS, SEPTEMBER.replace(day=10))
    day = SEPTEMBER.replace(day=11)
    assert says(village, "0201", day, words="那堆是邻居的").answer_by is None
    says(village, "0103", day, words="")
    refused("honours.objection_waits", lambda: says(village, "0103", day), day=day.isoformat(), answer_by=None)
    refused(
        "honours.round_still_open",
        lambda: answer(village, GradeObjection.objects.get(household=village.homes["0103"]), day, upheld=True),
    )
    close_village(closing=opened, by=village.actor("cadre", at(CLOSED)), at=at(CLOSED))
    listing = Listing.objects.get(kind="black")
    assert (listing.state, listing.words.get().text) == ("objected", "那堆是邻居的")
    assert Objection.objects.get().channel == "spoken"
    carried = GradeObjection.objects.get(household=village.homes["0201"])
    assert carried.state == "carried" and list(carried.steps.values_list("verb", flat=True)) == ["raise", "carry"]
    assert GradeObjection.objects.get(household=village.homes["0103"]).answer_by == date(2026, 9, 29)


def test_with_an_entry_open_the_entry_is_frozen(village: Village) -> None:
    _, listing = notified(village)
    says(village, "0201", TOLD, who="eva1")
    listing.refresh_from_db()
    assert listing.state == "objected" and not GradeObjection.objects.exists()
    facts = {"day": TOLD.isoformat(), "answer_by": Objection.objects.get().answer_by.isoformat()}
    refused("honours.objection_under_way", lambda: says(village, "0201", TOLD), **facts)


def test_raters_kin_and_strangers(village: Village) -> None:
    closed, _ = candidate(village)
    refused("people.not_allowed", lambda: says(village, "0103", who="keeper2"))
    by = household(village, "0103")
    raise_objection(
        household=village.homes["0103"], channel=ObjectionChannel.PAGE, words="请再看看", by=by, at=at(LOOKED)
    )
    row = GradeObjection.objects.get()
    rater = panel(closed, "0103", village)[0]
    name = next(who for who, account in village.world.accounts.items() if account.pk == rater)
    place, when = village.place, at(LOOKED)
    give_duty(
        account=village.world.accounts[name], kind=DutyKind.VILLAGE_CADRE, place=place, by=village.world.terminal,
        at=when,
    )  # fmt: skip
    refused("honours.decider_rated", lambda: answer(village, row, who=name))
    assert GradeStep.objects.count() == 1 and GradeWords.objects.get().text == "请再看看"
