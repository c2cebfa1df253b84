"""One of everything that a page's address may name, all of village 01, for the walk over the table of access."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from tests import lists
from tests.doors.conftest import PIN, Door
from tests.groups import group_of
from tests.looks import revisit
from tests.naming import filed
from tests.rounds import OCTOBER, at, opened_round, panel
from tests.worlds import person

from courtyard.honours.actions import raise_objection, say_cannot_alone
from courtyard.honours.actions.slips import print_pad
from courtyard.honours.models import BoardToken, Correction, GradeObjection, PasteTask, Prize, TitleHeld
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.households.actions import (
    ask_pin_reset,
    declare_kin,
    hand_over_card,
    import_roster,
    issue_cards,
    propose_care,
    put_off_import,
    set_covenant,
)
from courtyard.households.models import Household, ImportRun, Question
from courtyard.households.queries import live_card
from courtyard.households.rules.states import CareKind, KinKind
from courtyard.households.uploads import keep
from courtyard.inspections.actions import draw_yards
from courtyard.inspections.actions.deeds import record_deed
from courtyard.inspections.actions.spot import open_spot
from courtyard.inspections.models import Concern, Marks, Round, Seat, Visit
from courtyard.inspections.rules.membership import Member, Standing
from courtyard.inspections.rules.questions import Replied, Reply
from courtyard.kernel.actors import DutyKind
from courtyard.kernel.ids import token, uuid7
from courtyard.people.models import Duty
from courtyard.points.actions import propose_adjustment
from courtyard.points.queries import balance
from courtyard.points.rules.states import AdjustmentReason
from courtyard.rating.actions import attach_scan, begin_draft
from courtyard.rating.models import Adoption, SchemeVersion
from courtyard.records import files
from courtyard.records.reading import Paper
from courtyard.records.rules import FileKind
from courtyard.shop.actions import Wanted, add_item, make_shop, receive_stock, redeem

TODAY = date(2026, 10, 14)
ROSTER = "组别,户编号,户主姓名,家庭人口\n1组,0101,王建国,3\n1组,0188,郑新户,2\n"


def names(door: Door, folder: Path) -> dict[str, str]:
    """What stands in the braces of the table's addresses."""
    village, now = door.village, at(TODAY, 8)
    cadre, clerk, keeper = (village.actor(who, now) for who in ("cadre", "clerk", "keeper"))
    person(village.world, "county", "县干部甲", DutyKind.COUNTY_OFFICER, "")
    closed, listing = lists.published(village)
    looker = lists.lookers(village, closed)[0]
    said_no = Replied(slip=Reply.NO)
    revisit(listing=listing, looker=looker, still_poor=False, replied=said_no, by=cadre, at=now)
    spot = open_spot(village=village.place, by=village.actor("supervisor", now), at=now)
    drawn = Visit.objects.filter(round=spot).order_by("order").values_list("pk", flat=True)[0]
    goes = set(Seat.objects.filter(round=spot).values_list("evaluator_id", flat=True))
    issue_cards(place=village.place, by=cadre, at=now)
    hand_over_card(household=door.home, pin=PIN, by=cadre, at=now)
    opened = opened_round(village, OCTOBER)
    rater = next(one for one in panel(opened, "0201", village) if one not in goes)
    eva = village.world.accounts["eva1"]
    kin = declare_kin(account=eva, household=village.homes["0103"], kind=KinKind.KIN, by=cadre, at=now)
    care = propose_care(household=village.homes["0102"], kind=CareKind.ILL, by=cadre, at=now)
    file = folder / "roster.csv"
    file.write_text(ROSTER, encoding="utf-8")
    outcome = import_roster(file=file, by=cadre, at=now, village=village.place)
    upload = keep([ROSTER.encode()])
    job = put_off_import(upload=upload, name="r.csv", place=village.place, one_village=True, by=cadre, at=now)
    shop = make_shop(place=village.place, name="塔湾积分超市", by=clerk, at=now)
    item = add_item(shop=shop, name="肥皂", unit="块", points=5, by=clerk, at=now)
    receive_stock(item=item, pieces=10, by=keeper, at=now)
    card = live_card(door.home.pk)
    assert card is not None and balance(door.home.pk).points >= 5
    sold = redeem(
        shop=shop, household=door.home, lines=[Wanted(item.pk, 1)], pin_ok=True, scanned=card.pk, by=keeper, at=now
    )
    correction = Correction.objects.create(id=uuid7(), listing=listing, since=TODAY, until=TODAY).pk
    marks = Marks.objects.filter(visit__household=listing.household_id).first()
    assert marks is not None
    things: dict[str, Any] = {
        "home": door.home.pk, "village": village.place.pk, "group": village.homes["0201"].group_id, "round": opened.pk,
        "closed": closed.pk, "rater": rater, "version": opened.version_id, "kin": kin.pk, "care": care.pk,
        "question": Question.objects.filter(state="open").values_list("pk", flat=True).first(), "run": outcome.run,
        "job": job, "shop": shop.pk, "item": item.pk, "redemption": sold.redemption, "listing": listing.pk,
        "visit": marks.visit_id, "duty": Duty.objects.get(account=village.id("eva2")).pk, "token": card.token,
        "pad": print_pad(opened=opened, count=1, by=cadre, at=now),
        "spot_visit": drawn, "walk": Round.objects.get(kind="rectify").pk, "concern": Concern.objects.get().pk,
        "paste": PasteTask.objects.get(listing=listing).pk,
        "correction": correction, "prize": prize_of(listing), "title": title_of(listing),
        "objection": objection_of(door), "board_token": board_token(door),
    }  # fmt: skip
    things |= help_and_deed(door) | around_the_card(door)
    things |= {"evaluation": joint_grading(door, rater), "written": written(door), "adoption": with_scan(door)}
    return {name: str(thing) for name, thing in things.items()}


