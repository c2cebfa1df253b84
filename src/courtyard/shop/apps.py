"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "courtyard.shop"
    label = "shop"

    def ready(self) -> None:
        from courtyard.kernel.sentences import register
        from courtyard.shop.sentences import SENTENCES

        register(SENTENCES)
