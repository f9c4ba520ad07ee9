"""krets outbox: read the messages that wait while no mail server is set up."""

from django.core.management.base import BaseCommand

from krets.kit.messaging.outbox import latest


class Command(BaseCommand):
    """Write the newest messages, oldest last."""

    help = "Read the messages that were kept because no mail server is set up."

    def add_arguments(self, parser):
        parser.add_argument("--count", type=int, default=5, help="how many (default 5)")

    def handle(self, *, count, **_options):
        letters = latest(count)
        if not letters:
            self.stdout.write("The outbox is empty.")
        for letter in letters:
            self.stdout.write(f"To: {letter.to}\nSubject: {letter.subject}\n\n{letter.body}\n")
