from django.apps import AppConfig


class KretsConfig(AppConfig):
    name = "krets"
    label = "krets"

    def ready(self):
        from krets import loop

        loop.connect()
