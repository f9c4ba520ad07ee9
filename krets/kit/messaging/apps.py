from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "krets.kit.messaging"
    label = "messaging"
