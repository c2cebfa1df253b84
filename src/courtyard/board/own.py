"""What a household sees of itself: its results explained, its open entry, nothing of anybody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from courtyard.board.statement_words import Told, beside, left_nothing, reason
from courtyard.honours.models import Listing
from courtyard.honours.queries.entries import Case, cases
from courtyard.honours.rules.states import ListingKind, ListingState, Verb
from courtyard.households import queries
from courtyard.households.models import Household
from courtyard.inspections.queries.deeds import names_of
from courtyard.inspections.queries.record import OwnRound, record_of
from courtyard.inspections.queries.stands import LastRated, OwnStar, own_stand, own_star
from courtyard.inspections.queries.told import rounds_told
from courtyard.inspections.rules.deeds import clause_of
from courtyard.inspections.rules.keeping import last_month_erased
from courtyard.kernel.sentences import say
from courtyard.kernel.weeks import month_of
from courtyard.people.asked import Asked
from courtyard.points.queries.awards import shares_of
from courtyard.points.queries.standing import statement
from courtyard.points.rules.shares import Share
from courtyard.rating.queries import in_force
from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.explain import Line, explain
from courtyard.rating.rules.rungs import REDEEM, gate_shut

# The states a household is told of: once two people looked again, its page brings the notice itself.
DEED = clause_of("")
RECENT = 6  # rounds among which an open entry's own is found: it lives 90 days at most
TOLD = (ListingState.CONFIRMED, ListingState.NOTIFIED, ListingState.OBJECTED, ListingState.PUBLISHED)


@dataclass(frozen=True)
class OwnResult:
    """One round of the home: the result and its lines by part (seen, how, points, lists)."""

    result: OwnRound
    lines: Sequence[Line]
    erased: bool = False
    share: Share | None = None

    def _part(self, part: str) -> list[str]:
        return [line.text for line in self.lines if line.part == part]

    @property
    def seen(self) -> list[str]:
        return self._part("seen")

    @property
    def how(self) -> list[str]:
        return self._part("how")

    @property
    def points(self) -> list[str]:
        return self._part("points")

    @property
    def lists(self) -> list[str]:
        return self._part("lists")


@dataclass(frozen=True)
class OwnCase:
    """The home's open entry: where it stands and what the household can do now."""

    listing: Listing
    state: ListingState
    verbs: Sequence[Verb]

    @property
    def mend_by(self) -> date | None:
        """The day to put it right by, where that comes before the day of publication (else that day says it)."""
        row = self.listing
        later = row.mend_by and row.publish_from and row.mend_by >= row.publish_from
        return None if later else row.mend_by

    @property
    def may_read(self) -> bool:
        return Verb.NOTIFY in self.verbs

    @property
    def may_object(self) -> bool:
        return Verb.OBJECT in self.verbs

    @property
    def may_say_mended(self) -> bool:
        return Verb.SAY_MENDED in self.verbs and self.listing.mended_said_on is None


def home_of(request: Asked) -> Household:
    """The household behind the card, with its places, as the middleware read it with its card."""
    home: Household = request.household  # type: ignore[attr-defined]
    return home


def page_facts(home: Household) -> dict[str, Any]:
    """What every page of the household's own says: whose it is (the frame says whom to complain to)."""
    return {"home": home}


def _explained(result: OwnRound, on: date) -> OwnResult:
    erased = month_of(result.month) <= last_month_erased(on)
    return OwnResult(result, explain(result.document, result.breakdown, result.findings), erased)


def results(home: Household, on: date) -> list[OwnResult]:
    """The last twelve rounds, newest first, each explained."""
    found = record_of(home.pk)
    shares = shares_of([result.round for result in found])
    return [replace(_explained(result, on), share=shares.get(result.round)) for result in found]


def latest(home: Household, case: OwnCase | None, on: date) -> tuple[OwnResult | None, Sequence[str]]:
    """The latest round's result, and what was seen in the round the open entry comes from (not always the latest)."""
    found = record_of(home.pk, most=RECENT if case else 1, who=False)
    if not found:
        return None, ()
    own = {result.round: result for result in found}
    last = _explained(found[0], on)
    if case is None or case.listing.round_id not in own:
        return last, ()
    of_case = own[case.listing.round_id]
    return last, (last if of_case is found[0] else _explained(of_case, on)).seen


