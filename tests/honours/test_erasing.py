"""Words of entries are kept twelve months, as what was seen is; steps and their seals stay."""

from __future__ import annotations

from datetime import date, timedelta

from tests.lists import MARKS, candidate, refused
from tests.rounds import SEPTEMBER, Village, at, closed_round

from courtyard.honours.actions import drop, say_cannot_alone, take_help
from courtyard.honours.actions.erasing import erase_help, erase_words
from courtyard.honours.models import HelpTask, HelpWords, Step, Words
from courtyard.honours.queries.keeping import help_due, words_due
from courtyard.honours.rules.help import Helper
from courtyard.households.models import Household
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


def test_helpers_names_go_with_their_month(village: Village):
    day = at(date(2026, 9, 22))
    closed_round(village, MARKS)
    home = Household.objects.select_related("group", "village").get(pk=village.homes["0201"].pk)
    asked = say_cannot_alone(household=home, by=village.actor("cadre", day), at=day)
    task = HelpTask.objects.select_related("group").get(pk=asked.task)
    take_help(task=task, helper=Helper(words="老张家的儿子"), by=village.actor("cadre", day), at=day)
    early, terminal = at(DUE - timedelta(days=1)), village.world.terminal
    assert help_due(date(2027, 8, 31)) == []
    assert [(place.pk, month) for place, month in help_due(DUE)] == [(village.place.pk, SEPTEMBER)]
    given = {"village": village.place, "month": SEPTEMBER, "by": terminal}
    refused("honours.help_kept_still", lambda: erase_help(**given, at=early), month="2026-09", months=12)
    refused("people.not_allowed", lambda: erase_help(**{**given, "by": village.actor("clerk")}, at=at(DUE)))
    command = task.pk
    assert erase_help(**given, at=at(DUE), command=command) == erase_help(**given, at=at(DUE), command=command) == 1
    assert not HelpWords.objects.exists() and HelpTask.objects.get().words_sha256 and help_due(DUE) == []
