from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "krets.kit.audit"
    label = "audit"
