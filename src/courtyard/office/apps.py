from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "courtyard.office"
    label = "office"
