"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "courtyard.office"
    label = "office"

    def ready(self) -> None:
        from courtyard.kernel.sentences import register
        from courtyard.office.sentences import SENTENCES

        register(SENTENCES)
