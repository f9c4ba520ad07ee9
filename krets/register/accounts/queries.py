"""What an account can be asked."""

from krets.kit.messaging import outbox
from krets.register.accounts.models import Account
from krets.register.mandates.models import Mandate
from krets.register.organisation.models import Unit


def units_of(account, today):
    """Return the units where the account holds a mandate today, by name."""
    held = Mandate.objects.filter(person__account=account).current(today)
    return list(Unit.objects.filter(pk__in=held.values("unit_id")).order_by("name", "pk"))


def awaits_proof(account):
    """Return whether mail is sent, and nobody knows yet that it reaches the account's address."""
    return account.confirmed_at is None and not outbox.is_kept()


def signs_in(person):
    """Return whether the person has a sign-in that is open: to Krets, and to My page."""
    return Account.objects.filter(persons=person.pk, is_active=True).exists()


def by_address(email):
    """Return the account that signs in with the address, or None."""
    return Account.objects.filter(email__iexact=email.strip()).first()
