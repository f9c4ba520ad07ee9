"""What must be in place before anything is served: the same for `start` and `demo`."""

import hashlib
import os
import sys
from operator import itemgetter
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from krets import env, safety
from krets.kit.messaging import outbox
from krets.serve import is_free
from krets.version import version

STAMP = "static.stamp"
DATABASE = "krets.sqlite3*"
# Where the server that was started last in this folder is found: for links made beside it.
ADDRESS = "address"


def refuse_unsafe(host):
    """Stop here, with the reasons, when it would be unsafe to let people in."""
    must = [fault for fault in safety.faults(host) if fault.must]
    for fault in must:
        sys.stderr.write(f"! {fault.says} {fault.do}\n")
    if must:
        raise SystemExit("Krets does not start like this. `krets check` says the same any time.")


def refuse_taken(host, port):
    """Stop here when somebody else listens on the port."""
    if not is_free(host, port):
        raise SystemExit(
            f"Port {port} is taken by another program. Choose another one: --port {port + 1}"
        )


def prepare():
    """Bring the database up to date and put the static files where the server finds them."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    keep_to_oneself()
    collect_static()


def keep_to_oneself():
    """Let nobody else on the machine read what an older start made readable to others."""
    for path in settings.DATA.glob(DATABASE):
        path.chmod(0o600)


def collect_static():
    """Collect the static files, unless those in the data folder are of just these."""
    stamp = settings.DATA / STAMP
    wanted = static_sum()
    if stamp.exists() and stamp.read_text() == wanted and settings.STATIC_ROOT.exists():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(wanted)


def static_sum():
    """Return a sum over every static file; times are left out, some files are made on the way."""
    told = hashlib.sha256(version().encode())
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list([]), key=itemgetter(0)):
            told.update(name.encode())
            told.update(Path(storage.path(name)).read_bytes())
    return told.hexdigest()


def run(host, port, words):
    """Become the program that minds web and worker. It says `words` once the web server answers."""
    here = address(host, port)
    (settings.DATA / ADDRESS).write_text(here)
    # Links in letters lead here, unless somebody has said where people find Krets.
    os.environ.setdefault("KRETS_BASE_URL", here)
    reading, writing = os.pipe()
    os.write(writing, words.encode())
    os.close(writing)
    # A pipe, since a set-up link among the arguments could be read by every user of the machine.
    os.set_inheritable(reading, True)
    sys.stdout.flush()
    order = [sys.executable, "-P", "-m", "krets.supervise", "--host", host, "--port", str(port)]
    os.execv(sys.executable, [*order, "--words", str(reading)])


def of_mail():
    """Return what to say of mail: nothing when it is sent, else how one reads it."""
    if not outbox.is_kept():
        return []
    usual = Path("data").resolve() == settings.DATA
    order = "bin/krets outbox" if usual else f"KRETS_DATA={settings.DATA} bin/krets outbox"
    return [f"No mail server is named (KRETS_EMAIL_URL). Read sign-in codes with: {order}"]


def served_at():
    """Return where people find the Krets of this folder: as set, else where it was started last."""
    stands = settings.DATA / ADDRESS
    if env.text("KRETS_BASE_URL") or not stands.exists():
        return settings.BASE_URL
    return stands.read_text()


def address(host, port):
    """Return where a person on this machine finds Krets."""
    near = host in safety.NEAR or host in {"0.0.0.0", "::"}  # noqa: S104 -- compared, not bound
    name = "localhost" if near else host
    return f"http://{name}:{port}"
