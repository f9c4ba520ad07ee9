"""krets demo: an invented association to try everything on."""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from krets import env
from krets.demo import folder
from krets.demo.cast import OFFICERS, cast
from krets.demo.people import invent
from krets.demo.story import Story
from krets.management import prepare, words
from krets.management.order import Order
from krets.register.access import tickets
from krets.register.mandates.models import Mandate
from krets.register.organisation.queries import associations

DEFAULTS = {"members": 120, "seed": 1}
LINKS_LAST = timedelta(days=365)


class Command(Order):
    """Invent, play a year, start web and worker, and write a sign-in link for each mandate."""

    help = "Try Krets on an invented association. The links work on this machine only."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--members", type=int, help="how many (default 120)")
        parser.add_argument("--seed", type=int, help="another seed, other people (default 1)")
        parser.add_argument("--date", type=words.day, help="the day it is (default today)")
        parser.add_argument("--port", type=int, default=8000, help="default 8000")
        parser.add_argument("--fresh", action="store_true", help="begin again from the start")
        parser.add_argument("--only-data", action="store_true", help="do not start the server")

    def handle(self, *, members, seed, port, fresh, only_data, **options):
        """Prepare the folder, then serve it on this machine only.

        A demo that stands is opened as it is; only --fresh throws it away.
        """
        host = "127.0.0.1"
        if not only_data:
            prepare.refuse_taken(host, port)
        # Letters of the year that is played lead to where it will be served.
        if not env.text("KRETS_BASE_URL"):
            settings.BASE_URL = prepare.address(host, port)
        before = folder.wanted_before()
        if fresh:
            folder.throw_away_of_another_version()
        folder.make_ready(prepare.prepare)
        day = options["date"]
        asked = {"members": members, "seed": seed, "date": day and day.isoformat()}
        asked = {word: value for word, value in asked.items() if value is not None}
        stands = folder.told()
        if stands and not fresh:
            folder.refuse_other_words(stands, asked)
        else:
            self._make({**DEFAULTS, **before} | {"date": _today()} | asked)
        address = prepare.address(host, port)
        lines = [address, *prepare.of_mail(), *links(address)]
        if only_data:
            self.stdout.write("\n".join(lines))
        else:
            prepare.run(host, port, "\n".join([*lines, ""]))

    def _make(self, wanted):
        folder.clear()
        self._invent(wanted["members"], wanted["seed"], date.fromisoformat(wanted["date"]))
        folder.set_mark(wanted)

    def _invent(self, members, seed, today):
        self.stderr.write(f"Inventing an association of {members} members …")
        logging.getLogger("krets").setLevel(logging.WARNING)
        people = cast(invent(members, seed=seed, today=today), today=today)
        now = timezone.now() if today == timezone.localdate() else None
        Story(people, seed=seed, today=today, now=now).play(told=self._tell)

    def _tell(self, month):
        # A big association takes a minute or two: it is seen to move.
        self.stderr.write(f"  {month}")


def _today():
    return timezone.localdate().isoformat()


def links(address):
    """Return one line a mandate, with a link that signs its holder in for a year."""
    today, now = timezone.localdate(), timezone.now()
    unit = associations()[0]
    held = Mandate.objects.of(unit).current(today).select_related("person__account")
    by_kind = {}
    for mandate in held.order_by("pk"):
        by_kind.setdefault(mandate.kind, []).append(mandate.person.account)
    order = [kind for officer in OFFICERS for kind in officer.kinds]
    lines = []
    for kind in dict.fromkeys(order):
        for account in by_kind.get(kind, []):
            token = tickets.make(
                "sign-in", at=now, lasts=LINKS_LAST, account=account, reusable=True
            )
            where = address + reverse("sign_in_link", args=[token])
            lines.append(f"mandate={kind} unit={unit.slug} link={where}")
    return lines
