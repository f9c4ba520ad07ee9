"""The real thing: `krets start`."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from krets.management import prepare
from krets.management.order import Order


class Command(Order):
    help = "Run Krets: web server and worker, with everything they need. Ctrl-C stops it."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="default 8000")
        parser.add_argument("--host", default="127.0.0.1", help="default 127.0.0.1, this machine")

    def handle(self, *, host, port, **_options):
        """Prepare, then become the program that minds web and worker."""
        prepare.refuse_unsafe(host)
        prepare.refuse_taken(host, port)
        prepare.prepare()
        prepare.run(
            host,
            port,
            "\n".join(
                [prepare.address(host, port), *prepare.of_mail(), *first_steps(host, port), ""]
            ),
        )


def first_steps(host, port):
    """Return what to do when nobody is there yet: open the link that sets Krets up."""
    from krets.register.organisation import commands, queries  # noqa: PLC0415 -- after migrating

    if queries.is_set_up():
        return []
    token = commands.new_setup_link(at=timezone.now())
    base = settings.BASE_URL if settings.HTTPS else prepare.address(host, port)
    return [
        "Nobody is here yet. Open this link to set up your association; it works once:",
        f"{base}{reverse('set_up', args=[token])}",
    ]
