"""What a household said no to: the supervisor of the town or county answers it, in words that can be erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.lists import LOOKED, candidate, lookers, refused
from tests.looks import look_again
from tests.rounds import Village, at
from tests.worlds import person

from courtyard.inspections.actions import erase_findings
from courtyard.inspections.actions.concerns import answer_concern
from courtyard.inspections.models import Concern, ConcernAnswer, ConcernWords
from courtyard.inspections.queries.keeping import findings_due
from courtyard.inspections.queries.revisits import concerns, words_of
from courtyard.inspections.rules.questions import Replied, Reply
from courtyard.kernel.actors import DutyKind
from courtyard.kernel.ids import uuid7
from courtyard.records.rules import salted

WORDS = "问了两边,单子当天补送到了"


@pytest.fixture
def concern(village: Village) -> Concern:
    """A second look at home 0201: it got no slip."""
    closed, listing = candidate(village)
    look_again(
        listing=listing, looker=lookers(village, closed)[0], still_poor=True, replied=Replied(slip=Reply.NO),
        by=village.actor("cadre", at(LOOKED)), at=at(LOOKED),
    )  # fmt: skip
    return Concern.objects.select_related("village__town").get()


def test_only_the_town_and_the_county_answer(village: Village, concern: Concern) -> None:
    committee = person(village.world, "committee", "监委会主任", DutyKind.SUPERVISOR, "WD/01")

    def answer(by: Any) -> ConcernAnswer:
        return answer_concern(concern=concern, words=WORDS, by=by, at=at(LOOKED))

    for by in (committee, village.actor("cadre"), village.actor("clerk"), village.actor("eva1")):
        refused("people.not_allowed", lambda by=by: answer(by))
    assert list(concerns(["WD/01"])) == [] and list(concerns(["WD"])) == [concern]
    answer(village.actor("supervisor", at(LOOKED)))
    assert Concern.objects.get().state == "answered"


def test_an_answer_is_words_said_once(village: Village, concern: Concern) -> None:
    supervisor, command = village.actor("supervisor", at(LOOKED)), uuid7()

    def answer(words: str, **more: Any) -> ConcernAnswer:
        return answer_concern(concern=concern, words=words, by=supervisor, at=at(LOOKED), **more)

    refused("inspections.no_answer", lambda: answer("  "))
    refused("inspections.words_on_character", lambda: answer("这户人懒"))
    first = answer(WORDS, command=command)
    assert answer(WORDS, command=command).pk == first.pk
    refused("inspections.concern_answered", lambda: answer("再说一遍"))
    kept = ConcernWords.objects.get()
    assert first.words_sha256 == salted(bytes(kept.salt), WORDS)
    assert words_of([concern]) == {concern.pk: WORDS}


def test_the_words_go_with_the_findings_of_their_walk(village: Village, concern: Concern) -> None:
    answer_concern(concern=concern, words=WORDS, by=village.actor("supervisor", at(LOOKED)), at=at(LOOKED))
    walk, later = concern.replies.marks.visit.round, at(LOOKED + timedelta(days=400))
    assert walk in findings_due(later.date())
    erase_findings(kept=walk, by=village.world.terminal, at=later)
    assert not ConcernWords.objects.exists() and ConcernAnswer.objects.count() == 1
    assert walk not in findings_due(later.date())
