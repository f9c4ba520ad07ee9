"""Who the invented members are, and what happens to them year by year.

Everything is drawn from one seeded generator in a fixed order, so the same seed, number and day
give the same people. The shares aimed at: age mean 47–55 with 15–25 % under 30, 45–55 % women,
tenure median 3–6 years, 8–15 % joining and 8–14 % leaving a year, 15–25 % unpaid on 1 July,
85–95 % with e-mail, 2–4 % moving a year, 1 % protected, 1 % with hard names.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from krets.demo import names

YEAR = 365.25
HALF_YEAR = 183
RECENT = 0.2
FIRST_YEAR_LEAVING = 0.22
LATER_LEAVING = 0.097
MOVES_A_YEAR = 0.033


@dataclass
class Invented:
    """One invented person as the central register would know them on any day."""

    number: int
    first_name: str
    last_name: str
    sex: str
    born_on: date
    joined_on: date
    left_on: date | None
    left_why: str
    email: str
    phone: str
    street: str
    postal_code: str
    city: str
    union: str
    trade: str
    language: str
    protected: bool
    paid: dict[int, date] = field(default_factory=dict)
    moves: list[tuple[date, str, str, str]] = field(default_factory=list)
    wants: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    cares: list[str] = field(default_factory=list)

    def is_member(self, day):
        """Return whether the register counts the person as a member on the day."""
        return self.joined_on <= day and (self.left_on is None or self.left_on > day)

    def joining(self, day, **known):
        """Return the person as if they had joined on the day: nothing is paid before it."""
        paid = {year: max(paid_on, day) for year, paid_on in self.paid.items() if year >= day.year}
        return replace(self, joined_on=day, paid=paid, **known)

    def lives(self, day):
        """Return (street, postal code, city) on the day."""
        place = (self.street, self.postal_code, self.city)
        for moved_on, *new in self.moves:
            if moved_on <= day:
                place = tuple(new)
        return place


def invent(members, *, seed, today):
    """Return the people of an association that has `members` members about `today`.

    Those who left within the last year and a half are among them, so that leaving is seen too.
    """
    chance = random.Random(f"{seed}:{members}")
    since = today - timedelta(days=HALF_YEAR * 3)
    drawn = []
    standing = 0
    while standing < members:
        person = _draw(chance, len(drawn), today=today, since=since)
        if person is None:
            continue
        drawn.append(person)
        standing += person.is_member(today)
    return _numbered(drawn)


def _draw(chance, position, *, today, since):
    """Draw one person; None when they left before anything that is shown."""
    joined_on = _joined(chance, today)
    left_on, left_why = _left(chance, joined_on, today)
    if left_on is not None and left_on < since:
        return None
    born_on = _born(chance, joined_on)
    sex = chance.choice("KM")
    first, last = _name(chance, born_on.year, sex)
    place, postal_code = _place(chance)
    person = Invented(
        number=position,
        first_name=first,
        last_name=last,
        sex=sex,
        born_on=born_on,
        joined_on=joined_on,
        left_on=left_on,
        left_why=left_why,
        email=_email(chance, first, last, position),
        phone=_phone(chance, position),
        street=_street(chance),
        postal_code=postal_code,
        city=place,
        union=chance.choice(names.UNIONS.split(",")) if chance.random() < 0.45 else "",
        trade=_trade(chance, born_on, today),
        language=chance.choice(names.LANGUAGES.split(",")),
        protected=chance.random() < 0.004,
    )
    if person.union:
        person.union = names.UNION_OF.get(person.trade, person.union)
    _pay(chance, person, today)
    _move(chance, person, today)
    person.wants = _some(chance, names.WANTS, 3)
    person.skills = _some(chance, names.SKILLS, 2)
    person.cares = _some(chance, names.CARES, 3)
    return person


def _joined(chance, today):
    """Draw a joining day: an inflow over forty years that grows slowly, a little more in autumn."""
    years = 12 if chance.random() < RECENT else 40
    days = int(chance.random() * years * YEAR)
    day = today - timedelta(days=days)
    if day.month in {6, 7} and chance.random() < 0.4:
        day -= timedelta(days=75)
    return day


def _left(chance, joined_on, today):
    """Draw whether and when the person has left, year by year: the first year is the weak point."""
    day = joined_on
    rate = FIRST_YEAR_LEAVING
    while day < today:
        if chance.random() < rate:
            gone = day + timedelta(days=chance.randrange(60, 365))
            return (gone, _why(chance)) if gone <= today else (None, "")
        day += timedelta(days=365)
        rate = LATER_LEAVING
    return None, ""


def _why(chance):
    return chance.choices(
        ["ej betalt", "egen begäran", "flyttat", "avliden"], weights=[58, 22, 13, 7]
    )[0]


def _born(chance, joined_on):
    """Draw a birthday that makes the members of today 47–55 on average, some of them young."""
    age = chance.triangular(16, 34, 22) if chance.random() < 0.41 else chance.gauss(53, 12.5)
    age = min(max(age, 16), 84)
    return joined_on - timedelta(days=int(age * YEAR) + chance.randrange(365))


def _name(chance, year, sex):
    if chance.random() < 0.008:
        return chance.choice(names.HARD)
    women, men = next(
        ((women, men) for until, women, men in names.FIRST if year <= until), names.FIRST[-1][1:]
    )
    return chance.choice((women if sex == "K" else men).split()), chance.choice(names.LAST)


def _place(chance):
    weights = [weight for _city, _code, weight in names.PLACES]
    city, code, _weight = chance.choices(names.PLACES, weights=weights)[0]
    return city, code


def _street(chance):
    flat = chance.choice(["", "", "", " A", " B", " lgh 1102"])
    return f"{chance.choice(names.STREETS)} {chance.randrange(1, 68)}{flat}"


def _email(chance, first, last, position):
    if chance.random() > 0.9:
        return ""
    plain = f"{first}.{last}".lower().translate(str.maketrans("åäöéü ’ı", "aaoeu--i"))
    plain = "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign in ".-"))
    return f"{plain.strip('.-') or 'medlem'}{position}@example.org"


def _phone(chance, position):
    """Return a number of the series kept for fiction (070-174 06 05 to 99), or none."""
    if chance.random() > 0.93:
        return ""
    return f"070-174 06 {5 + position % 95:02d}"


def _trade(chance, born_on, today):
    age = (today - born_on).days / YEAR
    if age >= 66:
        return "pensionär"
    if age < 24 and chance.random() < 0.6:
        return "student"
    return chance.choice(names.TRADES.split(","))


def _pay(chance, person, today):
    """Draw the fees of the last three years: most in winter, a fifth not until after 1 July."""
    careful = chance.random()
    for year in range(today.year - 2, today.year + 1):
        if person.joined_on.year > year:
            continue
        if person.joined_on.year == year:
            person.paid[year] = person.joined_on
            if person.joined_on.month >= 10:
                person.paid[year + 1] = person.joined_on
            continue
        if person.paid.get(year):
            continue
        day = _paid_on(chance, year, careful)
        if day and (person.left_on is None or day < person.left_on):
            person.paid[year] = day


def _paid_on(chance, year, careful):
    if careful < 0.80:
        return date(year, 1, 5) + timedelta(days=int(chance.triangular(0, 165, 30)))
    if chance.random() < 0.62:
        return date(year, 7, 5) + timedelta(days=chance.randrange(0, 150))
    return None


def _move(chance, person, today):
    for back in (1, 0):
        if chance.random() < MOVES_A_YEAR:
            moved_on = today - timedelta(days=back * 365 + chance.randrange(10, 360))
            if moved_on > person.joined_on:
                city, code = _place(chance)
                person.moves.append((moved_on, _street(chance), code, city))


def _some(chance, words, most):
    words = words.split(",")
    return chance.sample(words, chance.randrange(0, most + 1))


def _numbered(drawn):
    """Give register numbers in the order of joining, as a central register does."""
    ordered = sorted(drawn, key=lambda person: (person.joined_on, person.number))
    return [replace(person, number=40_000 + place) for place, person in enumerate(ordered)]
