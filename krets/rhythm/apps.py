from django.apps import AppConfig


class RhythmConfig(AppConfig):
    name = "krets.rhythm"
    label = "rhythm"
