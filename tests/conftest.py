"""The cast: Björkvik and the people in it, and Doris who chairs the neighbours."""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.conf import settings as configuration
from django.utils import translation
from hypothesis import settings

from krets.register.access.viewer import Viewer
from krets.register.members.keys import keys_of
from krets.register.models import Account, Mandate, Membership, Organisation, Person, Unit

# No test says how fast: on a machine that has other things to do, a slow example is no fault.
settings.register_profile("krets", deadline=None)
settings.load_profile("krets")

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def plain_language():
    """Begin each test in the product's own language: a request leaves its language behind."""
    translation.activate(configuration.LANGUAGE_CODE)


def make_person(unit, first_name, last_name="", *, joined_on=None, **fields):
    """Make a person; a member when `joined_on` is given."""
    person = Person(
        unit=unit, first_name=first_name, last_name=last_name, created_at=NOON, **fields
    )
    person.sort_key, person.search = keys_of(person)
    person.save()
    if joined_on:
        Membership.objects.create(unit=unit, person=person, joined_on=joined_on, learned_at=NOON)
    return person


def give(person, *kinds, starts_on=date(2026, 1, 1), ends_on=None):
    """Give a person mandates, with an account to sign in by; return the viewer."""
    if person.account is None:
        person.account = Account.objects.create(
            email=f"{person.first_name.lower()}.{person.unit.slug}@example.org",
            language="en",
            created_at=NOON,
            confirmed_at=NOON,
        )
        person.save(update_fields=["account"])
    for kind in kinds:
        Mandate.objects.create(
            unit=person.unit,
            person=person,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            given_at=NOON,
            agreed_at=NOON,
        )
    return Viewer.of(person.account, person.unit.slug, TODAY)


def make_association(party, name, slug):
    return Unit.objects.create(
        organisation=party.organisation,
        parent=party,
        kind=Unit.Kind.ASSOCIATION,
        name=name,
        slug=slug,
        created_at=NOON,
    )


@pytest.fixture
def party(db):
    organisation = Organisation.objects.create(name="Partiet", created_at=NOON)
    return Unit.objects.create(
        organisation=organisation,
        kind=Unit.Kind.PARTY,
        name="Partiet",
        slug="partiet",
        created_at=NOON,
    )


@pytest.fixture
def cast(party):
    """Björkvik: Alva chairs, Siv is membership officer, Bo calls, Arne audits, Cecilia is a member.

    Granby next door: Doris chairs and is its membership officer, Gun is a member there.
    Viewers (`alva`, `siv`, …) act in their own unit; `.person` is the human.
    """
    bjorkvik = make_association(party, "Björkvik", "bjorkvik")
    granby = make_association(party, "Granby", "granby")
    joined = date(2019, 3, 1)
    people = {
        name: make_person(unit, name.capitalize(), last, joined_on=joined, phone=phone)
        for name, last, unit, phone in [
            ("alva", "Ek", bjorkvik, "+46701740601"),
            ("siv", "Öberg", bjorkvik, "+46701740602"),
            ("bo", "Lind", bjorkvik, "+46701740603"),
            ("arne", "Holm", bjorkvik, "+46701740604"),
            ("cecilia", "Åström", bjorkvik, "+46701740605"),
            ("doris", "Berg", granby, "+46701740606"),
            ("gun", "Dahl", granby, "+46701740607"),
        ]
    }
    return SimpleNamespace(
        bjorkvik=bjorkvik,
        granby=granby,
        alva=give(people["alva"], "chair"),
        siv=give(people["siv"], "membership_officer"),
        bo=give(people["bo"], "caller"),
        arne=give(people["arne"], "auditor"),
        cecilia=people["cecilia"],
        doris=give(people["doris"], "chair", "membership_officer"),
        gun=people["gun"],
    )


# What does not count as a statement: the frame of a transaction, and naming the unit to it.
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT set_config")


@pytest.fixture
def statements(django_assert_max_num_queries):
    """Return a maker of a block that catches the statements that count, as a list of SQL."""

    @contextmanager
    def caught():
        counted = []
        with django_assert_max_num_queries(10_000) as captured:
            yield counted
        counted += [
            query["sql"]
            for query in captured.captured_queries
            if not query["sql"].lstrip().startswith(FRAME)
        ]

    return caught
