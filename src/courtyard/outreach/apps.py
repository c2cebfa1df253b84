"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "courtyard.outreach"
    label = "outreach"

    def ready(self) -> None:
        from courtyard.kernel.sentences import register
        from courtyard.outreach.sentences import SENTENCES

        register(SENTENCES)
