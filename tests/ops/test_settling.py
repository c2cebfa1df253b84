"""The night writes down what the days alone decided of the lists: once, where there is something, village by village."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.lists import EXPIRES, PUBLISH_FROM, published
from tests.rounds import Village, at, make_village

from courtyard.honours.actions import settling
from courtyard.honours.models import Listing, PasteTask
from courtyard.honours.queries.settling import to_settle
from courtyard.kernel.problems import Problem, Refused
from courtyard.ops.serving.work import DAILY, turn
from courtyard.records.models import Entry, Job

pytestmark = [pytest.mark.django_db, pytest.mark.long_on_postgres]
VERB = "honours.settle_lapsed"


@pytest.fixture
def village(db: None) -> Village:
    return make_village()


def test_the_night_settles_what_has_lapsed_and_writes_nothing_where_nothing_has(village: Village) -> None:
    assert "settle_lists" in {daily.kind for daily in DAILY}
    _, listing = published(village)
    quiet, due = at(PUBLISH_FROM, 23), at(EXPIRES + timedelta(days=1), 5)
    assert to_settle(PUBLISH_FROM) == []
    turn("night", lambda: quiet)
    assert not Entry.objects.filter(verb=VERB).exists()
    assert to_settle(due.date()) == [village.place]
    turn("night", lambda: due)
    turn("night", lambda: due + timedelta(days=1))
    assert Listing.objects.get(pk=listing.pk).state == "expired"
    assert PasteTask.objects.get(listing=listing).state == "open"
    assert Entry.objects.filter(verb=VERB).count() == 1, "nothing is due twice"
    assert {job.note for job in Job.objects.filter(kind="settle_lists")} == {"", "1 villages"}


def test_a_village_that_cannot_be_settled_is_named_and_the_others_go_on(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(village)
    other, due = village.world["WD/02"], at(EXPIRES + timedelta(days=1), 5)
    real = settling.settle_lapsed

    def stuck(**given: object) -> int:
        if given["village"] == other:
            raise Refused(Problem("honours.already_decided"))
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(settling, "settle_lapsed", stuck)
    clerk = village.actor("clerk", due)
    found = settling.settle_lapsed_of(villages=[other, village.place], by=clerk, at=due)
    assert found == [(other, Problem("honours.already_decided")), (village.place, 4)]
    monkeypatch.setattr("courtyard.ops.serving.settling.to_settle", lambda _: [other])
    turn("night", lambda: due)
    job = Job.objects.filter(kind="settle_lists").get()
    assert job.state == "waiting" and "honours.already_decided" in job.note, "tried again later"