@dataclass(frozen=True)
class StarTold:
    """The home's star by its name, and what it is read from."""

    name: str
    said: str


def last_rated(home: Household, last: OwnResult | None) -> dict[UUID, LastRated] | None:
    """The home's last rated round as its latest result tells it; None where that one was not rated: an earlier one is."""
    if last is None:
        return {}
    of = last.result
    return {home.pk: (of.grade, of.breakdown["score_milli"], of.document.whole_milli)} if of.grade else None


def rungs_of(
    home: Household,
    on: date,
    document: SchemeDocument | None = None,
    rated: Mapping[UUID, LastRated] | None = None,
) -> dict[str, Any]:
    """The home's star that day under the scheme in force, and the gate that keeps it from spending points, by its name
    (`document`, `rated`: the scheme and the home's last rated round, where they are read already)."""
    if document is None:
        scheme = in_force(home.village, on)
        document = scheme.document if scheme else None
    found = own_stand(home, on, document, rated)
    if found is None or document is None:
        return {"star": None, "shut": ""}
    gate = gate_shut(document, REDEEM, found)
    return {"star": _star(own_star(document, found)), "shut": gate.name if gate else ""}


def _star(found: OwnStar | None) -> StarTold | None:
    if found is None:
        return None
    if found.outright:
        return StarTold(found.star.name, _("有一件事项直接定了级,改好了就不算"))
    if found.value_milli is None:
        return StarTold(found.star.name, "")
    value = decimal_text(found.value_milli)
    if found.ledger is None:
        return StarTold(found.star.name, _("最近一次评比 %(score)s 分") % {"score": value})
    return StarTold(
        found.star.name, _("「%(ledger)s」现在 %(points)s 分") % {"ledger": found.ledger.name, "points": value}
    )


def case_of(home: Household, on: date) -> OwnCase | None:
    """The home's open entry of the black list as it stands that day, once the household has been told."""
    found: list[Case] = cases(Listing.objects.filter(household=home, kind=ListingKind.BLACK.value).order_by("-since"))
    for one in found:
        if one.state(on) in TOLD:
            return OwnCase(one.listing, one.state(on), one.verbs(on))
    return None


def resets(home: Household) -> list[tuple[Any, str, str]]:
    """How the PIN was set anew, the newest first: (row, who took it down, who did it)."""
    return list(queries.resets_told(home.pk))


def resting(home: Household, at: datetime) -> str:
    """Why the home's points rest at this moment, '' where they do not."""
    problem = queries.unfit_to_spend(home.pk, at)
    return say(problem) if problem else ""


def told(home: Household) -> dict[str, Any]:
    """The covenant in force, and the version the home was told of."""
    return {"covenant": queries.covenant_of(home.village), "known": queries.known_to(home.pk)}


def listing_of(request: Asked, listing: UUID) -> Listing:
    """The home's own entry of this id, or 404."""
    actor: Any = request.actor
    return get_object_or_404(Listing.objects.select_related("group", "village"), pk=listing, household=actor.id)


def points_of(home: Household) -> dict[str, Any]:
    """The statement in words: (line, what for, what beside it) newest first, what waits, what a factor left nothing of."""
    found = statement(home.pk)
    unpaid = [*found.waiting, *found.nothing]
    ids = {(line.clause, line.subject) for line in found.lines if line.clause}
    ids |= {(line.clause, line.round) for line in unpaid}
    deeds = [id for clause, id in ids if clause.startswith(DEED)]
    rounds = [id for clause, id in ids if not clause.startswith(DEED)]
    told_ = Told(rounds_told(rounds) if rounds else {}, names_of(deeds) if deeds else {})
    return {
        "statement": found,
        "lines": [(line, reason(line, told_), beside(line)) for line in reversed(found.lines)],
        "waiting": [(line, told_.source(line.round, line.clause)) for line in found.waiting],
        "nothing": [(line, *left_nothing(line, told_)) for line in found.nothing],
    }
