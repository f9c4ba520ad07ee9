"""Who somebody is, and who somebody may be."""

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils.translation import gettext as _

from krets.register.members.models import Fee, Membership, Person

_EARLIER = 4


def names(unit, ids):
    """Return {id: name} of people of the unit. One statement."""
    people = Person.objects.of(unit).filter(pk__in=ids)
    shown = people.only("first_name", "last_name", "register_number")
    return {person.pk: person.name for person in shown}


def age(person, today):
    """Return how old the person is; by the year where only that is known, None where nothing is."""
    born = _read(person, "born_on")
    if born is None:
        born_year = _read(person, "born_year")
        return today.year - born_year if born_year else None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def years_paid(unit, ids, *, before):
    """Return {id: the last few years before the year, latest first, that each paid}.

    One statement.
    """
    paid = Fee.objects.of(unit).filter(person__in=ids, year__lt=before, year__gte=before - _EARLIER)
    found = {}
    for person_id, year in paid.order_by("-year").values_list("person", "year"):
        found.setdefault(person_id, []).append(year)
    return found


def tell_apart(people, *, by=("born", "city", "number")):
    """Give each of the people `apart`: what tells those of the same name apart, else nothing.

    Told by as few of the details as it takes, of those that were read. No statement.
    """
    alike = {}
    for person in people:
        person.apart = ""
        alike.setdefault(person.name.casefold(), []).append(person)
    for namesakes_here in alike.values():
        _tell_apart(namesakes_here, by)


def _tell_apart(namesakes_here, by):
    for detail in by:
        if len({person.apart for person in namesakes_here}) == len(namesakes_here):
            return
        told = [_DETAILS[detail](person) for person in namesakes_here]
        if len(set(told)) == 1:
            continue
        for person, words in zip(namesakes_here, told, strict=True):
            person.apart = " · ".join(part for part in (person.apart, words) if part)


def _born(person):
    born_on = _read(person, "born_on")
    year = born_on.year if born_on else _read(person, "born_year")
    return _("Born %(year)s") % {"year": year} if year else ""


def _number(person):
    number = _read(person, "register_number")
    return _("Number %(number)s") % {"number": number} if number else ""


def _city(person):
    return _read(person, "city") or ""


def _read(person, column):
    """Return what was read from the database; nothing where the column is not opened."""
    return person.__dict__.get(column)


_DETAILS = {"born": _born, "city": _city, "number": _number}


def name_of_account(path="by"):
    """Return an expression: the name, in the row's unit, of whoever signed with the account."""
    people = Person.objects.filter(account=OuterRef(f"{path}_id"), unit=OuterRef("unit_id"))
    whole = Trim(Concat("first_name", Value(" "), "last_name"))
    return Coalesce(
        Subquery(people.order_by("pk").values(name=NullIf(whole, Value("")))[:1]), Value("")
    )


def namesakes(
    unit, *, first_name, last_name, email="", phone="", born_on=None, joined_on=None, most=5
):
    """Return people of the unit who may be the same: the name and one more detail alike."""
    alike = Q()
    if email:
        alike |= Q(email__iexact=email)
    if phone:
        alike |= Q(phone=phone) | Q(phone_home=phone) | Q(phone_work=phone)
    if born_on:
        alike |= Q(born_on=born_on)
    if joined_on:
        since = Membership.objects.filter(person=OuterRef("pk"), joined_on=joined_on)
        alike |= Q(Exists(since))
    if not alike:
        return Person.objects.none()
    named = Q(first_name__iexact=first_name, last_name__iexact=last_name)
    return Person.objects.of(unit).listed().filter(named, alike).order_by("pk")[:most]
