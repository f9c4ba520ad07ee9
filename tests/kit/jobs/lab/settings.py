"""Nothing but the queue and the limits, for tests that start and kill real processes."""

from krets.settings import DATABASES, DEFAULT_AUTO_FIELD, LOGGING, SECRET_KEY, TASKS, TIME_ZONE

__all__ = ["DATABASES", "DEFAULT_AUTO_FIELD", "LOGGING", "SECRET_KEY", "TASKS", "TIME_ZONE"]

USE_TZ = True
INSTALLED_APPS = [
    "django_tasks",
    "django_tasks_db",
    "krets.kit.jobs",
    "krets.kit.limits",
    "tests.kit.jobs.lab",
]
# Tables are made from the models, as in all tests.
MIGRATION_MODULES = dict.fromkeys(["django_tasks_database", "jobs", "limits", "lab"])
