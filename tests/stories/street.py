"""A village's street for the stories: everything is said over HTTP, on its day, by whoever would say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.test import Client
from tests.doors.asking import behind_its_card, on
from tests.doors.conftest import Door, sent, text
from tests.looks import pressed
from tests.rounds import AREAS, PICTURES

from courtyard.honours.models import Listing, Slip
from courtyard.inspections.models import Round, Seat, Visit
from courtyard.points.queries import balance

MONTH, ISSUED, HANDED = date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3)
WALKED, CLOSED, LOOKED, TOLD, FREE = (date(2026, 9, day) for day in (10, 20, 21, 22, 30))
KEYS = {"good": "1", "fair": "2", "poor": "3"}
PIN = "730518"
GOOD = dict.fromkeys(("0101", "0102", "0103", "0201", "0202", "0203"), "good")
MENDING = "怎么改"

__all__ = ["CLOSED", "FREE", "HANDED", "ISSUED", "LOOKED", "MONTH", "PIN", "TOLD", "WALKED", "Street", "on"]


class Street:
    """Village 01 with six homes; `post` and `get` speak as somebody, each its own client on that day."""

    def __init__(self, door: Door) -> None:
        self.door, self.village, self.homes = door, door.village, door.village.homes
        self.place = door.village.place

    def client(self, who: str) -> Client:
        """A log-in name, or a home's code: then the phone on which its card and PIN were accepted."""
        return behind_its_card(self.door, who) if who in self.homes else self.door.as_(who)

    def get(self, who: str, address: str) -> str:
        answer = self.client(who).get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return text(answer)

    def post(self, who: str, address: str, status: int = 302, **fields: Any) -> Any:
        answer = self.client(who).post(address, sent(**fields))
        assert answer.status_code == status, (address, answer.status_code, self.why(answer))
        return answer

    def press(self, who: str, address: str, **fields: Any) -> str:
        """The same, and what the page that follows says."""
        client = self.client(who)
        answer = client.post(address, sent(**fields))
        assert answer.status_code == 302, (address, answer.status_code, self.why(answer))
        return text(client.get(answer["Location"]))

    @staticmethod
    def why(answer: Any) -> str:
        """The sentence of a refusal."""
        found = re.search(r'role="alert".*?</div>', text(answer), re.S)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])) if found else ""

    def points(self, code: str) -> int:
        return balance(self.homes[code].pk).free

    @property
    def group(self) -> dict[str, UUID]:
        return {"1": self.homes["0101"].group_id, "2": self.homes["0201"].group_id}

    # --- the month, step by step -------------------------------------------------------------------------------------

    def give_cards(self) -> None:
        """Cards issued on the 2nd; group by group the signed sheet typed on the 3rd, everybody's name on the board."""
        with on(ISSUED):
            self.post("cadre", "/office/cards/issue", place=str(self.place.pk))
        with on(HANDED):
            for n, group in self.group.items():
                fields: dict[str, str] = {}
                for code, one in self.homes.items():
                    if code.startswith(f"0{n}"):
                        fields |= {f"took-{one.pk.hex}": "1", f"red-{one.pk.hex}": "2", f"messages-{one.pk.hex}": "2"}
                self.post("cadre", f"/office/cards/{group}/hand-over", day=HANDED.isoformat(), **fields)

    def choose_pin(self, code: str) -> None:
        """The household keys its PIN in itself."""
        fields = {"pin": PIN, "pin_again": PIN, "red_name": "board", "messages": "no"}
        self.post("cadre", f"/office/households/{self.homes[code].pk}/hand-over", **fields)

    def open_round(self, month: date = MONTH) -> Round:
        with on(month.replace(day=1)):
            self.post("cadre", "/office/rounds/new", place=str(self.place.pk), month=f"{month:%Y-%m}")
        return Round.objects.get(village=self.place, month=month, kind__in=("full", "light"))

    def walk(self, opened: Round, marks: Mapping[str, str | tuple[str, ...]], mended: tuple[str, ...] = ()) -> None:
        """Every seat's homes marked at the door on the 10th, a home a screen, each evaluator on the own phone.

        A label stands for all three areas; a poor area has its finding. `mended` homes: the finding put right at once.
        """
        with on(opened.month.replace(day=10)):
            for seat in Seat.objects.filter(round=opened).select_related("evaluator"):
                page = f"/office/rounds/{opened.pk}/marks/{seat.group_id}/{seat.evaluator_id}/home"
                here = Visit.objects.filter(round=opened, group=seat.group_id).select_related("household")
                for visit in here.order_by("order"):
                    code, hex = visit.household.code, visit.household_id.hex
                    if code not in marks or f'value="{hex}"' not in self.get(
                        seat.evaluator.username, f"{page}?home={hex}"
                    ):
                        continue
                    self.post(
                        seat.evaluator.username,
                        page,
                        **self._home(hex, marks[code], code in mended),
                        day=f"{opened.month:%Y-%m}-10",
                    )

    @staticmethod
    def _home(hex: str, what: str | tuple[str, ...], mended: bool) -> dict[str, str]:
        labels = (what,) * 3 if isinstance(what, str) else what
        fields = {"home": hex}
        for area, label in zip(AREAS, labels, strict=True):
            name = f"m-{hex}-{area}"
            fields[name] = KEYS[label]
            if label == "poor" or (mended and area == "courtyard"):
                fields[f"{name}-f"] = PICTURES[area]
            if mended and area == "courtyard":
                fields[f"{name}-d"] = PICTURES[area]
        return fields

    def close(self, opened: Round) -> str:
        """Closed by the cadre on the 20th; what the page then says."""
        with on(opened.month.replace(day=20)):
            return self.press("cadre", f"/office/rounds/{opened.pk}/close")

    def entry(self, code: str, kind: str = "black") -> Listing:
        return Listing.objects.get(household=self.homes[code].pk, kind=kind)

    def lookers(self, opened: Round, code: str) -> list[UUID]:
        """Evaluators of the village who did not rate this home's group."""
        seated = Seat.objects.filter(round=opened, group=self.homes[code].group_id).values("evaluator")
        people = [self.village.id(f"eva{n}") for n in range(1, 7)]
        return [one for one in people if one not in {row["evaluator"] for row in seated}]


def told_and_published(street: Street) -> Listing:
    """September: home 0203 is poor, seen again by two, told by its slip, published on the first day."""
    street.give_cards()
    opened = street.open_round()
    street.walk(opened, GOOD | {"0203": "poor"})
    street.close(opened)
    listing = street.entry("0203")
    page = f"/office/lists/{listing.pk}"
    with on(LOOKED):
        for looker in street.lookers(opened, "0203")[:2]:
            street.post("cadre", f"{page}/look", looker=str(looker), **pressed(listing, still_poor=True))
    with on(TOLD):
        street.post("cadre", f"{page}/notice-slip")
        serial = Slip.objects.get(listing=listing).serial
        fields = {"serial-1": serial, "tick-1": "received", "day": TOLD.isoformat(), "village": str(street.place.pk)}
        assert "录好了 1 张" in street.post("cadre", "/office/counterfoils", 200, **fields).content.decode()
    with on(FREE):
        street.post("deputy", f"{page}/publish")
        assert MENDING in street.get("nobody", "/g/WD/01")
    listing.refresh_from_db()
    return listing
