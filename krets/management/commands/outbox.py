"""krets outbox: read the messages that wait while no mail server is set up."""

from django.conf import settings

from krets.kit.messaging import outbox
from krets.management.order import Order
from krets.management.words import several


class Command(Order):
    """Write the newest messages, oldest first, so that the newest stands nearest the prompt."""

    help = "Read the messages that were kept because no mail server is set up."
    needs_data = True

    def add_arguments(self, parser):
        parser.add_argument("--count", type=several, default=5, help="how many (default 5)")

    def handle(self, *, count, **_options):
        letters = outbox.latest(count)
        if not letters:
            self.stdout.write(f"The outbox is empty. It was looked for in {settings.DATA}.")
            if not outbox.is_kept():
                self.stdout.write("A mail server is named, so messages are sent and not kept.")
        for letter in reversed(letters):
            self.stdout.write(f"To: {letter.to}\nSubject: {letter.subject}\n\n{letter.body}\n")
