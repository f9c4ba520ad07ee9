"""A web server alone: `krets web`, as many as the traffic asks for."""

import os
import sys

from krets.management import prepare
from krets.management.order import Order


class Command(Order):
    help = "Run one web server. Database and static files must be in place (krets migrate, start)."
    needs_data = True

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="default 8000")
        parser.add_argument("--host", default="127.0.0.1", help="default 127.0.0.1, this machine")

    def handle(self, *, host, port, **_options):
        """Check that it may, then become the server."""
        prepare.refuse_unsafe(host)
        prepare.refuse_taken(host, port)
        prepare.collect_static()
        sys.stderr.writelines(f"{line}\n" for line in prepare.of_mail())
        order = [sys.executable, "-P", "-m", "krets.serve", "--host", host, "--port", str(port)]
        os.execv(sys.executable, order)
