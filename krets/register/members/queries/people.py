"""Who somebody is, and who somebody may be."""

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim

from krets.register.members.models import Person


def names(unit, ids):
    """Return {id: name} of people of the unit. One statement."""
    people = Person.objects.of(unit).filter(pk__in=ids)
    shown = people.only("first_name", "last_name", "register_number")
    return {person.pk: person.name for person in shown}


def name_of_account(path="by"):
    """Return an expression: the name, in the row's unit, of whoever signed with the account."""
    people = Person.objects.filter(account=OuterRef(f"{path}_id"), unit=OuterRef("unit_id"))
    whole = Trim(Concat("first_name", Value(" "), "last_name"))
    return Coalesce(
        Subquery(people.order_by("pk").values(name=NullIf(whole, Value("")))[:1]), Value("")
    )


def namesakes(unit, *, first_name, last_name, email="", phone="", born_on=None, most=5):
    """Return people of the unit who may be the same: the name and one more detail alike."""
    alike = Q()
    if email:
        alike |= Q(email__iexact=email)
    if phone:
        alike |= Q(phone=phone) | Q(phone_home=phone) | Q(phone_work=phone)
    if born_on:
        alike |= Q(born_on=born_on)
    if not alike:
        return Person.objects.none()
    named = Q(first_name__iexact=first_name, last_name__iexact=last_name)
    return Person.objects.of(unit).listed().filter(named, alike).order_by("pk")[:most]
