"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "courtyard.honours"
    label = "honours"

    def ready(self) -> None:
        from courtyard.honours.sentences import SENTENCES
        from courtyard.kernel.sentences import register

        register(SENTENCES)
