"""What about this installation would be unsafe, in words that say what to do.

In English only: it is read in a terminal, beside what other programs say there.
"""

import stat
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from django.conf import settings

NEAR = frozenset({"localhost", "127.0.0.1", "::1", ""})
A_YEAR = 31536000
LONG_ENOUGH = 32
VARIED_ENOUGH = 8
FILES = ("key", "secret", "krets.sqlite3")
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Fault:
    """One thing that is unsafe (`must`) or unwise, and what to do about it."""

    key: str
    says: str
    do: str
    must: bool = True

    def as_dict(self):
        return asdict(self)


def faults(host="127.0.0.1"):
    """Return what is unsafe when Krets listens on this host, the worst first."""
    far = is_far(host)
    found = [*files(), *secrets(), *(reach(host) if far else [])]
    return sorted(found, key=lambda fault: not fault.must)


def looked_at(host="127.0.0.1"):
    """Return what `faults` and Django's own checks have looked at, as one says it."""
    others = (
        f"how others reach Krets at {settings.BASE_URL}"
        if is_far(host)
        else "that only this machine reaches Krets"
    )
    return [
        "the program and its settings",
        f"who may read the data folder {settings.DATA}",
        "the secret keys",
        others,
    ]


def is_far(host):
    """Tell whether others than this machine can reach Krets."""
    return host not in NEAR or urlsplit(settings.BASE_URL).hostname not in NEAR


def reach(host):
    """What must hold as soon as others can reach it."""
    where = urlsplit(settings.BASE_URL).hostname if host in NEAR else host
    if settings.DEBUG:
        yield Fault(
            "debug",
            "KRETS_DEBUG is on: error pages show what people wrote.",
            "Unset KRETS_DEBUG.",
        )
    if not settings.HTTPS:
        yield Fault(
            "http",
            f"Others can reach Krets (at {where}) but its address is not https.",
            "Set KRETS_BASE_URL to the https address, with a proxy in front that speaks TLS.",
        )
    else:
        yield from transport()
    if "*" in settings.ALLOWED_HOSTS:
        yield Fault(
            "hosts",
            "KRETS_ALLOWED_HOSTS lets Krets answer to any name.",
            "Name the hosts that people use, parted by commas.",
        )
    if (settings.DATA / "demo").exists():
        yield Fault(
            "demo",
            "The data folder holds a demo, whose links let anyone in.",
            "Start the real thing with a data folder of its own: KRETS_DATA.",
        )
    if settings.EMAIL_BACKEND.startswith("krets."):
        yield Fault(
            "mail",
            "No mail server is named, so sign-in codes stay in the outbox.",
            "Set KRETS_EMAIL_URL.",
            must=False,
        )


def transport():
    """What must hold when the address is https."""
    if settings.SECURE_HSTS_SECONDS < A_YEAR:
        yield Fault(
            "hsts",
            "Browsers are not told to insist on https (HSTS).",
            "Let SECURE_HSTS_SECONDS be at least a year.",
        )
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield Fault(
            "cookies",
            "Cookies would also travel without TLS.",
            "Let SESSION_COOKIE_SECURE and CSRF_COOKIE_SECURE be on.",
        )
    if not settings.SECURE_PROXY_SSL_HEADER:
        yield Fault(
            "proxy",
            "The address is https, but no proxy is trusted to say that a visit came that way.",
            "Set KRETS_TRUSTED_PROXY=1 when the proxy in front sets X-Forwarded-Proto itself.",
        )


def secrets():
    """Whether the keys would stand against somebody who guesses."""
    secret = settings.SECRET_KEY
    if len(secret) < LONG_ENOUGH or len(set(secret)) < VARIED_ENOUGH:
        yield Fault(
            "secret",
            "KRETS_SECRET is short enough to be guessed.",
            "Unset it, and Krets makes one; or set at least 32 random characters.",
        )
    if len(settings.SEAL_KEY) != LONG_ENOUGH:
        yield Fault(
            "key",
            "KRETS_KEY is not 32 bytes as base64.",
            "Unset it at a first start, and Krets makes one; else restore the one you had.",
        )


def files():
    """Whether others on this machine can read what they should not."""
    data = settings.DATA
    if data.exists() and data.stat().st_mode & OTHERS:
        yield Fault(
            "folder",
            f"Others on this machine can read the data folder {data}.",
            f"Run: chmod 700 {data}",
        )
    for name in FILES:
        path = data / name
        if path.exists() and path.stat().st_mode & OTHERS:
            yield Fault(
                f"file-{path.stem}",
                f"Others may read the file {path}.",
                f"Run: chmod 600 {path}",
                # A start mends the database's own files before anything is served.
                must=name in {"key", "secret"},
            )
