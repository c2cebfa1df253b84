"""Help on paper: slip and notice name who comes; the helper's record thanks and names nobody; one page still."""

from __future__ import annotations

import dataclasses
from datetime import date

from tests import lists
from tests.outreach import samples
from tests.outreach.samples import pages_of
from tests.rounds import at, make_village

from courtyard.honours.actions import finish_help, say_cannot_alone, take_help
from courtyard.honours.actions.slips import print_slips
from courtyard.honours.models import HelpTask
from courtyard.honours.rules.help import Helper
from courtyard.households.models import Household
from courtyard.outreach import papers
from courtyard.outreach.gathering_homes import notice_of, slips_of
from courtyard.outreach.gathering_records import record_of

DAY = date(2026, 9, 23)


def test_slip_and_notice_name_who_comes_and_the_helpers_record_thanks(db: None) -> None:
    village = make_village()
    closed, listing = lists.notified(village)
    cadre, now = village.actor("cadre", at(DAY)), at(DAY)
    print_slips(opened=closed, by=cadre, at=now)
    homes = {home.code: home for home in Household.objects.select_related("group", "village__town", "town")}
    asked = say_cannot_alone(household=homes["0201"], by=cadre, at=now)

    def helper() -> tuple[str, str]:
        [slip] = slips_of(closed, DAY, household=homes["0201"].pk).slips
        return slip.helper, notice_of(listing, DAY).notices[0].helper

    assert helper() == ("塔湾村的干部和邻居", "塔湾村的干部和邻居"), "nobody has set out yet"
    task = HelpTask.objects.select_related("group").get(pk=asked.task)
    take_help(task=task, helper=Helper(household=homes["0101"].pk), by=cadre, at=now)
    assert helper() == ("王建国家来帮你家", "王建国家来帮你家")
    finish_help(task=task, day=DAY, by=cadre, at=now)
    made = record_of(homes["0101"], DAY)
    assert made.records[0].helped == 1
    text = "".join(pages_of(papers.render("record", made).pdf))
    assert "今年帮了邻居1次" in "".join(text.split()) and "陈桂花" not in text
    assert record_of(homes["0201"], DAY).records[0].helped == 0


def test_a_full_record_with_thanks_stays_on_one_page() -> None:
    full = samples.records("王建国")
    thanked = dataclasses.replace(full, records=tuple(dataclasses.replace(one, helped=12) for one in full.records))
    [page] = pages_of(papers.render("record", thanked).pdf)
    assert "今年帮了邻居12次" in "".join(page.split()) and "这张单子归你家" in page
    [plain] = pages_of(papers.render("record", full).pdf)
    assert "帮了邻居" not in plain
