"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "courtyard.places"
    label = "places"

    def ready(self) -> None:
        from courtyard.kernel.sentences import register
        from courtyard.places.sentences import SENTENCES

        register(SENTENCES)
