from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    name = "krets.welcome"
    label = "welcome"
