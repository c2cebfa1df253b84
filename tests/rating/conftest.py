"""A town with two villages, who works there, and schemes drafted and adopted by actions alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.rating.worked import text_of

from courtyard.kernel.actors import Actor, Duty, DutyKind
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.places.actions import found_county, make_place
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind
from courtyard.rating.actions import adopt_scheme, draft_scheme
from courtyard.rating.models import Adoption, SchemeVersion

AT = datetime(2026, 10, 20, 2, 0, tzinfo=UTC)


def actor(name: str, *duties: tuple[DutyKind, str]) -> Actor:
    return Actor(uuid7(), "account", name, tuple(Duty(kind, path) for kind, path in duties))


@dataclass
class Town:
    """A town with two villages, who works there, and the actions with their usual input."""

    county: Place
    town: Place
    village: Place
    group: Place
    other: Place
    cadre: Actor = field(default_factory=lambda: actor("村干部", (DutyKind.VILLAGE_CADRE, "T1/V1")))
    clerk: Actor = field(default_factory=lambda: actor("镇干部", (DutyKind.TOWN_CLERK, "T1")))

    def draft(self, scheme: str = "wandian", **given: Any) -> SchemeVersion:
        usual: dict[str, Any] = {"text_toml": text_of(scheme), "place": self.village, "by": self.cadre, "at": AT}
        return draft_scheme(**(usual | given))

    def adopt(self, of: SchemeVersion, **given: Any) -> Adoption:
        usual: dict[str, Any] = {"place": self.village, "version": of, "starts": date(2026, 11, 1), "by": self.cadre}
        usual |= {"assembly": date(2026, 10, 18), "attendance": 210, "households": 300, "at": AT}
        usual |= {"document": "塔湾村〔2026〕7 号", "seconded_by": self.clerk}
        return adopt_scheme(**(usual | given))


@pytest.fixture
def town(db: None) -> Town:
    root = actor("终端", (DutyKind.OPERATOR, ""))
    given: dict[str, Any] = {"by": root, "at": AT}
    county = found_county(name="演示县", **given)
    top = make_place(parent=county, kind=PlaceKind.TOWN, code="T1", name="演示镇", **given)
    village = make_place(parent=top, kind=PlaceKind.VILLAGE, code="V1", name="塔湾村", **given)
    other = make_place(parent=top, kind=PlaceKind.VILLAGE, code="V2", name="河口村", **given)
    group = make_place(parent=village, kind=PlaceKind.GROUP, code="G01", name="1组", **given)
    return Town(county, top, village, group, other)


def refusal(act: Callable[[], object]) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code, dict(refused.value.problem.facts)
