"""What others may read of shops."""

from courtyard.shop.queries.receipts import Receipt, ReceiptLine, days_receipts, household_receipts, receipt
from courtyard.shop.queries.shelf import (
    Offer,
    OnShelf,
    StockLine,
    catalogue,
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
    "catalogue",
    "days_receipts",
    "household_receipts",
    "movements",
    "prices",
    "receipt",
    "shelf",
    "shops",
    "shops_serving",
    "stock_report",
]
