"""What about this installation would be unsafe, in words that say what to do."""

import stat
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

NEAR = frozenset({"localhost", "127.0.0.1", "::1", ""})
A_YEAR = 31536000
LONG_ENOUGH = 32
VARIED_ENOUGH = 8
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


def is_far(host):
    """Tell whether others than this machine can reach Krets."""
    return host not in NEAR or urlsplit(settings.BASE_URL).hostname not in NEAR


def reach(host):
    """What must hold as soon as others can reach it."""
    if settings.DEBUG:
        yield Fault(
            "debug",
            _("KRETS_DEBUG is on: error pages show what people wrote."),
            _("Unset KRETS_DEBUG."),
        )
    if not settings.HTTPS:
        yield Fault(
            "http",
            _("Others can reach Krets (at %(host)s) but its address is not https.")
            % {"host": host if host not in NEAR else urlsplit(settings.BASE_URL).hostname},
            _("Set KRETS_BASE_URL to the https address, with a proxy in front that speaks TLS."),
        )
    else:
        yield from transport()
    if "*" in settings.ALLOWED_HOSTS:
        yield Fault(
            "hosts",
            _("KRETS_ALLOWED_HOSTS lets Krets answer to any name."),
            _("Name the hosts that people use, parted by commas."),
        )
    if (settings.DATA / "demo").exists():
        yield Fault(
            "demo",
            _("The data folder holds a demo, whose links let anyone in."),
            _("Start the real thing with a data folder of its own: KRETS_DATA."),
        )
    if settings.EMAIL_BACKEND.startswith("krets."):
        yield Fault(
            "mail",
            _("No mail server is named, so sign-in codes stay in the outbox."),
            _("Set KRETS_EMAIL_URL."),
            must=False,
        )


def transport():
    """What must hold when the address is https."""
    if settings.SECURE_HSTS_SECONDS < A_YEAR:
        yield Fault(
            "hsts",
            _("Browsers are not told to insist on https (HSTS)."),
            _("Let SECURE_HSTS_SECONDS be at least a year."),
        )
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield Fault(
            "cookies",
            _("Cookies would also travel without TLS."),
            _("Let SESSION_COOKIE_SECURE and CSRF_COOKIE_SECURE be on."),
        )
    if not settings.SECURE_PROXY_SSL_HEADER:
        yield Fault(
            "proxy",
            _("The address is https, but no proxy is trusted to say that a visit came that way."),
            _("Set KRETS_TRUSTED_PROXY=1 when the proxy in front sets X-Forwarded-Proto itself."),
        )


def secrets():
    """Whether the keys would stand against somebody who guesses."""
    secret = settings.SECRET_KEY
    if len(secret) < LONG_ENOUGH or len(set(secret)) < VARIED_ENOUGH:
        yield Fault(
            "secret",
            _("KRETS_SECRET is short enough to be guessed."),
            _("Unset it, and Krets makes one; or set at least 32 random characters."),
        )
    if len(settings.SEAL_KEY) != LONG_ENOUGH:
        yield Fault(
            "key",
            _("KRETS_KEY is not 32 bytes as base64."),
            _("Unset it at a first start, and Krets makes one; else restore the one you had."),
        )


def files():
    """Whether others on this machine can read what they should not."""
    data = settings.DATA
    if data.exists() and data.stat().st_mode & OTHERS:
        yield Fault(
            "folder",
            _("Others on this machine can read the data folder %(folder)s.") % {"folder": data},
            _("Run: chmod 700 %(folder)s") % {"folder": data},
        )
    for name in ("key", "secret"):
        path = data / name
        if path.exists() and path.stat().st_mode & OTHERS:
            yield Fault(
                f"file-{name}",
                _("Others may read the file %(file)s.") % {"file": path},
                _("Run: chmod 600 %(file)s") % {"file": path},
            )
