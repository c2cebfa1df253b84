"""Names and phones shown in clear to staff: each leaves an access line, or the mask is shown (D11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from courtyard.households.models import Household
from courtyard.households.rules.masks import masked_name, masked_phone
from courtyard.households.sealing import open_phone
from courtyard.kernel.actors import Actor
from courtyard.people.rules import may
from courtyard.records.access import shown


def names_and_phones(
    homes: Sequence[Household], *, by: Actor, at: datetime, why: str, phones: bool = False
) -> dict[UUID, tuple[str, str]]:
    """(name, phone) by household: in clear to whoever may see households there and leaves an access line, else masked.

    The household itself sees its own without a line. `phones=False` leaves phones out ('').
    """
    seen = [home for home in homes if may(by, "households.see", home.group.path) is None]
    own = {home.pk for home in homes if by.kind == "household" and by.id == home.pk}
    fields = "head,phone" if phones else "head"
    written = not seen or shown(by=by, at=at, subjects=[home.pk.hex for home in seen], fields=fields, why=why)
    clear = own | ({home.pk for home in seen} if written else set())
    answer = {}
    for home in homes:
        phone = (open_phone(home.pk, home.phone_sealed) or "") if phones else ""
        if home.pk in clear:
            answer[home.pk] = (home.head, phone)
        else:
            answer[home.pk] = (masked_name(home.head), masked_phone(phone))
    return answer
