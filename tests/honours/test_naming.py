"""Names on a black list stand on three documents, by reading: gone the moment one of them is, whatever was published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.lists import PUBLISH_FROM, lookers, refused
from tests.lists import published as small
from tests.looks import revisit
from tests.naming import (
    FILED,
    HEADS,
    HELD_UNTIL,
    candidates,
    filed,
    names_scheme,
    papers,
    take_to_publication,
    village_of_names,
)
from tests.rounds import Village, at, make_village
from tests.worlds import person

from courtyard.honours.actions import (
    allow_names,
    end_name_documents,
    file_name_documents,
    forbid_names,
    object_to,
    publish,
)
from courtyard.honours.actions.moving import begin
from courtyard.honours.models import BoardToken, Listing, NameDocuments
from courtyard.honours.queries.boards import board, board_key
from courtyard.honours.queries.named import named_list
from courtyard.honours.queries.naming import board_of_token, names_of_village
from courtyard.honours.rules.states import ObjectionChannel, Reach
from courtyard.kernel.actors import DutyKind
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.outreach import papers as press
from courtyard.outreach.gathering_lists import black_poster_of, group_board_of, red_poster_of
from courtyard.records.journal import act


@pytest.fixture
def village(db: Any) -> Village:
    return village_of_names()


def group(village: Village) -> Any:
    return village.world["WD/01/G02"]


def heads(village: Village, day: date) -> list[str]:
    found = named_list(group(village), day)
    return [home.head for home in found.homes] if found else []


def published(village: Village) -> list[Listing]:
    """Both entries published under the documents."""
    filed(village)
    return [take_to_publication(village, listing) for listing in candidates(village)]


def county(village: Village) -> Any:
    return person(village.world, "county", "县干部甲", DutyKind.COUNTY_OFFICER, "")


def test_names_stand_on_the_groups_own_sheet_and_nowhere_else(village: Village) -> None:
    published(village)
    assert heads(village, PUBLISH_FROM) == list(HEADS)
    found = board(group(village), PUBLISH_FROM)
    assert [one.name for one in found.masked] == ["陈*花", "刘*明"]
    assert found.findings == () and not any(head in repr(vars(found)) for head in HEADS)
    assert board(village.place, PUBLISH_FROM).masked == ()
    assert named_list(village.place, PUBLISH_FROM) is None
    sheet = black_poster_of(group(village), PUBLISH_FROM)
    assert sheet.documents is not None and sheet.url.endswith(BoardToken.objects.get().token)
    assert press.render("black_poster", sheet).pages == 1
    with pytest.raises(Refused, match="outreach.names_on_paper_only"):
        press.render_png("black_poster", sheet)
    for other in (group_board_of, red_poster_of):
        assert not any(head in repr(other(group(village), PUBLISH_FROM, wide=True)) for head in HEADS)
    assert not any(head in repr(black_poster_of(village.place, PUBLISH_FROM)) for head in HEADS)


def test_expiry_of_the_documents_is_read_and_never_comes_back(village: Village) -> None:
    published(village)
    assert heads(village, HELD_UNTIL) == list(HEADS)
    later = HELD_UNTIL + timedelta(days=1)
    assert heads(village, later) == []
    assert len(board(group(village), later).findings) == 3 and board(group(village), later).masked == ()
    # New documents name nobody who was published under the old ones.
    filed(village, later, resolved_on=date(2026, 10, 1), expires_on=date(2027, 1, 1))
    assert heads(village, later) == []
    assert [one.ended_on for one in NameDocuments.objects.order_by("since")] == [HELD_UNTIL, None]


def test_ended_or_forbidden_in_the_same_moment(village: Village) -> None:
    first, _ = published(village)
    officer, day = county(village), at(PUBLISH_FROM, 15)
    key = board_key(village.place.pk)
    forbid_names(by=officer, at=day)
    assert heads(village, PUBLISH_FROM) == [] and board_key(village.place.pk) != key
    assert len(board(group(village), PUBLISH_FROM).findings) == 3
    token = BoardToken.objects.get().token
    assert board_of_token(token, PUBLISH_FROM) is None
    refused("honours.names_forbidden_already", lambda: forbid_names(by=officer, at=day))
    allow_names(by=officer, at=day)
    assert heads(village, PUBLISH_FROM) == list(HEADS)
    refused("honours.names_allowed_already", lambda: allow_names(by=officer, at=day))
    documents = NameDocuments.objects.select_related("village").get()
    end_name_documents(documents=documents, by=village.actor("clerk"), at=day)
    assert heads(village, PUBLISH_FROM) == []
    again = {"documents": documents, "by": village.actor("clerk"), "at": day}
    refused("honours.names_ended_already", lambda: end_name_documents(**again))
    forbid_names(by=officer, at=day)
    refused("honours.names_no_documents", lambda: allow_names(by=officer, at=day))
    assert Listing.objects.get(pk=first.pk).reach == "names"


def test_delisted_frozen_and_expired_homes_leave_the_sheet_at_once(village: Village) -> None:
    first, second = published(village)
    looker = lookers(village, first.round)[0]
    revisit(listing=first, looker=looker, still_poor=False, by=village.actor("cadre"), at=at(PUBLISH_FROM, 15))
    # One entry alone still has three findings: the group's threshold is the scheme's findings, not its homes.
    assert heads(village, PUBLISH_FROM) == [HEADS[1]]
    spoken, keeper = ObjectionChannel.SPOKEN, village.actor("keeper")
    object_to(listing=second, channel=spoken, words="不是我家", by=keeper, at=at(PUBLISH_FROM, 16))
    assert heads(village, PUBLISH_FROM) == []
    assert black_poster_of(group(village), PUBLISH_FROM).named == ()


def test_without_documents_the_schemes_wish_stays_findings(village: Village) -> None:
    one = candidates(village)[0]
    assert one.reach == "names"
    done = take_to_publication(village, one)
    assert (done.reach, done.named_under_id) == ("findings", None)
    filed(village, PUBLISH_FROM)
    assert heads(village, PUBLISH_FROM) == [] and not BoardToken.objects.exists()


def test_names_asked_for_are_refused_in_words(village: Village) -> None:
    listing, day = candidates(village)[0], at(PUBLISH_FROM)
    deputy = village.actor("deputy")

    def name() -> Listing:
        return publish(listing=listing, by=deputy, at=day, reach=Reach.NAMES)

    refused("honours.names_not_open", name)
    filed(village)
    forbid_names(by=county(village), at=at(FILED))
    refused("honours.names_forbidden", name)


def test_who_files_what(village: Village) -> None:
    def file(who: str, **change: Any) -> NameDocuments:
        return file_name_documents(village=village.place, papers=papers(**change), by=village.actor(who), at=at(FILED))

    refused("people.not_allowed", lambda: file("cadre"))
    refused("honours.names_need_expiry", lambda: file("clerk", expires_on=None))
    refused("honours.names_need_resolution", lambda: file("clerk", document=""))
    refused("honours.names_need_assessment", lambda: file("clerk", answers={}))
    assert not NameDocuments.objects.exists()
    file("clerk")
    refused("honours.names_filed_already", lambda: file("clerk"), day="2026-10-10")
    found = names_of_village(village.place, FILED)
    assert found.documents is not None and len(found.answers) == 4
    refused("people.not_allowed", lambda: forbid_names(by=village.actor("clerk"), at=at(FILED)))


def test_a_small_group_names_nobody(db: Any) -> None:
    village = make_village(text=names_scheme())
    filed(village)
    _, listing = small(village)
    assert listing.reach == "names"
    assert heads(village, PUBLISH_FROM) == [] and board(group(village), PUBLISH_FROM).masked == ()
    assert len(board(village.place, PUBLISH_FROM).findings) == 3


def test_a_home_has_one_open_entry_on_either_list(village: Village) -> None:
    listing = candidates(village)[0]
    other = Listing.objects.get(pk=listing.pk)
    other.pk, other.kind = uuid7(), "red"

    def beside() -> None:
        with act("honours.close_village", by=village.actor("cadre"), at=at(FILED), chain=village.place.pk) as pen:
            begin(pen, [other])

    refused("honours.entry_open_already", beside, listing="黑榜")
    with (
        pytest.raises(IntegrityError, match="honours_listing.household_id|honours_one_open_entry"),
        transaction.atomic(),
    ):
        other.save(force_insert=True)
