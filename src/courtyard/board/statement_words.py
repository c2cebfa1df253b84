"""A household's statement in plain words: what each booking was for, corrections and factors said as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from courtyard.kernel.weeks import is_week
from courtyard.people.said_days import period
from courtyard.points.queries.standing import Line, WaitingLine
from courtyard.points.rules.shares import Share
from courtyard.points.rules.states import Cause
from courtyard.rating.rules.documents import SchemeDocument


@dataclass(frozen=True)
class Told:
    """What rounds and deeds are called, by their ids."""

    rounds: Mapping[UUID, tuple[date, SchemeDocument]]
    deeds: Mapping[UUID, str]

    def source(self, id: UUID, clause: str) -> str:
        """What an award was earned by: the month and the clause's own name, or the deed."""
        if id in self.deeds:
            return self.deeds[id]
        if id not in self.rounds:
            return _("得分")
        month, document = self.rounds[id]
        name = next((rule.name for rule in document.awards if f"awards.{rule.code}" == clause), "")
        if is_week(month):
            return _("%(week)s评比:%(name)s") % {"week": period(month), "name": name}
        given = {"year": month.year, "month": month.month, "name": name}
        return _("%(year)s年%(month)s月评比:%(name)s") % given


def reason(line: Line, told: Told) -> str:
    """What a booking was for."""
    if line.cause is Cause.AWARD:
        return told.source(line.subject, line.clause)
    if line.cause is Cause.REVERSAL and line.points > 0:
        return _("积分超市退回")
    if line.cause is Cause.REVERSAL:
        return _("更正,收回:%(source)s") % {"source": told.source(line.subject, line.clause)}
    words = {
        Cause.REDEMPTION: _("在积分超市换东西"),
        Cause.ADJUSTMENT: _("两个人核对过的调整"),
        Cause.EXPIRY: _("到期,没有用完的"),
        Cause.RESET: _("到了办法里写的清零的日子"),
        Cause.DEDUCTION: told.source(line.subject, line.clause) if line.clause else _("照积分办法减的"),
    }
    return words.get(line.cause, line.cause.label)


def beside(line: Line) -> str:
    """What is to be said beside it: the factor of its round, the month it counts for where it was booked later."""
    said = []
    if line.cause is Cause.AWARD and line.share:
        said.append(of_share(line.share, line.earned))
    if (line.counts_for.year, line.counts_for.month) != (line.booked.year, line.booked.month):
        said.append(_("算在%(year)s年%(month)s月") % {"year": line.counts_for.year, "month": line.counts_for.month})
    return ";".join(said)


def of_share(share: Share, earned: int) -> str:
    """That a round was paid by one factor for all."""
    given = {"earned": earned, "budget": share.budget, "needed": share.needed}
    return _("得 %(earned)s 分,村里预算不够,全村每笔都按 %(budget)s/%(needed)s 发") % given


def left_nothing(line: WaitingLine, told: Told) -> tuple[str, str]:
    """An award of which the factor left nothing: what it was for, and why nothing came."""
    share = line.share or Share(0, 1)
    given = {"share": of_share(share, line.earned)}
    return told.source(line.round, line.clause), _("%(share)s,不足 1 分,没有到账") % given
