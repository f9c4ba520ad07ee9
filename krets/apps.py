from django.apps import AppConfig


class KretsConfig(AppConfig):
    name = "krets"
    label = "krets"

    def ready(self):
        from krets import loop  # noqa: PLC0415 -- needs all models

        loop.connect()
