"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "courtyard.inspections"
    label = "inspections"

    def ready(self) -> None:
        from courtyard.inspections.sentences import SENTENCES
        from courtyard.kernel.sentences import register

        register(SENTENCES)
