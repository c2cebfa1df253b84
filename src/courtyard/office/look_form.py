"""The form of a re-visit: areas with large buttons, what was seen, the three questions; read back to marks and replies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from courtyard.honours.actions.looks import AfterLook
from courtyard.honours.rules.states import ListingState
from courtyard.inspections.rules.marks import Found, Given
from courtyard.inspections.rules.questions import Question, Replied, Reply
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.problems import refuse
from courtyard.office.number_form import AreaCells, Ticked, area_cells, given_of
from courtyard.people import forms
from courtyard.rating.rules.documents import Area, SchemeDocument
from courtyard.rating.rules.sheet import sheet

AWAY = Presence.NOT_AT_HOME.value
ANSWERS = (Reply.YES, Reply.NO, Reply.NOT_ASKED)


@dataclass(frozen=True)
class LookCell:
    """One area: the field's name, its buttons (code, words, pressed before a refusal), its pictures; on a sheet with
    numbers its cells instead."""

    area: Area
    name: str
    buttons: tuple[tuple[str, str, bool], ...]
    pictures: tuple[Ticked, ...]
    numbers: AreaCells | None = None


@dataclass(frozen=True)
class Asked:
    """One of the three questions and what was pressed before a refusal."""

    question: Question
    name: str
    buttons: tuple[tuple[str, str, bool], ...]


def cells(document: SchemeDocument, post: Any, only: Collection[str] | None = None) -> list[LookCell]:
    """The areas of the sheet (only these), nothing preset."""
    asked = sheet(document)
    if not asked.words_only:
        return [LookCell(one.area, one.name, (), (), one) for one in area_cells(asked, "a-", post, only)]
    found = []
    for area in asked.areas:
        if only is not None and area.code not in only:
            continue
        name = f"a-{area.code}"
        seen = set(post.getlist(f"{name}-f"))
        buttons = tuple(
            (one.code, one.name, post.get(name) == one.code)
            for one in asked.choices
            if area.consent or not one.consent_only
        )
        pictures = tuple(
            Ticked(p.code, p.name, p.needs_words, p.code in seen, False, post.get(f"{name}-w-{p.code}", ""))
            for p in area.pictures
        )
        found.append(LookCell(area, name, buttons, pictures))
    return found


def questions(post: Any) -> list[Asked]:
    """The three questions; one that is not pressed was not asked."""
    return [
        Asked(one, f"q-{one.value}", tuple((r.value, r.label, post.get(f"q-{one.value}") == r.value) for r in ANSWERS))
        for one in Question
    ]


def given(document: SchemeDocument, post: Any, household: str = "") -> Given:
    """What was pressed, as marks. Nobody at home is said of the whole home. Refuses office.nothing_typed."""
    if post.get("whole") == AWAY:
        return Given(Presence.NOT_AT_HOME)
    if not document.labels_only:
        return given_of(sheet(document), "a-", post, household=household) or refuse("office.nothing_typed")
    values = tuple(
        (area.code, str(post.get(f"a-{area.code}"))) for area in document.sheet.areas if post.get(f"a-{area.code}")
    )
    if not values:
        refuse("office.nothing_typed")
    seen = tuple(
        Found(area.code, code, str(post.get(f"a-{area.code}-w-{code}", "")))
        for area in document.sheet.areas
        for code in post.getlist(f"a-{area.code}-f")
    )
    return Given(Presence.SEEN, values, seen)


def replied(post: Any) -> Replied:
    """What the household answered; not pressed is not asked. Refuses people.not_chosen."""
    said = {}
    for question in Question:
        code = post.get(f"q-{question.value}") or Reply.NOT_ASKED.value
        if code not in Reply.codes():
            refuse("people.not_chosen", field=_("回访三问"))
        said[question] = Reply(code)
    return Replied(said[Question.CAME], said[Question.SLIP], said[Question.RECEIPTS])


def day(request: Any) -> date | None:
    """The day on the paper, None for today."""
    return forms.day(request, "day", _("去看的日期")) if forms.text(request, "day") else None


def told(done: AfterLook) -> str:
    """What a person is told after a look: where the entry stands, and why where nothing moved."""
    if done.same:
        return _("这一次以前已经记过,没有重复记。")
    if done.review:
        return _("和这位以前记的不一样,两次都先不算,要别人核对后才算。")
    if done.poor is None:
        return _("这次没有看成,不算差,也不算改好。可以改天再去。")
    if done.state in (ListingState.DELISTED, ListingState.MENDED):
        return _("改好了,当天了结。")
    return _("已记下,现在是「%(state)s」。") % {"state": _(done.state.label)}
