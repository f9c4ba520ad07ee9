"""Beginning a session, however one came in."""

from django.conf import settings
from django.contrib.auth import login
from django.utils import timezone

from krets.register.access.viewer import Viewer
from krets.register.accounts import commands

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
LOOPBACK = {"127.0.0.1", "::1"}


def viewer(account):
    """Return the account as a signer of what concerns itself only: it holds no mandate."""
    return Viewer(account, unit=None, person=None, held=(), today=timezone.localdate())


def begin(request, account, *, how, at):
    """Sign the account in on this device, in its language, and record it."""
    login(request, account, backend=BACKEND)
    settle(request, account, how=how, at=at)


def settle(request, account, *, how, at):
    """Do what belongs to every new session: its language, and a line in the trail."""
    request.session["language"] = account.language
    commands.sign_in(account, how=how, by=viewer(account), at=at)


def demo_links_stand(request):
    """Return whether demo links work: a marked demo folder, asked from this machine."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    local = request.META.get("REMOTE_ADDR") in LOOPBACK and host in {*LOOPBACK, "localhost"}
    return local and (settings.DATA / "demo").exists()
