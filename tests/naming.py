"""A village whose scheme writes names, large enough groups, and its three documents, for the tests of named lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.lists import LOOKED, PUBLISH_FROM, TOLD, signed
from tests.looks import look_again
from tests.rounds import Village, at, closed_round, fill_village, given, panel
from tests.worlds import home, make_world

from courtyard.honours.actions import file_name_documents, notify, publish
from courtyard.honours.models import Listing, NameDocuments
from courtyard.honours.rules.naming import NamePapers
from courtyard.honours.rules.states import AssessmentQuestion
from courtyard.rating.queries import shipped

FILED, HELD_UNTIL = date(2026, 9, 14), date(2026, 10, 10)
ANSWER = "前两轮只写事,有三处一直没有改,邻居反映强烈。"
POOR = ("0201", "0202")
HEADS = ("陈桂花", "刘大明")


def names_scheme() -> str:
    return shipped()["wandian"].replace('reach = "findings"', 'reach = "names"')


def village_of_names(world: Any = None) -> Village:
    """Village 01 under a scheme that writes names; ten more homes in each group."""
    village = fill_village(Village(world or make_world()), text=names_scheme())
    for group in (1, 2):
        for n in range(10):
            code = f"0{group}{n + 10}"
            village.homes[code] = home(village.world, f"WD/01/G0{group}", code, "赵小山", bay="李湾")
    return village


def papers(**change: Any) -> NamePapers:
    given_ = {
        "resolved_on": date(2026, 9, 1), "attendance": 180, "households": 300, "document": "塔湾村民会议〔2026〕5号",
        "expires_on": HELD_UNTIL, "assessed_on": date(2026, 9, 5), "assessor": "镇司法所 周",
        "answers": dict.fromkeys(AssessmentQuestion, ANSWER),
    } | change  # fmt: skip
    return NamePapers(**given_)


def filed(village: Village, day: date = FILED, **change: Any) -> NameDocuments:
    return file_name_documents(
        village=village.place, papers=papers(**change), by=village.actor("clerk", at(day)), at=at(day)
    )


def take_to_notice(village: Village, listing: Listing) -> None:
    """Two looks and a signed slip."""
    code = next(code for code, one in village.homes.items() if one.pk == listing.household_id)
    seated = panel(listing.round, code, village)
    people = [village.id(f"eva{n}") for n in range(1, 7) if village.id(f"eva{n}") not in seated][:2]
    for person in people:
        look_again(listing=listing, looker=person, still_poor=True, by=village.actor("cadre"), at=at(LOOKED))
    notify(listing=listing, evidence=signed(village, listing), by=village.actor("cadre"), at=at(TOLD))


def take_to_publication(village: Village, listing: Listing, day: date = PUBLISH_FROM) -> Listing:
    """Two looks, a signed slip, five working days, published by the deputy."""
    take_to_notice(village, listing)
    return publish(listing=listing, by=village.actor("deputy"), at=at(day))


def candidates(village: Village) -> list[Listing]:
    """September's round closed with two poor homes in the second group."""
    marks = dict.fromkeys(village.homes, given("fair")) | dict.fromkeys(POOR, given("poor"))
    closed_round(village, marks)
    return list(Listing.objects.filter(kind="black").select_related("round").order_by("visit__order"))
