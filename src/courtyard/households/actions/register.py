"""Keeping the register by hand: a household made, changed, lived in or not; questions of an import answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from courtyard.households.actions.countersigns import asks_for_a_second
from courtyard.households.actions.numbers import new_short_numbers
from courtyard.households.models import Household, Question
from courtyard.households.rules import cells
from courtyard.households.rules.answers import Answer, unfit_answer
from courtyard.households.rules.initials import initials
from courtyard.households.rules.states import CountersignKind, Living, QuestionKind, QuestionState
from courtyard.households.sealing import phone_indexer, phone_sealer
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Problem, refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind
from courtyard.records.guard import swap
from courtyard.records.journal import act


def _read(problem_or_value: Any) -> Any:
    if isinstance(problem_or_value, Problem):
        problem_or_value.refuse()
    return problem_or_value


def sealed_phone(household: UUID, phone: str | None) -> dict[str, Any]:
    """The columns that hold a phone: sealed, key id, blind index, last four's blind index."""
    if not phone:
        return {"phone_sealed": None, "phone_key": "", "phone_index": "", "last_four_index": ""}
    key_id, seal = phone_sealer()
    index, last_four = phone_indexer()(phone)
    return {
        "phone_sealed": seal(household, phone),
        "phone_key": key_id,
        "phone_index": index,
        "last_four_index": last_four,
    }


def _details(head: str, people: int, bay: str, door: str) -> dict[str, Any]:
    name = _read(cells.name_in(head))
    return {
        "head": name,
        "initials": initials(name),
        "people": _read(cells.people_in(float(people))),
        "bay": _read(cells.words_in(bay, "湾", cells.LONGEST_BAY)),
        "door": _read(cells.words_in(door, "门牌", cells.LONGEST_DOOR)),
    }


def add_household(
    *,
    group: Place,
    code: str,
    head: str,
    people: int,
    by: Actor,
    at: datetime,
    phone: str = "",
    bay: str = "",
    door: str = "",
    command: UUID | None = None,
) -> Household:
    """Put one household into a group by hand: a second person looks at it, until then its card spends nothing.

    Refuses unfit values as an import does, and a code taken in the village.
    """
    refuse_if(may(by, "households.keep", group.path))
    village, town = group.village_id, group.town_id
    if group.kind != PlaceKind.GROUP.value or village is None or town is None:
        refuse("households.not_a_group", name=group.name)
    code = _read(cells.code_in(code))
    details = _details(head, people, bay, door)
    number = _read(cells.phone_in(phone))
    id = uuid7()
    given = {"group": group.pk, "code": code, "phone": number, **details}
    with act(
        "households.add", by=by, at=at, chain=village, subject=id, command=command, given=given, pulls=True,
        conflict="households.code_taken",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Household.objects.get(pk=pen.answer["household"])
        if Household.objects.filter(village=village, code=code).exists():
            refuse("households.code_taken", code=code)
        # No door puts a household in by hand at the terminal: what the operator's own set-up makes needs no second.
        second = None if by.kind == "terminal" else asks_for_a_second(pen, CountersignKind.BY_HAND, group)
        household = Household(
            id=id, village_id=village, group=group, town_id=town, code=code, countersign=second,
            short=new_short_numbers(town, 1)[0], since=day_of(at), changed=pen.number,
            **details, **sealed_phone(id, number),
        )  # fmt: skip
        household.save(force_insert=True)
        pen.answer = {"household": id}
    return household


def change_household(
    *,
    household: Household,
    by: Actor,
    at: datetime,
    head: str | None = None,
    people: int | None = None,
    phone: str | None = None,
    bay: str | None = None,
    door: str | None = None,
    group: Place | None = None,
    command: UUID | None = None,
) -> Household:
    """Change what is given, leave the rest; `phone=""` removes it. Refuses a group of another village (never a move)."""
    refuse_if(may(by, "households.keep", household.group.path))
    if group is not None and (group.kind != PlaceKind.GROUP.value or group.village_id != household.village_id):
        refuse("households.other_village_group", name=group.name)
    new: dict[str, Any] = _details(
        household.head if head is None else head,
        household.people if people is None else people,
        household.bay if bay is None else bay,
        household.door if door is None else door,
    )
    number = None if phone is None else _read(cells.phone_in(phone))
    given = {"household": household.pk, **new, "phone": phone, "group": group.pk if group else None}
    if phone is not None:
        new.update(sealed_phone(household.pk, number))
    if group is not None:
        new["group"] = group
    return _change(household, "households.change", new, by=by, at=at, command=command, given=given)


def set_lived_in(
    *, household: Household, living: Living, by: Actor, at: datetime, command: UUID | None = None
) -> Household:
    """Say whether anybody lives there: homes nobody lives in are not rated, in no denominator and on no list."""
    refuse_if(may(by, "households.keep", household.group.path))
    given = {"household": household.pk, "living": living.value}
    new = {"living": living.value}
    return _change(household, "households.set_lived_in", new, by=by, at=at, command=command, given=given)


def _change(
    household: Household,
    verb: str,
    new: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
    command: UUID | None,
    given: dict[str, Any],
) -> Household:
    """Write these fields if the household still is as the caller read it."""
    with act(
        verb, by=by, at=at, chain=household.village_id, subject=household.pk, command=command, given=given, pulls=True
    ) as pen:
        if not pen.replayed:
            rows = Household.objects.filter(pk=household.pk, changed=household.changed)
            swap(rows, "households.changed_meanwhile", **new, changed=pen.number)
            pen.answer = {"household": household.pk}
    return Household.objects.select_related("group", "village", "town").get(pk=household.pk)


def answer_question(
    *, question: Question, answer: Answer, by: Actor, at: datetime, command: UUID | None = None
) -> Question:
    """Answer what an import asked. `gone` and `moved` end a household (never delete it); `stays` and `two` keep it;
    `empty` says that nobody lives there. Refuses an answer that does not fit the question, and a second answer."""
    household = question.household
    refuse_if(may(by, "households.keep", household.group.path))
    refuse_if(unfit_answer(QuestionKind(question.kind), answer))
    given = {"question": question.pk, "answer": answer.value}
    with act(
        "households.answer_question", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given=given, pulls=True,
    ) as pen:  # fmt: skip
        if not pen.replayed:
            rows = Question.objects.filter(pk=question.pk, state=QuestionState.OPEN.value)
            swap(rows, "households.question_answered", state=QuestionState.ANSWERED.value, answer=answer.value)
            ended = question.other_id if answer is Answer.MOVED and question.other_id else household.pk
            homes = Household.objects.filter(pk=ended, until=None)
            if answer in (Answer.GONE, Answer.MOVED):
                homes.update(until=day_of(at), changed=pen.number)
            elif answer is Answer.EMPTY:
                homes.update(living=Living.EMPTY.value, changed=pen.number)
            pen.answer = {"question": question.pk, "answer": answer.value}
    question.refresh_from_db()
    return question
