"""The officers of the invented association: people one comes to know when trying Krets."""

from dataclasses import dataclass, replace
from datetime import timedelta

from krets.register.access.kinds import Mandates

SETTLED = timedelta(days=800)
LATELY, A_FILE_EVERY = 150, 30


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


def cast(people, *, today):
    """Return the people with the officers' names given to settled members, and four newcomers.

    The newcomers are those who joined last, moved to this week: they wait on Today.
    """
    settled = [
        place
        for place, person in enumerate(people)
        if person.is_member(today) and not person.protected and person.joined_on < today - SETTLED
    ]
    people = list(people)
    for place, officer in zip(settled, OFFICERS, strict=False):
        people[place] = replace(
            people[place],
            first_name=officer.first_name,
            last_name=officer.last_name,
            sex=officer.sex,
            email=officer.email,
            phone=people[place].phone or "070-174 06 09",
        )
    return _with_newcomers(_near_the_files(people, today), today)


def _near_the_files(people, today):
    """Return the people with those who joined lately moved to the days before a file comes.

    Files come every thirtieth day, so that a call can be in time only to those who joined then.
    """
    people = list(people)
    for place, person in enumerate(people):
        ago = (today - person.joined_on).days
        if person.is_member(today) and 5 < ago <= LATELY and place % 3:
            to_the_file = ago % A_FILE_EVERY
            joined_on = person.joined_on + timedelta(days=max(0, to_the_file - 1))
            people[place] = replace(person, joined_on=joined_on)
    return people


def _with_newcomers(people, today):
    latest = sorted(
        (place for place, person in enumerate(people) if person.is_member(today)),
        key=lambda place: people[place].joined_on,
    )[-len(NEWCOMERS) :]
    for place, (first_name, last_name, sex, days) in zip(latest, NEWCOMERS, strict=False):
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
