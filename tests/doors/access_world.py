"""One of everything that a page's address may name, all of village 01, for the walk over the table of access."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests import lists
from tests.doors.conftest import PIN, Door
from tests.looks import revisit
from tests.rounds import OCTOBER, at, opened_round, panel
from tests.worlds import person

from courtyard.honours.actions.slips import print_pad
from courtyard.honours.models import PasteTask
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
from courtyard.households.models import ImportRun, Question
from courtyard.households.queries import live_card
from courtyard.households.rules.states import CareKind, KinKind
from courtyard.households.uploads import keep
from courtyard.inspections.models import Marks
from courtyard.kernel.actors import DutyKind
from courtyard.people.models import Duty
from courtyard.points.queries import balance
from courtyard.shop.actions import Wanted, add_item, make_shop, receive_stock, redeem

TODAY = date(2026, 10, 14)
ROSTER = "组别,户编号,户主姓名,家庭人口\n1组,0101,王建国,3\n1组,0188,郑新户,2\n"


def names(door: Door, folder: Path) -> dict[str, str]:
    """What stands in the braces of the table's addresses."""
    village, now = door.village, at(TODAY, 8)
    cadre, clerk, keeper = (village.actor(who, now) for who in ("cadre", "clerk", "keeper"))
    person(village.world, "county", "县干部甲", DutyKind.COUNTY_OFFICER, "")
    closed, listing = lists.published(village)
    revisit(listing=listing, looker=lists.lookers(village, closed)[0], still_poor=False, by=cadre, at=now)
    issue_cards(place=village.place, by=cadre, at=now)
    hand_over_card(household=door.home, pin=PIN, by=cadre, at=now)
    opened = opened_round(village, OCTOBER)
    rater = panel(opened, "0201", village)[0]
    eva = village.world.accounts["eva1"]
    kin = declare_kin(account=eva, household=village.homes["0103"], kind=KinKind.KIN, by=cadre, at=now)
    care = propose_care(household=village.homes["0102"], kind=CareKind.ILL, by=cadre, at=now)
    file = folder / "roster.csv"
    file.write_text(ROSTER, encoding="utf-8")
    outcome = import_roster(file=file, by=cadre, at=now, village=village.place)
    upload = keep([ROSTER.encode()])
    job = put_off_import(upload=upload, name="r.csv", place=village.place, one_village=True, by=cadre, at=now)
    reset = ask_pin_reset(household=door.home, pin="604182", present=True, by=cadre, at=now)
    covenant = set_covenant(
        place=village.place,
        title="塔湾村村规民约",
        text="门前屋后自己扫。",
        passed=TODAY,
        document="1号",
        by=cadre,
        at=now,
    )
    countersign = ImportRun.objects.values_list("countersign", flat=True).get(pk=outcome.run)
    shop = make_shop(place=village.place, name="塔湾积分超市", by=clerk, at=now)
    item = add_item(shop=shop, name="肥皂", unit="块", points=5, by=clerk, at=now)
    receive_stock(item=item, pieces=10, by=keeper, at=now)
    card = live_card(door.home.pk)
    assert card is not None and balance(door.home.pk).points >= 5
    sold = redeem(
        shop=shop, household=door.home, lines=[Wanted(item.pk, 1)], pin_ok=True, scanned=card.pk, by=keeper, at=now
    )
    marks = Marks.objects.filter(visit__household=listing.household_id).first()
    assert marks is not None
    things: dict[str, Any] = {
        "home": door.home.pk, "village": village.place.pk, "group": village.homes["0201"].group_id, "round": opened.pk,
        "closed": closed.pk, "rater": rater, "version": opened.version_id, "kin": kin.pk, "care": care.pk,
        "question": Question.objects.filter(state="open").values_list("pk", flat=True).first(), "run": outcome.run,
        "job": job, "shop": shop.pk, "item": item.pk, "redemption": sold.redemption, "listing": listing.pk,
        "visit": marks.visit_id, "duty": Duty.objects.get(account=village.id("eva2")).pk, "token": card.token,
        "reset": reset.pk, "covenant": covenant.pk, "countersign": countersign,
        "pad": print_pad(opened=opened, count=1, by=cadre, at=now),
        "paste": PasteTask.objects.get(listing=listing).pk,
    }  # fmt: skip
    return {name: str(thing) for name, thing in things.items()}
