"""A worker alone: `krets worker`, as many as the work asks for."""

from krets.kit.jobs import worker
from krets.management.order import Order
from krets.serve import follow


class Command(Order):
    help = "Do what waits to be done, and what the calendar says, until told to stop."
    needs_data = True

    def add_arguments(self, parser):
        parser.add_argument("--followed", type=int, default=0, help="end when this process ends")

    def handle(self, *, followed, **_options):
        """Work."""
        if followed:
            follow(followed)
        worker.run()
