"""import_roster --confirmed-by: the second person named in the same call."""

from __future__ import annotations

import pytest
from django.core.management.base import CommandError
from tests.ops.test_commands import DATA, run

from courtyard.households.models import Countersign
from courtyard.places.models import Place


def test_an_import_names_its_second_person_in_the_same_call(town_copy):
    village = Place.objects.filter(kind="village").order_by("path").first().path
    file = {"village": village, "by": "clerk"}
    for second in ("clerk", "eva0101"):
        with pytest.raises(CommandError, match="什么都没有导入"):
            run("import_roster", str(DATA / "group_gbk.csv"), confirmed_by=second, **file)
    with pytest.raises(CommandError, match="没有叫「nobody」的账号"):
        run("import_roster", str(DATA / "group_gbk.csv"), confirmed_by="nobody", **file)
    assert not Countersign.objects.filter(state="waiting").exists()
    run("import_roster", str(DATA / "group_gbk.csv"), confirmed_by="supervisor", **file)
    found = Countersign.objects.latest("made_at")
    assert (found.state, found.binds, found.place.path) == ("confirmed", True, village)
    with pytest.raises(CommandError, match="第二个人的职责不在这里"):
        run("import_roster", str(DATA / "village_messy.xlsx"), confirmed_by="cadre02", **file)
    assert Countersign.objects.latest("made_at").state == "waiting"
