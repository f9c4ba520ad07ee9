"""What mandates can be asked."""

from datetime import timedelta
from difflib import SequenceMatcher

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext as _

from krets.kit.tables.swedish import fold
from krets.register.access.kinds import BOARD
from krets.register.access.permissions import Permission
from krets.register.accounts.models import Account
from krets.register.mandates.models import Mandate
from krets.register.members.models import Membership, Person
from krets.register.members.queries import name_of_account

# Until the new board is recorded, at most 15 months where the annual meeting is not known.
LONGEST_TERM = timedelta(days=456)
SOON = timedelta(days=30)
MOST, SHOWN = 5, 10
FEWEST_LETTERS = 3
READ = 2000
ALIKE = 0.88


def current(unit, today):
    """Return today's mandates in the unit with their persons, in Swedish order of names.

    `has_left` marks one that is kept only until somebody else holds it.
    """
    return (
        Mandate.objects.of(unit)
        .current(today)
        .select_related("person")
        .only("kind", "starts_on", "ends_on", "unit_id", "person__first_name", "person__last_name",
              "person__register_number", "person__sort_key", "person__trail_key",
              "person__account_id")
        .annotate(has_left=_has_left())
        .order_by("person__sort_key", "pk")
    )  # fmt: skip


def waiting(unit):
    """Return mandates that wait for a second of the board to agree."""
    return (
        Mandate.objects.of(unit)
        .filter(agreed_at=None, ended_at=None)
        .select_related("person__account")
        .order_by("given_at", "pk")
    )


def for_second(viewer):
    """Return mandates that the viewer may be the second to agree to: not of, nor to, oneself."""
    if not viewer.may(Permission.MANDATE_AGREE):
        return Mandate.objects.none()
    others = waiting(viewer.unit).exclude(given_by=viewer.account)
    return others.exclude(person__account=viewer.account)


def holders(unit, kinds, today):
    """Return ids of the persons who hold any of the kinds today."""
    return set(
        Mandate.objects.of(unit)
        .current(today)
        .filter(kind__in=kinds)
        .values_list("person_id", flat=True)
    )


def term_end(unit, today):
    """Return the day a new mandate ends unless another is chosen: with the board's own.

    Where their day is not known, or is soon here, it is fifteen months on (decision 16).
    """
    board = Mandate.objects.of(unit).current(today).filter(kind__in=BOARD)
    running = board.filter(ends_on__gt=today + SOON, ends_on__lte=today + LONGEST_TERM)
    return running.aggregate(day=Max("ends_on"))["day"] or today + LONGEST_TERM


def refusal_to_end(mandate, viewer):
    """Return why the viewer cannot end the mandate, whatever it holds, or an empty string."""
    if mandate.ended_at:
        return _("The mandate has already ended.")
    if mandate.kind not in viewer.gives():
        return _("Your own mandate does not let you end this one. Ask the chair.")
    return ""


def signs_in_as(unit_id, account):
    """Return who in the unit signs in with the account, or None."""
    return Person.objects.filter(unit_id=unit_id, account=account).first()


def known_by_address(mandate):
    """Return others here whose address in the register is the one the holder signs in with."""
    if mandate.person.account is None:
        return []
    others = Person.objects.of(mandate.unit).listed().exclude(pk=mandate.person_id)
    return list(others.filter(email__iexact=mandate.person.account.email).order_by("pk")[:MOST])


def of_those_gone(unit):
    """Return open mandates of people who have died, or left since they were given them."""
    gone = Q(person__deceased_on__isnull=False) | _has_left()
    open_now = Mandate.objects.of(unit).filter(gone, ended_at=None)
    return open_now.select_related("person", "unit").order_by("pk")


def accounts_of_those_gone(unit):
    """Return open sign-ins of people here who are gone and are nobody anywhere else either."""
    gone = _people_who_sign_in().filter(~Q(_here()), unit=unit)
    here = _people_who_sign_in().filter(_here())
    return Account.objects.filter(Exists(gone), ~Exists(here), is_active=True).order_by("pk")


def accounts_back(unit):
    """Return closed sign-ins of people here who are members again after all."""
    back = _people_who_sign_in().filter(_is_member(), unit=unit, deceased_on=None)
    return Account.objects.filter(Exists(back), is_active=False).order_by("pk")


