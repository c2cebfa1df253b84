"""What the till keeps between its screens, in the log-in's own session: which shop, whose home, whether a card was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.shortcuts import get_object_or_404

from courtyard.households.foreign.photo import codes_in
from courtyard.households.models import Household
from courtyard.households.queries import homes
from courtyard.households.rules.codes import token_of
from courtyard.households.rules.masks import masked_name
from courtyard.kernel.problems import Problem, refuse
from courtyard.people.rules import areas
from courtyard.shop.models import Redemption, Shop
from courtyard.shop.queries.shelf import shelf, shops
from courtyard.shop.rules.amounts import whole
from courtyard.shop.rules.basket import MOST_PIECES, Wanted

KEY = "till"


@dataclass(frozen=True)
class Customer:
    """Who stands at the till: the home, its name masked, the card that was read (None where its number was typed)."""

    household: Household
    name: str
    card: UUID | None


def shop_for(request: Any, verb: str, id: UUID) -> Shop:
    """The shop of this id where the person may do this verb, or 404."""
    return get_object_or_404(shops(areas(request.actor, verb)), pk=id)


def redemption_for(request: Any, verb: str, id: UUID) -> Redemption:
    """The redemption of this id in a shop of the person's, or 404."""
    mine = shops(areas(request.actor, verb))
    rows = Redemption.objects.filter(shop__in=mine).select_related("shop__place", "household__group")
    return get_object_or_404(rows, pk=id)


def token_in(photo: bytes) -> str:
    """The card's token in a photo. Refuses a photo without a code, several cards, and a code that is not ours."""
    hosts = {urlsplit(settings.PUBLIC_URL).netloc.lower(), *settings.OLD_HOSTS}
    texts = codes_in(photo)
    if not texts:
        refuse("households.photo_without_code")
    found = [token_of(text, hosts) for text in texts]
    tokens = {token for token in found if not isinstance(token, Problem)}
    if not tokens:
        refuse("households.qr_not_ours")
    if len(tokens) > 1:
        refuse("households.photo_several_codes")
    return tokens.pop()


def keep(request: Any, shop: Shop, household: Household, card: UUID | None) -> None:
    """Remember the customer with this log-in until the sale is done."""
    request.session[KEY] = {"shop": str(shop.pk), "household": str(household.pk), "card": str(card) if card else ""}


def kept(request: Any, shop: Shop) -> Customer | None:
    """The customer kept for this shop's till, if there is one."""
    told = request.session.get(KEY)
    if not told or told["shop"] != str(shop.pk):
        return None
    rows = homes([shop.place.path]).select_related("group", "village", "town")
    household = rows.filter(pk=told["household"]).first()
    if household is None:
        return None
    return Customer(household, masked_name(household.head), UUID(told["card"]) if told["card"] else None)


def forget(request: Any) -> None:
    """The sale is done; the next customer starts anew."""
    request.session.pop(KEY, None)


def typed(request: Any, item: UUID) -> str:
    """What was typed for an item before a refusal."""
    return str(request.POST.get(f"pieces-{item}", "")) if request.method == "POST" else ""


def basket_of(request: Any, shop: Shop, day: date) -> Sequence[Wanted]:
    """The pieces typed beside the shop's own goods, empty ones left out. Refuses shop.amount_* naming the text."""
    found = []
    for one in shelf(shop.pk, day):
        text = request.POST.get(f"pieces-{one.item}", "").strip()
        if text in ("", "0"):
            continue
        number = whole(text, MOST_PIECES)
        if isinstance(number, Problem):
            number.refuse()
        found.append(Wanted(one.item, number))
    return found
