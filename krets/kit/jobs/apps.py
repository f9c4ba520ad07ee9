from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "krets.kit.jobs"
    label = "jobs"
