"""The three questions of every re-visit (回访三问, DOMAIN §4.14): what is asked, what may be answered, what a "no" opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from courtyard.kernel.choices import Choice

# Shares are published from so many answers on: under 10 homes a share says something of one home (DOMAIN §4.9).
ASKED_LEAST = 10


class Question(Choice):
    CAME = "came", "有没有人来看过、在卡上盖章"
    SLIP = "slip", "整改单收到没有、您说的话写下来没有"
    RECEIPTS = "receipts", "凭条上写的东西都拿到没有"


class Reply(Choice):
    YES = "yes", "是"
    NO = "no", "不是"
    NOT_ASKED = "not_asked", "没有问"


class ConcernState(Choice):
    OPEN = "open", "等监督员答复"
    ANSWERED = "answered", "已答复"


@dataclass(frozen=True)
class Replied:
    """What a household answered; what nobody asked is `not_asked`, never a yes."""

    came: Reply = Reply.NOT_ASKED
    slip: Reply = Reply.NOT_ASKED
    receipts: Reply = Reply.NOT_ASKED

    def to(self, question: Question) -> Reply:
        """The answer to one question."""
        return {Question.CAME: self.came, Question.SLIP: self.slip, Question.RECEIPTS: self.receipts}[question]

    @property
    def noes(self) -> tuple[Question, ...]:
        """The questions answered with no: each opens a concern."""
        return tuple(question for question in Question if self.to(question) is Reply.NO)


NOTHING_ASKED = Replied()


@dataclass(frozen=True)
class Share:
    """How many said yes to a question, of how many it was put to."""

    question: Question
    yes: int
    asked: int

    @property
    def shown(self) -> bool:
        """Whether enough were asked that the share says nothing of one home."""
        return self.asked >= ASKED_LEAST


def shares(counts: Iterable[tuple[Question, Reply, int]]) -> tuple[Share, ...]:
    """The share of yes for each question, of those asked."""
    yes, asked = dict.fromkeys(Question, 0), dict.fromkeys(Question, 0)
    for question, reply, homes in counts:
        asked[question] += homes if reply is not Reply.NOT_ASKED else 0
        yes[question] += homes if reply is Reply.YES else 0
    return tuple(Share(question, yes[question], asked[question]) for question in Question)