def any_signs_in(unit_id, person_ids):
    """Return whether any of the people has a sign-in."""
    people = Person.objects.filter(unit_id=unit_id, pk__in=person_ids)
    return people.filter(account__isnull=False).exists()


def _has_left():
    """Say that the holder of a mandate has left since it was given, and is no member now."""
    left = Membership.objects.filter(
        person=OuterRef("person"), left_learned_at__gte=OuterRef("given_at")
    )
    return Exists(left) & ~Exists(Membership.objects.filter(person=OuterRef("person")).current())


def _people_who_sign_in():
    return Person.objects.filter(account=OuterRef("pk"))


def _here():
    """Say that a person is a member, has a mandate, or was never more than somebody known."""
    known = Membership.objects.filter(person=OuterRef("pk"))
    held = Mandate.objects.filter(person=OuterRef("pk"), ended_at=None)
    return Q(deceased_on=None) & (Q(_is_member()) | Exists(held) | ~Exists(known))


def _is_member():
    return Exists(Membership.objects.filter(person=OuterRef("pk")).current())


def giver_of(mandate):
    """Return the name here of whoever gave the mandate, empty where Krets itself did."""
    given = Mandate.objects.filter(pk=mandate.pk).annotate(who=name_of_account("given_by"))
    return given.values_list("who", flat=True).get()


def found(unit, words):
    """Return the people whom words may mean, to give one a mandate; None for too little to go by.

    By the whole e-mail address, or by the beginnings of names; a name of two letters is enough
    where it is somebody's whole one. Where nobody is called exactly like that, those whose name is
    nearly so. Whoever gives a mandate knows the name: no more than a few are shown unless the first
    and last name are written. Protected people and the dead are not found.
    """
    words = " ".join(words.replace("\x00", "").split())
    people = _listed(unit)
    if "@" in words:
        return list(people.filter(_by_address(words)).order_by("sort_key", "pk")[:MOST])
    alike = [person for person in _begins(people, words) if _is_called(person, words)]
    if len(fold(words)) < FEWEST_LETTERS:
        whole = [person for person in alike if fold(words) in fold(person.name).split()]
        return whole if 0 < len(whole) <= MOST else None
    if len(alike) > MOST and not all(_is_whole_name(person, words) for person in alike[:SHOWN]):
        return None
    return (alike or _nearly(people, words)[:MOST])[:SHOWN]


def likely(unit, *, first_name, last_name, email):
    """Return who a name that is to be written down may be already: by address or (nearly) name."""
    people = _listed(unit)
    by_address = list(people.filter(_by_address(email)).order_by("sort_key", "pk")[:MOST])
    by_name = _nearly(people, f"{first_name} {last_name}")
    return list({person.pk: person for person in [*by_address, *by_name]}.values())[:MOST]


def _listed(unit):
    people = Person.objects.of(unit).listed().filter(deceased_on=None)
    return people.only("first_name", "last_name", "register_number", "email", "account_id")


def _by_address(email):
    email = email.strip()
    return Q(email__iexact=email) | Q(account__email__iexact=email)


def _begins(people, words):
    for word in fold(words).split():
        people = people.filter(Q(search__startswith=word) | Q(search__contains=f" {word}"))
    return people.order_by("sort_key", "pk")[:READ]


def _is_called(person, words):
    """Say that each word begins a name: what is searched also holds addresses and numbers."""
    names = fold(person.name).split()
    return all(any(name.startswith(word) for name in names) for word in fold(words).split())


def _is_whole_name(person, words):
    return sorted(fold(words).split()) == sorted(fold(person.name).split())


def _nearly(people, words):
    """Return those whose name is the one written but for a letter or two, the likest first."""
    words = fold(words)
    begins = Q(pk__in=[])
    for word in words.split():
        begins |= Q(search__startswith=word[:2]) | Q(search__contains=f" {word[:3]}")
    likeness = [
        (SequenceMatcher(None, words, fold(person.name)).ratio(), person)
        for person in people.filter(begins).order_by("sort_key", "pk")[:READ]
    ]
    near = sorted((pair for pair in likeness if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [person for _ratio, person in near]
