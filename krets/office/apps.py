from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "krets.office"
    label = "office"
