"""How an installation begins, and how a unit is set."""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from krets import events
from krets.events import UnitChanged
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.kit.numbers import random_key
from krets.kit.tables.swedish import fold
from krets.register.access import tickets
from krets.register.access.kinds import Mandates
from krets.register.accounts.models import Account
from krets.register.mandates.models import Mandate
from krets.register.members.commands.details import tidied
from krets.register.members.keys import keys_of
from krets.register.members.models import Person
from krets.register.organisation.models import Organisation, Unit, UnitSetting
from krets.register.organisation.queries import is_set_up

RESERVED = frozenset(
    {"admin", "api", "healthz", "krets", "public", "robots", "static", "style", "sw", "www"}
)
SETUP_LINK_LASTS = timedelta(days=7)
FIRST_TERM = timedelta(days=455)


class AlreadySetUpError(CannotError):
    """Somebody set Krets up before this link was used."""


class TakenAddressError(CannotError):
    """Another unit has the address, or Krets needs it itself."""


def new_setup_link(*, at):
    """Return the token of a one-time set-up link."""
    return tickets.make("set-up", at=at, lasts=SETUP_LINK_LASTS)


def slug_of(name):
    """Return an address made of a name: letters, digits and hyphens, a letter first."""
    slug = "-".join(fold(name).replace("&", " ").split())
    slug = "".join(sign for sign in slug if (sign.isalnum() and sign.isascii()) or sign == "-")
    slug = slug.strip("-")[:50] or "forening"
    slug = slug if slug[0].isalpha() else f"f-{slug}"
    return f"{slug}-forening" if slug in RESERVED else slug


@command
def set_up(
    ticket, *, organisation, association, first_name, last_name, email, language, by, at, phone=""
):
    """Make the first association with its first officer, who is chair and membership officer.

    Uses the ticket up; return (unit, account). Refuses when the link was used already. The phone
    number stands in letters, so that new members can ring.
    """
    if not tickets.use_up(ticket, at=at) or is_set_up():
        raise AlreadySetUpError(_("Krets is already set up. Sign in with your e-mail address."))
    top = Organisation.objects.create(name=organisation, created_at=at)
    party = Unit.objects.create(
        organisation=top,
        kind=Unit.Kind.PARTY,
        name=organisation,
        slug=free_slug(f"{slug_of(organisation)}"),
        created_at=at,
    )
    unit = Unit.objects.create(
        organisation=top,
        parent=party,
        kind=Unit.Kind.ASSOCIATION,
        name=association,
        slug=free_slug(slug_of(association)),
        created_at=at,
    )
    account = Account.objects.create(email=email.strip().lower(), language=language, created_at=at)
    person = Person(
        unit=unit,
        account=account,
        first_name=first_name,
        last_name=last_name,
        email=email.strip().lower(),
        phone=tidied("phone", phone, today=localdate(at)),
        trail_key=random_key(),
        created_at=at,
    )
    person.sort_key, person.search = keys_of(person)
    person.save()
    for kind in (Mandates.CHAIR, Mandates.MEMBERSHIP_OFFICER):
        mandate = Mandate.objects.create(
            unit=unit,
            person=person,
            kind=kind,
            starts_on=localdate(at),
            ends_on=localdate(at) + FIRST_TERM,
            given_at=at,
            agreed_at=at,
        )
        trail.record("mandate.given", mandate, by=by, at=at, kind=kind, how="set-up")
    trail.record("unit.set_up", unit, by=by, at=at)
    events.publish(UnitChanged(unit.pk), at=at)
    return unit, account


def free_slug(slug):
    """Return the slug, with a number behind it when it is taken."""
    taken = set(Unit.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    number = 2
    found = slug
    while found in taken:
        found = f"{slug}-{number}"
        number += 1
    return found


@command
def add_association(party, *, name, slug, by, at):
    """Add an association below the party or a district. Refuses a taken or reserved address."""
    if slug in RESERVED or Unit.objects.filter(slug=slug).exists():
        raise TakenAddressError(_("That address is taken. Choose another one."))
    unit = Unit.objects.create(
        organisation=party.organisation,
        parent=party,
        kind=Unit.Kind.ASSOCIATION,
        name=name,
        slug=slug,
        created_at=at,
    )
    trail.record("unit.added", unit, by=by, at=at)
    events.publish(UnitChanged(unit.pk), at=at)
    return unit


@command
def set_setting(unit, *, key, value, by, at):
    """Give a setting the association's own value."""
    UnitSetting.objects.update_or_create(
        unit=unit,
        key=key,
        defaults={"value": value, "set_at": at, "set_by": by.account if by else None},
    )
    trail.record("setting.set", unit, by=by, at=at, key=key, value=value)
