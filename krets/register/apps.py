from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "krets.register"
    label = "register"
