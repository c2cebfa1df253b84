"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "courtyard.people"
    label = "people"

    def ready(self) -> None:
        from courtyard.kernel.sentences import register
        from courtyard.people.sentences import SENTENCES

        register(SENTENCES)
