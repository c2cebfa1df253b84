from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "courtyard.ops"
    label = "ops"
