"""Households as the office shows them: names in clear leave an access line, phones are masked until asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from courtyard.households import queries
from courtyard.households.models import Household
from courtyard.households.rules.masks import masked_name, masked_phone
from courtyard.households.rules.states import Living, Participation
from courtyard.households.sealing import open_phone, phone_opener
from courtyard.kernel.paths import inside
from courtyard.kernel.problems import refuse
from courtyard.people.rules import areas
from courtyard.records import access


@dataclass(frozen=True)
class ShownHome:
    """A household on a screen: `name` as this person may see it, `phone` masked or in clear."""

    home: Household
    name: str
    phone: str


def home_for(request: Any, verb: str, id: Any) -> Household:
    """The household of this id where the person may do this verb, or 404."""
    return get_object_or_404(queries.homes(areas(request.actor, verb)).select_related("countersign"), pk=id)


def home_by_number(rows: QuerySet[Household], number: str) -> Household:
    """The household of this code (or short number) among these. Refuses one that is not there, and a code of two villages."""
    number = number.replace(" ", "")
    meant = list(rows.filter(code=number)[:2]) or list(rows.filter(short=number)[:2])
    if len(meant) != 1:
        refuse("office.home_not_found", number=number)
    return meant[0]


def found(request: Any, words: str, place: str) -> QuerySet[Household]:
    """What the search words find within the person's areas, narrowed to a place of theirs ('' is everywhere)."""
    mine = areas(request.actor, "households.see")
    return queries.search([place] if any(inside(place, area) for area in mine) else mine, words)


def shown(request: Any, homes: Sequence[Household], *, why: str, phones: bool = False) -> list[ShownHome]:
    """Names in clear with one access line each (masked where it cannot be written); phones masked, or in clear if asked."""
    names = queries.names_and_phones(homes, by=request.actor, at=request.at, why=why, phones=phones)
    answer = []
    for home in homes:
        name, phone = names[home.pk]
        masked = masked_phone(open_phone(home.pk, home.phone_sealed) or "")
        answer.append(ShownHome(home, name, phone or masked))
    return answer


def clear_or_masked(request: Any, homes: Sequence[tuple[UUID, str]], *, why: str) -> dict[UUID, str]:
    """Household id → head's name for rows a query already narrowed to the person's places; one access line each."""
    written = not homes or access.shown(
        by=request.actor, at=request.at, subjects=[id.hex for id, _ in homes], fields="head", why=why
    )
    return {id: head if written else masked_name(head) for id, head in homes}


# What an export shows of a home, in its order; the phone's sealed bytes stand before what its cell will be.
COLUMNS = ("pk", "head", "village__name", "group__name", "bay", "code", "short", "people", "phone_sealed")
AT_ONCE = 2000


def register(request: Any, homes: QuerySet[Household], *, why: str) -> Iterator[tuple[str | int, ...]]:
    """The rows of a register to take along, read and shown by the thousand: names in clear leave an access line each
    (masked where it cannot be written), phones are masked. `homes` lie within the person's places."""
    opened = phone_opener()
    living = {one.value: _(one.label) for one in Living}
    taking_part = {one.value: _(one.label) for one in Participation}
    rows = homes.values_list(*COLUMNS, "living", "participation").iterator(chunk_size=AT_ONCE)
    while page := list(islice(rows, AT_ONCE)):
        names = clear_or_masked(request, [row[:2] for row in page], why=why)
        for pk, _head, *plain, sealed, lives, takes_part in page:
            phone = masked_phone(opened(pk, sealed) or "")
            yield (names[pk], *plain, phone, living[lives], taking_part[takes_part])
