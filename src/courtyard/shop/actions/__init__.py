"""What may be done in a shop."""

from courtyard.shop.actions.goods import add_item, make_shop, set_open, set_price
from courtyard.shop.actions.stock import count_stock, receive_stock, record_loss
from courtyard.shop.actions.till import Sold, redeem, reverse_redemption
from courtyard.shop.rules.basket import Wanted

__all__ = [
    "Sold",
    "Wanted",
    "add_item",
    "count_stock",
    "make_shop",
    "receive_stock",
    "record_loss",
    "redeem",
    "reverse_redemption",
    "set_open",
    "set_price",
]
