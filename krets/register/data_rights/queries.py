"""What a member may know about the own data."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Case, Q, When

from krets.register.access.scope import Fields
from krets.register.looks.queries import Appearances, appearances, looks_at
from krets.register.mandates.models import Mandate
from krets.register.members.models import Fee, Membership, ReportedRole
from krets.register.members.queries import label, written
from krets.register.profiles.models import PersonTag, Tag
from krets.register.profiles.queries import story

_LATELY = timedelta(days=30)
DETAILS = (
    "first_name",
    "last_name",
    "said_as",
    "phone",
    "phone_home",
    "phone_work",
    "email",
    "care_of",
    "street",
    "postal_code",
    "city",
    "country",
    "born_on",
    "born_year",
    "sex",
    "language",
    "union",
    "occupation",
    "register_number",
    "sms_agreed_at",
    "no_calls_at",
    "supports_quietly_at",
    "protected_at",
)


@dataclass(frozen=True)
class OwnPage:
    """What one association has about oneself, and who has looked at it."""

    person: object
    joined_on: object
    learned_at: object
    left_on: object
    details: list
    words: list
    roles: list
    years_paid: list
    mandates: list
    ended: list
    contact: object
    looks: list
    shown: Appearances


def own_page(person, *, today):
    """Return everything on a person's own page, at a constant number of statements."""
    membership = _membership(person)
    mandates, ended = _mandates(person, today)
    return OwnPage(
        person=person,
        joined_on=membership.joined_on if membership else None,
        learned_at=membership.learned_at if membership else None,
        left_on=membership.left_on if membership else None,
        details=_details(person),
        words=_words(person),
        roles=_roles(person),
        years_paid=_years(person),
        mandates=mandates,
        ended=ended,
        contact=person.contact_person,
        looks=looks_at(person, today=today),
        shown=appearances(person, today=today),
    )


def own_story(person):
    """Return (what is next, what has happened) as officers read it; nothing is mended from there.

    Every field is opened: of what is written down about oneself nothing is kept from oneself.
    """
    told = story(person.unit, person, fields=frozenset(Fields))
    return tuple([replace(each, mend="", url="") for each in part] for part in told)


def _membership(person):
    mine = Membership.objects.filter(unit_id=person.unit_id, person=person)
    return mine.latest_first().first()


def _details(person):
    hidden = "born_year" if person.born_on else ""
    told = [(name, written(name, getattr(person, name))) for name in DETAILS if name != hidden]
    return [(label(name), value) for name, value in told if value]


def _words(person):
    mine = PersonTag.objects.filter(unit_id=person.unit_id, person=person).order_by("pk")
    carried = list(mine.values_list("tag__kind", "tag__word"))
    return [
        (kind.label, [word for its, word in carried if its == kind])
        for kind in Tag.Kind
        if any(its == kind for its, _word in carried)
    ]


def _roles(person):
    mine = ReportedRole.objects.filter(unit_id=person.unit_id, person=person)
    return list(mine.order_by("title").values_list("title", flat=True))


def _years(person):
    mine = Fee.objects.filter(unit_id=person.unit_id, person=person)
    return list(mine.order_by("-year").values_list("year", flat=True)[:10])


def _mandates(person, today):
    """Return (those held today, those that ended lately and are not held anew). One statement."""
    mine = Mandate.objects.filter(unit_id=person.unit_id, person=person)
    lately = today - _LATELY
    ran_out = Q(ended_at=None, ends_on__lt=today, ends_on__gte=lately)
    ended = (Q(ended_at__date__gte=lately) | ran_out) & Q(agreed_at__isnull=False)
    held = Q(pk__in=mine.current(today).values("pk"))
    found = mine.filter(held | ended).annotate(is_held=Case(When(held, then=1), default=0))
    columns = ("kind", "starts_on", "ends_on", "ended_at")
    found = list(found.only(*columns).order_by("kind", "pk"))
    current = [each for each in found if each.is_held]
    kinds = {each.kind for each in current}
    over = {each.kind: each for each in found if each.kind not in kinds}
    return current, list(over.values())
