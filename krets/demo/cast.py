"""The officers of the invented association: people one comes to know when trying Krets."""

from dataclasses import dataclass, replace
from datetime import timedelta

from krets.register.access.kinds import Mandates

SETTLED = timedelta(days=800)


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


def cast(people, *, today):
    """Return the people with the officers' names given to as many settled members, oldest first."""
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
    return people
