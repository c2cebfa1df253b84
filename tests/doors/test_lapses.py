"""What the ends of days took, at the doors: the home's pages say it before it is booked, and the till sells nothing of it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.doors.conftest import Door, text
from tests.doors.test_budget import asked
from tests.doors.test_statement import behind, plain, seen
from tests.rating.worked import document
from tests.rounds import at

from courtyard.inspections.actions.evenings import end_days
from courtyard.kernel.problems import Refused
from courtyard.points.models import Posting, Reset
from courtyard.points.queries import balance
from courtyard.rating.rules.writing import write
from courtyard.shop.actions import add_item, make_shop, receive_stock, redeem
from courtyard.shop.rules.basket import Wanted

pytestmark = pytest.mark.long_on_postgres
HONOUR = {"code": "honour", "name": "荣誉积分", "spendable": False, "base": "1.5"}
SCHEME = {
    "engine": 2,
    "ledgers": [{"code": "points", "name": "积分", "spendable": True, "valid_months": 1}, HONOUR],
    "resets": [{"code": "year", "ledger": "points", "days": ["10-10"], "keep_share": 0}],
    "awards": [
        {"code": "fair", "kind": "band", "name": "评为中", "band": "fair", "points": 6, "ledger": "points"},
        {"code": "good", "kind": "band", "name": "评为好", "band": "good", "points": 10, "ledger": "points"},
        {"code": "merit", "kind": "band", "name": "记一笔荣誉", "band": "fair", "points": "0.5", "ledger": "honour"},
    ],
}  # fmt: skip
DUE, AFTER = date(2026, 10, 10), date(2026, 10, 12)


def test_points_that_went_in_the_night_are_gone_before_anybody_booked_it(db: None) -> None:
    door: Door = behind(100, write(document("wandian", SCHEME)))
    village, home = door.village, door.village.homes["0101"]
    clerk, keeper = village.actor("clerk"), village.actor("keeper")
    shop = make_shop(place=village.place, name="塔湾积分超市", by=clerk, at=at(DUE, 8))
    soap = add_item(shop=shop, name="肥皂", unit="块", points=5, by=clerk, at=at(DUE, 8))
    receive_stock(item=soap, pieces=3, by=keeper, at=at(DUE, 8))
    with seen(door, DUE):
        page = plain(text(door.as_("household").get("/me")))
        assert "10月10日过完就清零:现在算来有 6 分会清掉" in page.replace(" 过完", "过完") and "6 分可以用" in page
        own = plain(text(door.as_("household").get("/me/points")))
        assert "荣誉积分 2 这一本只记高低" in own and "+0.5 · 2026年9月评比:记一笔荣誉" in own
        assert asked(door.as_("household"), "/me/points") <= 12
    with seen(door, AFTER):
        assert "0 分可以用" in plain(text(door.as_("household").get("/me")))
        assert "其中 6 分已经到期或清零" in plain(text(door.as_("household").get("/me/points")))
    assert balance(home.pk).points == 6, "no page wrote anything"
    with pytest.raises(Refused, match="points.not_enough"):
        redeem(
            shop=shop, household=home, lines=[Wanted(soap.pk, 1)], pin_ok=True, scanned=home.cards.get().pk,
            by=village.actor("keeper", at(AFTER)), at=at(AFTER),
        )  # fmt: skip
    assert (balance(home.pk).points, Reset.objects.get().day) == (0, DUE), "what was touched first booked it"
    assert end_days(village=village.place, by=village.world.terminal, at=at(AFTER)) is None
    with seen(door, AFTER):
        own = plain(text(door.as_("household").get("/me/points")))
        assert "到了办法里写的清零的日子 -6" in own and "已经到期或清零" not in own
        public = plain(text(door.as_("nobody").get("/v/WD/01")))
        assert "到期和清零 0 36" in public
    assert Posting.objects.filter(cause="reset").count() == 4
