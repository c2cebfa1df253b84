"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "courtyard.households"
    label = "households"

    def ready(self) -> None:
        from courtyard.households.sentences import SENTENCES
        from courtyard.kernel.sentences import register

        register(SENTENCES)
