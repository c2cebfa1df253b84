"""What was printed is kept, proved, and its words erased: one test a refusal."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, transaction
from tests.outreach import samples
from tests.worlds import AT, World

from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.outreach import papers, queries
from courtyard.outreach.actions import erase_artefact_words, keep_artefact, print_and_keep
from courtyard.outreach.models import Artefact, ArtefactWords
from courtyard.records.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def printed() -> papers.Printed:
    return papers.render("red_poster", samples.red(3, 5))


def keep(world: World, printed: papers.Printed, who: str = "cadre", **more: Any) -> Artefact:
    made = keep_artefact(printed=printed, place=world["WD/01/G01"], by=world.actor(who), at=AT, **more)
    return Artefact.objects.get(pk=made)


def test_a_print_is_kept_with_its_digests_and_its_facts(world: World, printed: papers.Printed) -> None:
    subject = uuid7()
    artefact = keep(world, printed, subject=subject)
    assert (artefact.paper, artefact.subject, artefact.pages) == ("red_poster", subject, printed.pages)
    assert artefact.template_sha256 == printed.template_sha256
    assert printed.sha256 not in (artefact.file_sha256, artefact.facts_sha256)
    words = ArtefactWords.objects.get(pk=artefact.pk)
    assert json.loads(words.facts)["red"] == 5
    entry = Entry.objects.get(pk=artefact.entry)
    assert entry.verb == "outreach.keep_artefact" and entry.chain_id == world["WD/01"].pk
    assert "王㛃" not in entry.canonical


def test_the_same_print_twice_has_two_digests(world: World, printed: papers.Printed) -> None:
    first, second = keep(world, printed), keep(world, printed)
    assert first.file_sha256 != second.file_sha256 and first.facts_sha256 != second.facts_sha256


def test_a_repeated_command_keeps_one(world: World, printed: papers.Printed) -> None:
    command = uuid7()
    assert keep(world, printed, command=command).pk == keep(world, printed, command=command).pk
    assert Artefact.objects.count() == 1


def test_another_print_under_the_same_command_is_refused(world: World, printed: papers.Printed) -> None:
    command = uuid7()
    keep(world, printed, command=command)
    other = papers.render("red_poster", samples.red(2, 5))
    with pytest.raises(Refused, match="records.other_input"):
        keep(world, other, command=command)


@pytest.mark.parametrize("who", ["cadre2", "eva1", "keeper", "supervisor"])
def test_a_stranger_keeps_nothing(world: World, printed: papers.Printed, who: str) -> None:
    with pytest.raises(Refused, match="people.not_allowed"):
        keep(world, printed, who)
    assert not Artefact.objects.exists()


def test_a_file_is_proved_to_be_the_one_that_was_printed(world: World, printed: papers.Printed) -> None:
    artefact = keep(world, printed)
    assert queries.proof(artefact.pk, printed.pdf).same is True
    assert queries.proof(artefact.pk, printed.pdf + b" ").same is False


def erase(world: World, artefact: Artefact, who: str = "clerk", **more: Any) -> None:
    erase_artefact_words(artefact=artefact, rule="retention", by=world.actor(who), at=AT + timedelta(days=1), **more)


def test_erased_words_are_gone_and_the_row_stays(world: World, printed: papers.Printed) -> None:
    artefact = keep(world, printed)
    command = uuid7()
    erase(world, artefact, command=command)
    erase(world, artefact, command=command)
    assert not ArtefactWords.objects.exists()
    assert Artefact.objects.get() == artefact
    assert queries.proof(artefact.pk, printed.pdf).same is None
    entry = Entry.objects.get(verb="outreach.erase_artefact")
    assert json.loads(entry.answer) == {"artefact": artefact.pk.hex, "rule": "retention"}


def test_words_are_erased_once(world: World, printed: papers.Printed) -> None:
    artefact = keep(world, printed)
    erase(world, artefact)
    with pytest.raises(Refused, match="outreach.already_erased"):
        erase(world, artefact)


def test_a_stranger_erases_nothing(world: World, printed: papers.Printed) -> None:
    artefact = keep(world, printed)
    with pytest.raises(Refused, match="people.not_allowed"):
        erase(world, artefact, "cadre2")
    assert ArtefactWords.objects.exists()


def test_what_was_printed_cannot_be_altered(world: World, printed: papers.Printed) -> None:
    artefact = keep(world, printed)
    for attempt in (lambda: Artefact.objects.update(pages=9), lambda: Artefact.objects.filter(pk=artefact.pk).delete()):
        ArtefactWords.objects.all().delete()
        with pytest.raises(Error), transaction.atomic():
            attempt()
    assert Artefact.objects.get().pages == printed.pages


def test_prints_are_seen_within_areas_only(
    world: World, printed: papers.Printed, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        keep(world, printed)
    keep_artefact(printed=printed, place=world["WD/02"], by=world.actor("cadre2"), at=AT)
    with django_assert_num_queries(1):
        assert [row.place.path for row in queries.artefacts(["WD/01"])] == ["WD/01/G01"] * 3
    assert queries.artefacts(["WD"]).count() == 4
    assert queries.artefacts(["WD"], "slip").count() == 0
    assert queries.artefacts([]).count() == 0


def test_a_print_is_made_and_kept_in_one_go(world: World) -> None:
    thing, command = samples.red(3, 5), uuid7()
    for _ in range(2):
        made = print_and_keep(
            paper="red_poster", thing=thing, place=world["WD/01/G01"], by=world.actor("cadre"), at=AT, command=command
        )
    assert queries.proof(Artefact.objects.get().pk, made.pdf).same is True


def test_who_may_not_print_there_prints_nothing(world: World) -> None:
    with pytest.raises(Refused, match="people.not_allowed"):
        print_and_keep(
            paper="red_poster", thing=samples.red(3, 5), place=world["WD/01/G01"], by=world.actor("cadre2"), at=AT
        )
    assert not Artefact.objects.exists()
