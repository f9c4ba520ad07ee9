from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "krets.kit.limits"
    label = "limits"
