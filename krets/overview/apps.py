from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "krets.overview"
    label = "overview"
