"""A document looked through once: what its clauses ask of a home's past, and which caps hold for which clause."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from courtyard.rating.rules.documents import AwardRule, Cap, Condition, Dedupe, DeedRule, Repeat, SchemeDocument


@dataclass(frozen=True, eq=False)
class Plan:
    """The document and its indexes. Two plans of one document are the same object (`plan_of`)."""

    document: SchemeDocument

    @cached_property
    def conditions(self) -> tuple[tuple[str, str, Condition], ...]:
        """Every clause that says when it applies: its name (awards.good), its kind, the clause."""
        document = self.document
        parts = (
            ("awards", document.awards), ("lists", document.lists), ("titles", document.titles), ("prizes", document.prizes)
        )  # fmt: skip
        return tuple((f"{part}.{rule.code}", rule.kind, rule) for part, rules in parts for rule in rules)

    @cached_property
    def streaks(self) -> tuple[tuple[str, Condition], ...]:
        """Clauses that count rounds running, by name."""
        return tuple((clause, rule) for clause, kind, rule in self.conditions if kind == "streak")

    @cached_property
    def ranked(self) -> tuple[tuple[str, str, Condition], ...]:
        """Clauses that ask for a rank, by name, with first or last."""
        return tuple(row for row in self.conditions if row[1] in ("first", "last"))

    @cached_property
    def ranked_now(self) -> tuple[tuple[str, str, Condition], ...]:
        """Of these, what the close of one village's round can say by itself."""
        return tuple(row for row in self.ranked if not waits(row[2]))

    @cached_property
    def ranked_late(self) -> tuple[tuple[str, str, Condition], ...]:
        """Of these, what waits until the villages of the town are closed, or until spot checks are in."""
        return tuple(row for row in self.ranked if waits(row[2]))

    @cached_property
    def lapses(self) -> bool:
        """Whether anything ever lapses under the scheme."""
        months = [ledger.valid_months for ledger in self.document.ledgers]
        months += [rule.valid_months for rule in self.document.awards]
        return any([*months, *(rule.valid_months for rule in self.document.deeds)])

    @cached_property
    def spendable(self) -> frozenset[str]:
        """Ledgers whose points can be spent."""
        return frozenset(ledger.code for ledger in self.document.ledgers if ledger.spendable)

    @cached_property
    def asks_past(self) -> bool:
        """Whether a round must be told more of a home's past than its last grade and how long it has had it."""
        deep = any(rule.or_better or rule.repeats != "anew" for _, rule in self.streaks)
        asking = {kind for _, kind, _ in self.conditions} & {"once", "better_by"}
        starred = any(gate.star is not None and "awards" in gate.shuts for gate in self.document.gates)
        return bool(deep or asking or starred or self.document.multipliers)

    @cached_property
    def asks_period(self) -> bool:
        """Whether a round must be told how many periods went before it under the scheme."""
        return any(multiplier.since == "scheme" for multiplier in self.document.multipliers)

    @cached_property
    def standings(self) -> frozenset[str]:
        """Ledgers whose standing some clause reads, so that what was spent must be remembered."""
        read = {rule.ledger_of for _, kind, rule in self.conditions if kind == "points"}
        read |= {star.ledger for star in self.document.stars if star.of == "standing"}
        if self.document.ranking.by == "standing":
            read.add(self.document.ranking.ledger)
        return frozenset(ledger for ledger in read if ledger)

    @cached_property
    def rank_of(self) -> dict[str, int]:
        """Grade → 0 for the best."""
        return {band.code: rank for rank, band in enumerate(self.document.bands)}

    @cached_property
    def _caps(self) -> dict[tuple[bool, str, str], tuple[Cap, ...]]:
        return {}

    def caps(self, rule: AwardRule | DeedRule, ledger: str) -> tuple[Cap, ...]:
        """Every cap of a ledger that names an award or deed, the deed's own year first."""
        key = (isinstance(rule, AwardRule), rule.code, ledger)
        if key not in self._caps:
            held = tuple(cap for cap in self.document.caps if cap.ledger == ledger and _holds(cap, rule))
            self._caps[key] = held if isinstance(rule, AwardRule) else (*_year(rule, ledger), *held)
        return self._caps[key]

    def dedupes(self, rule: DeedRule) -> tuple[Dedupe, ...]:
        """The clauses by which of several deeds with this one only the highest counts."""
        return tuple(row for row in self.document.dedupes if _names(row, rule))

    def repeat(self, rule: DeedRule) -> Repeat | None:
        """The first clause by which this deed counts differently when it comes again."""
        return next((row for row in self.document.repeats if _names(row, rule)), None)

    def in_band(self, rule: Condition, grade: str | None, *, worse: bool = False) -> bool:
        """Whether a grade is the clause's band; with `or_better` also a better one (`worse`: a worse one, for last)."""
        if grade is None or rule.band is None or grade not in self.rank_of:
            return False
        here, wanted = self.rank_of[grade], self.rank_of[rule.band]
        if not rule.or_better:
            return here == wanted
        return here >= wanted if worse else here <= wanted


def waits(rule: Condition) -> bool:
    """Whether a rank cannot be told at the close of one village's round: it is the town's, or counts checked homes alone."""
    return rule.recheck or rule.within == "town"


def _year(rule: DeedRule, ledger: str) -> tuple[Cap, ...]:
    if rule.year_points is None:
        return ()
    return (Cap(code=f"deeds.{rule.code}", ledger=ledger, per="year", points_milli=rule.year_points * 1000),)


def _holds(cap: Cap, rule: AwardRule | DeedRule) -> bool:
    if not (cap.awards or cap.deeds or cap.category):
        return True
    if isinstance(rule, AwardRule):
        return rule.code in cap.awards
    return rule.code in cap.deeds or bool(cap.category and cap.category == rule.category)


def _names(row: Dedupe | Repeat, rule: DeedRule) -> bool:
    if not (row.deeds or row.category):
        return True
    return rule.code in row.deeds or bool(row.category and row.category == rule.category)


_PLANS: dict[int, Plan] = {}


def plan_of(document: SchemeDocument) -> Plan:
    """The plan of a document, made once while the document is in use."""
    found = _PLANS.get(id(document))
    if found is None or found.document is not document:
        if len(_PLANS) > 200:
            _PLANS.clear()
        found = _PLANS[id(document)] = Plan(document)
    return found