def title_of(listing: Any) -> UUID:
    """A title the home on the list holds."""
    row = TitleHeld(id=uuid7(), household=listing.household, village=listing.village, title="model", since=TODAY)
    row.version, row.given_in = listing.round.version, listing.round
    row.save(force_insert=True)
    return row.pk


def prize_of(listing: Any) -> UUID:
    """A prize of the home on the list that waits."""
    row = Prize(id=uuid7(), household=listing.household, group=listing.group, village=listing.village)
    row.round, row.visit, row.clause, row.amount_fen, row.since = listing.round, listing.visit, "prizes.top", 0, TODAY
    row.save()
    return row.pk


def around_the_card(door: Door) -> dict[str, Any]:
    """A PIN reset that waits, a covenant, an import that a second person has not looked at."""
    village, now = door.village, at(TODAY, 8)
    given = {"title": "塔湾村村规民约", "text": "门前屋后自己扫。", "passed": TODAY, "document": "1号"}
    resolution = {"attendance": 5, "households": 6}
    by = village.actor("cadre", now)
    return {
        "reset": ask_pin_reset(household=door.home, pin="604182", present=True, by=by, at=now).pk,
        "covenant": set_covenant(place=village.place, by=by, at=now, **given, **resolution).pk,
        "countersign": ImportRun.objects.values_list("countersign", flat=True).get(),
    }


def written(door: Door) -> UUID:
    """A scheme that the village's cadre is writing."""
    data = json.loads(SchemeVersion.objects.get().text)
    given = {"data": data, "origin": "现在执行的办法", "by": door.village.actor("cadre", at(TODAY, 8))}
    return begin_draft(place=door.village.place, at=at(TODAY, 8), **given).pk


def with_scan(door: Door) -> UUID:
    """The village's adoption, with the scan of its resolution."""
    adoption = Adoption.objects.select_related("place").get(place=door.village.place)
    paper = Paper(b"%PDF-1.4 " + PIN.encode(), FileKind.PDF, 1)
    attach_scan(adoption=adoption, scan=files.keep(paper), by=door.village.actor("cadre"), at=at(TODAY, 8))
    return adoption.pk


def joint_grading(door: Door, rater: UUID) -> UUID:
    """The village's evaluation group, the rater in it, with its yards drawn."""
    village, now = door.village, at(TODAY, 8)
    people = [rater, *(one for n in range(1, 7) if (one := village.id(f"eva{n}")) != rater)][:4]
    members = [Member(one, list(Standing)[n % 2], 1, n) for n, one in enumerate(people, start=1)]
    group = group_of(village, since=TODAY, when=now, members=members)
    draw_yards(village=village.place, by=village.actor("cadre", now), at=now)
    return group.pk


def help_and_deed(door: Door) -> dict[str, UUID]:
    """A neighbour and the household itself wait for help; a deed and an adjustment wait for the second person."""
    village, now = door.village, at(TODAY, 8)
    cadre = village.actor("cadre", now)
    asked = [
        say_cannot_alone(household=home, by=cadre, at=now).task
        for home in Household.objects.select_related("group").filter(code__in=("0101", "0202"), village=village.place)
        .order_by("code")
    ]  # fmt: skip
    deed = record_deed(
        village=village.place, household=village.homes["0103"], item="cleanup", day=TODAY, evidence="照片 1",
        by=cadre, at=now,
    )  # fmt: skip
    adjustment = propose_adjustment(
        household=village.homes["0103"], points=5, reason=AdjustmentReason.LEFT_OUT, evidence="照片 2", by=cadre, at=now
    )
    return {"own_help": asked[0], "help": asked[1], "deed": deed, "adjustment": adjustment}


def objection_of(door: Door) -> UUID:
    """Somebody does not agree with a grade of the closed round."""
    village, now = door.village, at(TODAY, 8)
    raise_objection(
        household=village.homes["0203"], channel=ObjectionChannel.SPOKEN, words="", by=village.actor("keeper"), at=now
    )
    return GradeObjection.objects.get().pk


def board_token(door: Door) -> str:
    """The village's three documents, and the token of a group's sheet under them."""
    documents = filed(door.village, TODAY, resolved_on=date(2026, 9, 1), expires_on=date(2027, 1, 1))
    group = door.village.homes["0201"].group_id
    return BoardToken.objects.create(id=uuid7(), group_id=group, documents=documents, token=token(), since=TODAY).token
