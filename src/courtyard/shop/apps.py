"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "courtyard.shop"
    label = "shop"

    def ready(self) -> None:
        from courtyard.shop.sentences import SENTENCES
        from courtyard.kernel.sentences import register

        register(SENTENCES)
