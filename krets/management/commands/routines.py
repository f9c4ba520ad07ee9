"""Runs the night of a day now: makes what fell due, closes what is done, passes on what waits."""

import json
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.core.management.base import CommandError
from django.utils import timezone

from krets.kit.db import everywhere, unit_scope
from krets.management import words
from krets.management.order import Order
from krets.register.organisation.queries import unit_called
from krets.rhythm.routines import night
from krets.rhythm.routines.judging import Outcome
from krets.rhythm.routines.queries import units_with_something_due

NIGHT = time(4, 10, tzinfo=ZoneInfo("Europe/Stockholm"))


class Command(Order):
    help = "Run the routines for a day, as the night of that day would. Running it twice is safe."
    needs_data = True

    def add_arguments(self, parser):
        parser.add_argument(
            "--date",
            type=words.day_come,
            help="The day, as 2026-03-02: today or earlier. Left out, it is today and now.",
        )
        parser.add_argument("--unit", metavar="SLUG", help="Only this association.")
        parser.add_argument("--json", action="store_true", help="Print the counts as JSON.")

    def handle(self, **options):
        at = datetime.combine(options["date"], NIGHT) if options["date"] else timezone.now()
        today = timezone.localdate(at)
        outcome = Outcome()
        for unit_id in self._units(options["unit"], today):
            with unit_scope([unit_id]):
                outcome += night.run(unit_id, today=today, at=at)
        self._say(today, outcome, as_json=options["json"])

    def _units(self, slug, today):
        with everywhere("the routines are run for all associations, or one by its address"):
            if slug is None:
                return units_with_something_due(today)
            unit = unit_called(slug)
        if unit is None:
            raise CommandError(
                f"There is no association with the address {slug}. It is the word after the host in"
                " the browser, as bjorkvik in http://localhost:8000/bjorkvik/."
            )
        return [unit.pk]

    def _say(self, today, outcome, *, as_json):
        told = {
            "date": today.isoformat(),
            "made": dict(sorted(outcome.made.items())),
            "reopened": dict(sorted(outcome.reopened.items())),
            "closed": dict(sorted(outcome.closed.items())),
            "escalated": outcome.escalated,
        }
        if as_json:
            self.stdout.write(json.dumps(told))
            return
        self.stdout.write(f"{told['date']}: {_counted('made', outcome.made)}")
        self.stdout.write(f"{told['date']}: {_counted('opened again', outcome.reopened)}")
        self.stdout.write(f"{told['date']}: {_counted('closed', outcome.closed)}")
        self.stdout.write(f"{told['date']}: {outcome.escalated} passed on")


def _counted(verb, counter):
    parts = ", ".join(f"{key} {number}" for key, number in sorted(counter.items()))
    return f"{counter.total()} {verb}" + (f" ({parts})" if parts else "")
