"""krets login-link EMAIL: a link that signs the account in once, within a quarter of an hour."""

import json
from datetime import timedelta

from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from krets.management import prepare
from krets.management.order import Order
from krets.register.access import tickets
from krets.register.accounts.queries import by_address

LASTS = timedelta(minutes=15)


class Command(Order):
    """Write the link, or say that nobody signs in with that address (exit status 1)."""

    help = "Write a link that signs an account in once, within 15 minutes."
    needs_data = True

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address the account signs in with")
        parser.add_argument("--json", action="store_true", help="write JSON")
        parser.add_argument("--base-url", help="where Krets is reached, if not as it was started")
        parser.add_argument("--port", type=int, help="the same, on this machine")

    def handle(self, *, email, base_url, port, **options):
        account = by_address(email)
        if account is None or not account.is_active:
            raise CommandError("Nobody signs in with that address. Check the spelling.")
        token = tickets.make("sign-in", at=timezone.now(), lasts=LASTS, account=account)
        here = prepare.address("localhost", port) if port else prepare.served_at()
        link = (base_url or here).rstrip("/") + reverse("sign_in_link", args=[token])
        if options["json"]:
            self.stdout.write(json.dumps({"link": link, "minutes": 15}))
        else:
            self.stdout.write(link)
