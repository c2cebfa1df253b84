"""The room's Django app: registers its sentences."""

from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "courtyard.points"
    label = "points"

    def ready(self) -> None:
        from courtyard.kernel.sentences import register
        from courtyard.points.sentences import SENTENCES

        register(SENTENCES)
