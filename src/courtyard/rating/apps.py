"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class RatingConfig(AppConfig):
    name = "courtyard.rating"
    label = "rating"

    def ready(self) -> None:
        from courtyard.rating.sentences import SENTENCES
        from courtyard.kernel.sentences import register

        register(SENTENCES)
