"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class RatingConfig(AppConfig):
    name = "courtyard.rating"
    label = "rating"

    def ready(self) -> None:
        from courtyard.kernel.sentences import register
        from courtyard.rating.sentences import SENTENCES

        register(SENTENCES)
