"""Who may do what: one table of duties and verbs gives may(), areas() and every page's gate."""

from __future__ import annotations

from courtyard.kernel.actors import Actor, DutyKind
from courtyard.kernel.paths import inside
from courtyard.kernel.problems import Problem

# What each duty opens, at its place and below. A verb is `<subject>.<what>`; docs/map.md lists them.
SEE = frozenset({"places.see", "households.see", "schemes.see", "rounds.see", "lists.see", "shop.see", "points.see"})
CADRE = SEE | {
    "households.import",
    "households.keep",
    "households.confirm",
    "cards.issue",
    "rounds.open",
    "rounds.include",
    "rounds.close",
    "marks.enter",
    "marks.review",
    "lists.notify",
    "lists.publish",
    "lists.object",
    "lists.rectify",
    "papers.print",
    "schemes.propose",
    "points.propose",
    "shop.stock",
    "outreach.keep",
}
CLERK = CADRE | {
    "places.keep",
    "people.keep",
    "schemes.adopt",
    "lists.decide",
    "rounds.spot",
    "points.budget",
    "points.adjust",
    "shop.keep",
    "records.verify",
}
VERBS: dict[DutyKind, frozenset[str]] = {
    DutyKind.OPERATOR: CLERK | {"records.backup", "records.erase", "shop.sell", "lists.look"},
    DutyKind.COUNTY_OFFICER: SEE
    | {"schemes.adopt", "records.verify", "places.keep", "people.keep", "points.budget"}
    | {"rounds.spot", "concerns.answer", "households.confirm"},
    DutyKind.TOWN_CLERK: CLERK,
    DutyKind.VILLAGE_CADRE: CADRE,
    DutyKind.EVALUATOR: frozenset({"places.see", "rounds.see", "marks.own", "lists.look", "lists.object"}),
    DutyKind.SHOPKEEPER: frozenset({"places.see", "shop.see", "shop.sell", "shop.stock", "lists.object"}),
    DutyKind.SUPERVISOR: SEE
    | {
        "marks.review",
        "lists.object",
        "lists.decide",
        "schemes.adopt",
        "points.adjust",
        "records.verify",
    }
    | {"rounds.spot", "concerns.answer", "households.confirm"},
    DutyKind.HOUSEHOLDER: frozenset({"household.own", "lists.object", "lists.rectify"}),
}


def verbs_known() -> frozenset[str]:
    """Every verb of the table."""
    return frozenset().union(*VERBS.values())


def may(actor: Actor, verb: str, path: str) -> Problem | None:
    """Why this actor may not do this verb at this path, or None."""
    if any(verb in VERBS[duty.kind] and inside(path, duty.path) for duty in actor.duties):
        return None
    return Problem("people.not_allowed", {"verb": verb})


def areas(actor: Actor, verb: str) -> tuple[str, ...]:
    """The paths at and below which this actor may do this verb, the widest only."""
    found = sorted({duty.path for duty in actor.duties if verb in VERBS[duty.kind]}, key=len)
    widest: list[str] = []
    for path in found:
        if not any(inside(path, wider) for wider in widest):
            widest.append(path)
    return tuple(widest)
