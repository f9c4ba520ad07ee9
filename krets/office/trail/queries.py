"""What the auditor may ask the trail: who did what, when; never the content."""

from django.core.paginator import Paginator

from krets.kit.audit.models import Entry
from krets.office.trail.words import said
from krets.register.accounts.models import Account
from krets.register.members.models import Person

LINES = 50


def page_of(unit, number):
    """Return (page, lines): 50 lines a page, newest first, each with the actor's name and the act in words."""
    entries = Entry.objects.filter(unit_id=unit.pk).order_by("-pk")
    page = Paginator(entries.defer("detail", "salt", "seal"), LINES).get_page(number)
    entries = list(page.object_list)
    names = _names(unit, {entry.actor_key for entry in entries if entry.actor_key})
    lines = [
        {"at": entry.at, "who": names.get(entry.actor_key, ""), "what": said(entry.action)}
        for entry in entries
    ]
    return page, lines


def _names(unit, keys):
    """Return {actor key: name here}, by two statements whatever the number of lines."""
    accounts = dict(Account.objects.filter(trail_key__in=keys).values_list("pk", "trail_key"))
    persons = Person.objects.of(unit).filter(account__in=accounts)
    return {
        accounts[person.account_id]: person.name
        for person in persons.only("first_name", "last_name", "register_number", "account_id")
    }
