"""The room's Django app: registers sentences, keeps the append-only triggers after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _install(using: str, **_: object) -> None:
    from courtyard.records.triggers import install

    install(using)


class RecordsConfig(AppConfig):
    name = "courtyard.records"
    label = "records"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy

        from courtyard.kernel.sentences import register
        from courtyard.kernel.texts import SENTENCES as KERNEL
        from courtyard.records.sentences import SENTENCES

        register({code: gettext_lazy(text) for code, text in KERNEL.items()})
        register(SENTENCES)
        post_migrate.connect(_install, dispatch_uid="records.triggers")
