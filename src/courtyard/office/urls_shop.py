"""The office's addresses of shop and till."""

from django.urls import path

from courtyard.office.views import shop_day, shops, till

urlpatterns = [
    path("till", till.till, name="till"),
    path("till/<uuid:shop>", till.till_whose, name="till_whose"),
    path("till/<uuid:shop>/sale", till.till_sale, name="till_sale"),
    path("till/receipt/<uuid:redemption>", till.till_receipt_page, name="till_receipt"),
    path("till/receipt/<uuid:redemption>/return", till.till_return, name="till_return"),
    path("shops", shops.shops, name="shops"),
    path("shops/new", shops.shop_new, name="shop_new"),
    path("shops/<uuid:shop>", shops.shop_page, name="shop"),
    path("shops/<uuid:shop>/day", shop_day.shop_day, name="shop_day"),
    path("shops/<uuid:shop>/open", shops.shop_open, name="shop_open"),
    path("shops/<uuid:shop>/items", shops.shop_item_new, name="shop_item_new"),
    path("shops/<uuid:shop>/items/<uuid:item>", shops.shop_item_page, name="shop_item"),
    path("shops/<uuid:shop>/items/<uuid:item>/stock", shops.shop_stock, name="shop_stock"),
    path("shops/<uuid:shop>/items/<uuid:item>/price", shops.shop_price, name="shop_price"),
]
