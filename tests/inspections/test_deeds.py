"""Deeds outside a round: recorded, refused in words, confirmed by a second person of another level, within the caps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.lists import refused
from tests.rounds import Village, at, closed_round, given, make_village
from tests.worlds import home

from courtyard.honours.queries.help import VillageDesk, desk
from courtyard.households.actions import decline_card, set_lived_in
from courtyard.households.models import Household
from courtyard.households.rules.states import Living
from courtyard.inspections.actions.deeds import confirm_deed, decline_deed, record_deed
from courtyard.inspections.models import Deed, DeedWords
from courtyard.inspections.queries.deeds import deeds, names_of
from courtyard.inspections.rules.deeds import Granted
from courtyard.kernel.ids import uuid7
from courtyard.points.models import Award
from courtyard.points.queries import balance, earned_this_year, statement
from courtyard.rating.queries import shipped
from courtyard.records.rules import salted

DAY, TODAY = date(2026, 9, 10), date(2026, 9, 14)


def record(village: Village, code: str = "0101", item: str = "cleanup", day: date = DAY, **more: Any) -> UUID:
    asked = {"evidence": "照片 12", "by": village.actor("cadre", at(TODAY)), "at": at(TODAY), **more}
    return record_deed(
        village=village.place, household=Household.objects.get(pk=village.homes[code].pk), item=item, day=day, **asked
    )


def confirm(
    village: Village, deed: UUID, who: str = "clerk", day: date = TODAY, command: UUID | None = None
) -> Granted:
    row = Deed.objects.select_related("village").get(pk=deed)
    return confirm_deed(deed=row, by=village.actor(who, at(day)), at=at(day), command=command)


def test_what_is_refused_is_said_and_nothing_is_written(village: Village) -> None:
    refused("inspections.deed_to_come", lambda: record(village, day=TODAY + timedelta(days=1)), day="2026-09-15")
    refused("inspections.deed_unknown", lambda: record(village, item="singing"), day="2026-09-10")
    refused("inspections.deed_no_evidence", lambda: record(village, evidence=" "), deed="参加组里大扫除")
    refused("rating.no_scheme", lambda: record(village, day=date(2026, 8, 31)))
    refused("inspections.words_on_character", lambda: record(village, evidence="他家懒"))
    refused("people.not_allowed", lambda: record(village, by=village.actor("eva1")))
    refused("people.not_allowed", lambda: record(village, by=village.actor("cadre2")))
    village.homes["9999"] = home(village.world, "WD/02/G01", "0101", "外村户")
    refused("inspections.other_village", lambda: record(village, "9999"), household="0101")
    cadre = village.actor("cadre", at(TODAY))
    set_lived_in(household=village.homes["0102"], living=Living.AWAY, by=cadre, at=at(TODAY))
    decline_card(household=village.homes["0103"], by=cadre, at=at(TODAY))
    for code in ("0102", "0103"):
        refused("inspections.deed_home_out", lambda code=code: record(village, code), household=code)
    assert not Deed.objects.exists()
    record(village)
    refused("inspections.deed_twice", lambda: record(village), deed="参加组里大扫除", household="0101")
    assert Deed.objects.count() == 1


def test_a_deed_earns_nothing_until_another_level_confirms_it(village: Village) -> None:
    deed, key = record(village), village.homes["0101"].pk
    assert balance(key).points == 0 and desk([], [village.place.path], TODAY) == {"塔湾村": VillageDesk(deeds=1)}
    words = DeedWords.objects.get(deed=deed)
    assert Deed.objects.get(pk=deed).words_sha256 == salted(bytes(words.salt), "照片 12")
    refused("people.not_allowed", lambda: confirm(village, deed, "deputy"))
    command = uuid7()
    assert confirm(village, deed, command=command) == Granted(3, 0)
    assert confirm(village, deed, command=command) == Granted(3, 0), "the same command answers the same"
    refused("inspections.deed_decided", lambda: confirm(village, deed))
    assert balance(key).points == 3 and desk([], [village.place.path], TODAY) == {}
    assert earned_this_year([key], 2026) == {key: 3}
    [line] = statement(key).lines
    assert names_of([line.subject]) == {deed: "参加组里大扫除"} and line.counts_for == DAY
    assert list(deeds([village.place.path])) == [Deed.objects.get(pk=deed)] and not list(deeds(["WD/02"]))


def test_who_recorded_it_and_the_same_level_do_not_confirm(village: Village) -> None:
    own = record(village, by=village.actor("clerk", at(TODAY)))
    refused("inspections.deed_same_person", lambda: confirm(village, own))
    refused("inspections.deed_same_level", lambda: confirm(village, own, "clerk2"))
    row = Deed.objects.select_related("village").get(pk=own)
    refused("inspections.deed_same_person", lambda: decline_deed(deed=row, by=village.actor("clerk"), at=at(TODAY)))
    assert confirm(village, own, "supervisor") == Granted(3, 0)


def test_a_declined_deed_earns_nothing_and_may_be_recorded_again(village: Village) -> None:
    deed = record(village)
    row = Deed.objects.select_related("village").get(pk=deed)
    decline_deed(deed=row, by=village.actor("clerk", at(TODAY)), at=at(TODAY))
    refused("inspections.deed_decided", lambda: confirm(village, deed))
    assert not Award.objects.exists()
    assert confirm(village, record(village)) == Granted(3, 0)


def test_who_left_meanwhile_earns_nothing(village: Village) -> None:
    deed = record(village)
    cadre = village.actor("cadre", at(TODAY))
    set_lived_in(household=village.homes["0101"], living=Living.EMPTY, by=cadre, at=at(TODAY))
    refused("inspections.deed_home_out", lambda: confirm(village, deed))
    assert Deed.objects.get(pk=deed).state == "proposed"


def test_the_deeds_own_year_and_the_yearly_cap_hold(village: Village) -> None:
    """cleanup: 3 points, 12 a year; the fifth earns nothing and says so; next year it starts anew."""
    got = [confirm(village, record(village, day=DAY - timedelta(days=n))) for n in range(5)]
    assert got == [Granted(3, 0)] * 4 + [Granted(0, 3)]
    key = village.homes["0101"].pk
    assert balance(key).points == 12 and Deed.objects.latest("pk").cut == 3
    day = date(2027, 1, 2)
    later = record(village, day=day, by=village.actor("cadre", at(day)), at=at(day))
    assert confirm(village, later, day=day) == Granted(3, 0)


def test_deeds_count_in_the_ledgers_yearly_cap_and_wait_for_the_budget(db: None) -> None:
    """A cap of 12: a deed's 3 leave 9 of the 10 a good round gives; without a budget both wait."""
    cap = 'code = "year"\nledger = "points"\nper = "year"\npoints = '
    village = make_village(budget=0, text=shipped()["wandian"].replace(f"{cap}200", f"{cap}12"))
    assert confirm(village, record(village)) == Granted(3, 0)
    closed_round(village, {"0101": given("good"), "0102": given("fair")})
    key = village.homes["0101"].pk
    assert earned_this_year([key], 2026) == {key: 12}
    assert (balance(key).points, balance(key).waiting) == (0, 12)
    assert confirm(village, record(village, day=date(2026, 9, 21), at=at(date(2026, 9, 21)))) == Granted(0, 3)
