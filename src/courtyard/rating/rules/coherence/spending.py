"""What points buy and when: rewards, resets and gates stand on a ledger that can be spent and a rung that exists."""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.coherence.faults import fault
from courtyard.rating.rules.documents import SchemeDocument, decimal_text


def spending_faults(document: SchemeDocument) -> Iterator[Problem]:
    """Every fault of the clauses on spending."""
    names = {ledger.code: ledger.name for ledger in document.ledgers if not ledger.spendable}
    prices: set[tuple[str, str]] = set()
    for reward in document.rewards:
        clause = f"rewards[{reward.code}]"
        if reward.ledger in names:
            yield fault("rating.ledger_not_spendable", f"{clause}.ledger", ledger=names[reward.ledger])
        elif reward.points_milli % 1000:
            ledger = next((one.name for one in document.ledgers if one.code == reward.ledger), reward.ledger)
            facts = {"found": decimal_text(reward.points_milli), "ledger": ledger}
            yield fault("rating.points_not_whole", f"{clause}.points", **facts)
        if (reward.name, reward.since) in prices:
            yield fault("rating.clause_twice", "rewards", found=f"{reward.name} {reward.since}".strip())
        prices.add((reward.name, reward.since))
    for window in document.windows:
        if window.ledger in names:
            clause = f"windows[{window.code}].ledger"
            yield fault("rating.ledger_not_spendable", clause, ledger=names[window.ledger])
    days: set[tuple[str, str]] = set()
    for reset in document.resets:
        for one in reset.days:
            if (reset.ledger, one) in days:
                yield fault("rating.clause_twice", f"resets[{reset.code}].days", found=one)
            days.add((reset.ledger, one))
    for gate in document.gates:
        if gate.band is None and gate.star is None:
            yield fault("rating.gate_needs_rung", f"gates[{gate.code}].band")
