"""All checks over one installation, in order; each named once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

from django.conf import settings

from courtyard.ops.verify import (
    catalogue,
    helping,
    journal,
    lapses,
    ledger,
    objections,
    register,
    revisits,
    said,
    scans,
    slips,
    titles,
    words,
)  # fmt: skip
from courtyard.ops.verify.findings import Checked, Look, Looking, carry_out
from courtyard.ops.verify.source import Source, open_source
from courtyard.records.files import while_copied

CHECKS: dict[str, Look] = {
    "database": catalogue.database,
    "triggers": catalogue.triggers,
    "constraints": catalogue.constraints,
    "foreign_keys": catalogue.foreign_keys,
    "chain": journal.chain,
    "entries": journal.entries,
    "receipts": journal.receipts,
    "epochs": journal.epochs,
    "counters": ledger.counters,
    "never_below_zero": ledger.never_below_zero,
    "holds": ledger.holds,
    "awards": ledger.awards,
    "factors": ledger.factors,
    "reversals": ledger.reversals,
    "lapses": lapses.lapses,
    "resets": lapses.resets,
    "deductions": lapses.deductions,
    "standings": lapses.standings,
    "stock": register.stock,
    "redemptions": register.redemptions,
    "listings": register.listings,
    "slips": slips.slips,
    "objections": objections.objections,
    "looks": revisits.looks,
    "spot_checks": revisits.spot_checks,
    "concerns": revisits.concerns,
    "titles": titles.titles,
    "deeds": helping.deeds,
    "words": words.words,
    "said": said.said,
    "scans": scans.scans,
    "cards": register.cards,
    "visits": register.visits,
    "schemes": register.schemes,
    "places": register.places,
}
# What the file of access lines (SQLite) is checked for.
ACCESS = {"access_database": catalogue.database, "access_triggers": catalogue.triggers}


def printed_head(wanted: str) -> Look:
    """The check of a head copied from paper: `CHAIN:NUMBER:HASH`, the outside anchor of the chain."""
    chain, _, rest = wanted.partition(":")
    number, _, seal = rest.partition(":")

    def look(source: Source) -> Looking:
        for place, n, found in source.rows("SELECT chain_id, number, hash FROM records_entry"):
            if str(place).replace("-", "") == chain.replace("-", "") and str(n) == number:
                if found != seal:
                    yield f"账本 {chain} 第 {number} 条的封印与纸上的不一样"
                return f"账本 {chain} 第 {number} 条与纸上相符"
        yield f"账本 {chain} 没有第 {number} 条,纸上有"
        return ""

    return look


def run(
    source: Source,
    access: Source | None = None,
    *,
    heads: tuple[str, ...] = (),
    step: Callable[[str, int, int | None], None] | None = None,
) -> Iterator[Checked]:
    """Carry out every check over this snapshot, one after the other."""
    work = [(name, look, source) for name, look in CHECKS.items()]
    work += [("printed_head", printed_head(head), source) for head in heads]
    if access is not None:
        work += [(name, look, access) for name, look in ACCESS.items()]
    for n, (name, look, where) in enumerate(work):
        if step:
            step(f"正在核对 {name}", n, len(work))
        yield carry_out(name, look, where)
    if step:
        step("核对完了", len(work), len(work))


def run_here(
    *, heads: tuple[str, ...] = (), step: Callable[[str, int, int | None], None] | None = None
) -> list[Checked]:
    """Carry out every check over the running installation's databases."""
    with ExitStack() as stack:
        stack.enter_context(while_copied())
        source = stack.enter_context(closing(open_source()))
        access = stack.enter_context(closing(open_source("access"))) if "access" in settings.DATABASES else None
        return list(run(source, access, heads=heads, step=step))
