"""The three questions taken down, the concerns a "no" opens, and the supervisor's answer to one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Concern, ConcernAnswer, ConcernWords, Marks, Replies
from courtyard.inspections.rules.marks import unfit_words
from courtyard.inspections.rules.questions import NOTHING_ASKED, ConcernState, Replied, Reply
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.rules import may
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act
from courtyard.records.rules import salted

ANSWER_MOST = 500


def take_down(pen: Pen, marks: Marks, replied: Replied) -> int:
    """What the household answered when these marks were given; how many concerns it opened. Nothing asked: no row.

    Said again it is the same; other answers beside the same marks are refused (inspections.replied_already), answers
    where nobody was at home as well (inspections.nobody_replied).
    """
    if replied == NOTHING_ASKED:
        return 0
    if marks.presence != Presence.SEEN.value:
        refuse("inspections.nobody_replied")
    stands = Replies.objects.filter(marks=marks.pk).first()
    if stands is not None:
        if Replied(Reply(stands.came), Reply(stands.slip), Reply(stands.receipts)) != replied:
            refuse("inspections.replied_already")
        return 0
    row = Replies(id=uuid7(), marks_id=marks.pk, day=marks.day)
    row.came, row.slip, row.receipts = replied.came.value, replied.slip.value, replied.receipts.value
    pen.grow([row])
    visit, today = marks.visit, day_of(pen.at)
    opened = [
        Concern(
            id=uuid7(),
            replies=row,
            question=question.value,
            household_id=visit.household_id,
            village_id=pen.chain,
            opened=today,
        )
        for question in replied.noes
    ]
    Concern.objects.bulk_create(opened)
    return len(opened)


def answer_concern(
    *, concern: Concern, words: str, by: Actor, at: datetime, command: UUID | None = None
) -> ConcernAnswer:
    """The supervisor of the town or county says what was found and done; a duty in the village itself cannot.

    Refuses inspections.no_answer, .concern_answered and what words may not say.
    """
    refuse_if(may(by, "concerns.answer", concern.village.town.path if concern.village.town else ""))
    with act(
        "inspections.answer_concern", by=by, at=at, chain=concern.village_id, subject=concern.pk, command=command,
        given={"concern": concern.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return ConcernAnswer.objects.get(concern=concern.pk)
        village_turn(pen)
        text, salt = clean(words), random_bytes(16)
        if not text:
            refuse("inspections.no_answer")
        refuse_if(unfit_words(text, most=ANSWER_MOST, field="答复"))
        rows = Concern.objects.filter(pk=concern.pk, state=ConcernState.OPEN.value)
        swap(rows, "inspections.concern_answered", state=ConcernState.ANSWERED.value, answered=day_of(at))
        row = ConcernAnswer(id=uuid7(), concern_id=concern.pk, by=by.id, day=day_of(at))
        row.words_sha256 = salted(salt, text)
        pen.grow([row])
        ConcernWords(id=uuid7(), answer=row, text=text, salt=salt).save(force_insert=True)
        pen.answer = {"concern": concern.pk}
    return row
