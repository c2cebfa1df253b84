"""Questions an import must not decide, and the answers each of them takes."""

from __future__ import annotations

from courtyard.households.rules.states import QuestionKind
from courtyard.kernel.choices import Choice
from courtyard.kernel.problems import Problem


class Answer(Choice):
    STAYS = "stays", "还在本村"
    GONE = "gone", "已不在本村"
    TWO = "two", "是两户"
    MOVED = "moved", "是搬来的一户"
    EMPTY = "empty", "没人住"
    LIVED_IN = "lived_in", "有人住"
    BACK = "back", "名册里又有了"


FITTING = {
    QuestionKind.VANISHED: (Answer.STAYS, Answer.GONE),
    QuestionKind.MAYBE_MOVED: (Answer.TWO, Answer.MOVED),
    QuestionKind.LIVING: (Answer.EMPTY, Answer.LIVED_IN),
}


def unfit_answer(kind: QuestionKind, answer: Answer) -> Problem | None:
    """Why this answer does not fit a question of this kind, or None. 名册里又有了 is only said by an import."""
    fitting = FITTING[kind]
    if answer in fitting:
        return None
    return Problem("households.unfit_answer", {"answers": "、".join(one.label for one in fitting)})
