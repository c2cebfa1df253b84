"""What others may read of shops."""

from courtyard.shop.queries.receipts import Receipt, ReceiptLine, Sums, days_receipts, household_receipts, receipt, sums
from courtyard.shop.queries.shelf import (
    Offer,
    OnShelf,
    StockLine,
    catalogue,
    dated_prices,
    movements,
    prices,
    shelf,
    shops,
    shops_serving,
    stock_report,
)

__all__ = [
    "Offer",
    "OnShelf",
    "Receipt",
    "ReceiptLine",
    "StockLine",
    "Sums",
    "catalogue",
    "dated_prices",
    "days_receipts",
    "household_receipts",
    "movements",
    "prices",
    "receipt",
    "shelf",
    "shops",
    "shops_serving",
    "stock_report",
    "sums",
]
