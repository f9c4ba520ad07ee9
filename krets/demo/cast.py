"""The officers of the invented association: people one comes to know when trying Krets."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from krets.demo.files import file_days
from krets.register.access.kinds import Mandates

SETTLED, A_WEEK = timedelta(days=800), timedelta(days=7)
LATELY = 150


@dataclass(frozen=True)
class Officer:
    """An officer by name, and the mandates they are given."""

    first_name: str
    last_name: str
    sex: str
    kinds: tuple[str, ...]

    @property
    def email(self):
        plain = f"{self.first_name}.{self.last_name}".lower()
        return plain.translate(str.maketrans("åäöé", "aaoe")) + "@example.org"


# The first sets Krets up and is membership officer throughout.
OFFICERS = [
    Officer("Siv", "Öberg", "K", (Mandates.MEMBERSHIP_OFFICER,)),
    Officer("Alva", "Ek", "K", (Mandates.CHAIR,)),
    Officer("Omar", "Karimi", "M", (Mandates.VICE_CHAIR, Mandates.CONTACT_PERSON)),
    Officer("Mona", "Nyström", "K", (Mandates.SECRETARY,)),
    Officer("Torbjörn", "Dahl", "M", (Mandates.TREASURER,)),
    Officer("Elin", "Falk", "K", (Mandates.BOARD_MEMBER,)),
    Officer("Bo", "Lind", "M", (Mandates.CALLER,)),
    Officer("Lena", "Holm", "K", (Mandates.CALLER,)),
    Officer("Hassan", "Haddad", "M", (Mandates.CALLER,)),
    Officer("Arne", "Blom", "M", (Mandates.AUDITOR,)),
]


# Who joined this week: (first name, last name, sex, days ago).
NEWCOMERS = [
    ("Tuan", "Nguyen", "M", 4),
    ("Amina", "Yusuf", "K", 3),
    ("Elsa", "Lindqvist", "K", 2),
    ("Jonas", "Ahlgren", "M", 1),
]


# Below so many members one sits on several chairs: five officers, two newcomers, and a few more.
SMALL = 20
FEW_OFFICERS, FEW_NEWCOMERS = OFFICERS[:5], NEWCOMERS[1:3]
# When those of a small association joined who have been welcomed: days ago, as files came in.
WELCOMED = (61, 122)


def cast(people, *, today):
    """Return the people with the officers' names given to settled members, and four newcomers.

    The newcomers are those who joined last, moved to this week: they wait on Today. The
    officers have paid; a small association has fewer of all.
    """
    if sum(person.is_member(today) for person in people) < SMALL:
        people = _with_officers(people, FEW_OFFICERS, today)
        return _welcomed(_with_newcomers(people, FEW_NEWCOMERS, today), today)
    people = _near_the_files(_with_officers(people, OFFICERS, today), today)
    people = [_paid_up(person, today) if _is_officer(person) else person for person in people]
    return _with_newcomers(people, NEWCOMERS, today)


def _with_officers(people, officers, today):
    settled = [
        place
        for place, person in enumerate(people)
        if person.is_member(today) and not person.protected and person.joined_on < today - SETTLED
    ]
    people = list(people)
    for place, officer in zip(settled, officers, strict=False):
        people[place] = replace(
            people[place],
            first_name=officer.first_name,
            last_name=officer.last_name,
            sex=officer.sex,
            email=officer.email,
            phone=people[place].phone or "070-174 06 09",
        )
    return people


def _welcomed(people, today):
    """Return the people with two who joined this year after all, and nobody's fee forgotten."""
    others = [
        place
        for place, person in enumerate(people)
        if person.is_member(today - A_WEEK) and person.left_on is None and not _is_officer(person)
    ]
    others.sort(key=lambda place: people[place].joined_on)
    for place, days in zip(others[-len(WELCOMED) :], WELCOMED, strict=False):
        joined_on = today - timedelta(days=days)
        phone = people[place].phone or "070-174 06 08"
        people[place] = people[place].joining(joined_on, phone=phone)
    return [_paid_up(person, today) for person in people]


def _is_officer(person):
    return any(person.email == officer.email for officer in OFFICERS)


def _paid_up(person, today):
    if not person.is_member(today):
        return person
    first = max(person.joined_on.year, today.year - 2)
    paid = {
        year: person.paid.get(year) or max(person.joined_on, min(date(year, 2, 1), today))
        for year in range(first, today.year + 1)
    }
    return replace(person, paid=paid)


def _near_the_files(people, today):
    """Return the people with those who joined lately moved to the days before a file comes.

    Files come once a month, so that a call can be in time only to those who joined then.
    """
    people, days = list(people), file_days(today)
    for place, person in enumerate(people):
        ago = (today - person.joined_on).days
        if person.is_member(today) and 5 < ago <= LATELY and place % 3:
            to_the_file = (
                min(day for day in days if day >= person.joined_on) - person.joined_on
            ).days
            joined_on = person.joined_on + timedelta(days=max(0, to_the_file - 1))
            people[place] = person.joining(joined_on)
    return people


def _with_newcomers(people, newcomers, today):
    latest = sorted(
        (place for place, person in enumerate(people) if person.is_member(today)),
        key=lambda place: people[place].joined_on,
    )[-len(newcomers) :]
    for place, (first_name, last_name, sex, days) in zip(latest, newcomers, strict=False):
        joined_on = today - timedelta(days=days)
        people[place] = replace(
            people[place],
            first_name=first_name,
            last_name=last_name,
            sex=sex,
            joined_on=joined_on,
            paid={joined_on.year: joined_on},
            moves=[],
            email=f"{first_name}.{last_name}@example.org".lower(),
            phone=f"070-174 06 {20 + days}",
            protected=False,
        )
    return people
