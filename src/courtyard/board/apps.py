from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "courtyard.board"
    label = "board"
