"""Words of entries are kept twelve months, as what was seen is; steps and their seals stay."""

from __future__ import annotations

from datetime import date, timedelta

from tests.lists import candidate, refused
from tests.rounds import SEPTEMBER, Village, at

from courtyard.honours.actions import drop
from courtyard.honours.actions.erasing import erase_words
from courtyard.honours.models import Step, Words
from courtyard.honours.queries.keeping import words_due
from courtyard.records.models import Entry

DUE = date(2027, 9, 1)


def test_words_go_with_their_round_and_steps_stay(village: Village):
    closed, listing = candidate(village)
    drop(listing=listing, reasons="看错了", by=village.actor("clerk"), at=at(date(2026, 9, 22)))
    steps = list(Step.objects.order_by("pk").values())
    early = DUE - timedelta(days=1)
    assert list(words_due(early)) == [] and list(words_due(DUE)) == [closed]
    terminal = village.world.terminal
    refused(
        "honours.words_kept_still",
        lambda: erase_words(kept=closed, by=terminal, at=at(early)),
        month=f"{SEPTEMBER:%Y-%m}",
        months=12,
    )
    for who in ("cadre", "clerk", "supervisor"):
        refused("people.not_allowed", lambda who=who: erase_words(kept=closed, by=village.actor(who), at=at(DUE)))
    assert Words.objects.count() == 1
    assert erase_words(kept=closed, by=terminal, at=at(DUE), command=closed.pk) == 1
    assert erase_words(kept=closed, by=terminal, at=at(DUE), command=closed.pk) == 1
    assert not Words.objects.exists() and list(words_due(DUE)) == []
    assert list(Step.objects.order_by("pk").values()) == steps
    entry = Entry.objects.get(verb="honours.erase_words")
    assert (entry.subject, entry.chain_id) == (closed.pk.hex, village.place.pk)
    assert '"rule":"kept_12_months"' in entry.answer
