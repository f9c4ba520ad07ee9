"""The product's own settings, with tables made from the models as in all tests."""

from krets.settings import *  # noqa: F403 -- all of them

MIGRATION_MODULES = dict.fromkeys(
    [
        *("account", "audit", "auth", "contenttypes", "django_tasks_database", "jobs", "limits"),
        *("messaging", "office", "overview", "register", "rhythm", "sessions", "ui", "welcome"),
    ]
)
