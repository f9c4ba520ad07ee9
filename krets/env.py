"""Reading settings from the environment, and refusing what nobody knows."""

import os
from pathlib import Path

KNOWN = {
    "KRETS_ALLOWED_HOSTS": "Host names the web server answers to, parted by commas",
    "KRETS_BASE_URL": "The address people reach Krets at, with https:// in production",
    "KRETS_DATA": "The folder for the database, keys and files (default ./data)",
    "KRETS_DEBUG": "1 shows tracebacks and the style page; never in production",
    "KRETS_EMAIL_FROM": "The sender of messages from Krets",
    "KRETS_EMAIL_URL": "smtp://user:password@host:port or smtps://…; empty: the outbox",
    "KRETS_KEY": "The key of sealed texts: 32 bytes as base64 (default: in the data folder)",
    "KRETS_SECRET": "The key for sessions and links (default: a file in the data folder)",
    "KRETS_TEST_DATABASE_URL": "A PostgreSQL database server for the tests",
    "KRETS_TRUSTED_PROXY": "1 when a proxy in front sets X-Forwarded-Proto and X-Forwarded-For",
}


class UnknownSettingError(SystemExit):
    """A KRETS_ variable is set that nothing reads: most often a spelling mistake."""


def refuse_unknown():
    """Stop the start when a KRETS_ variable is not one of ours. `…_FILE` forms are known too."""
    for name in os.environ:
        if name.startswith("KRETS_") and name.removesuffix("_FILE") not in KNOWN:
            known = ", ".join(sorted(KNOWN))
            raise UnknownSettingError(f"{name} is not a setting of Krets. It knows: {known}.")


def text(name, default=""):
    """Return the variable's value, or the content of the file that NAME_FILE points at."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name, *, default=False):
    """Return whether the variable says yes: 1, true, yes or on."""
    value = text(name).lower()
    return value in {"1", "true", "yes", "on"} if value else default


def listed(name):
    """Return the variable's comma-separated parts."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def kept_secret(name, path, make):
    """Return the secret of the variable, else of the file at `path`, made by `make()` when needed.

    The file is created with mode 0600 by exclusive creation, so two processes starting at once
    agree on one secret.
    """
    value = text(name)
    if value:
        return value
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8")
