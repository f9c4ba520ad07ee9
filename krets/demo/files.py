"""The file that the central register would have exported on a day."""

import csv
import io
from datetime import timedelta

MONTHS = 12
SHORTEST = 28

HEADINGS = [
    "Medlemsnummer",
    "Efternamn",
    "Förnamn",
    "Födelsedatum",
    "Kön",
    "E-post",
    "Mobiltelefon",
    "Gatuadress",
    "Postnummer",
    "Postort",
    "Medlem sedan",
    "Utträdesdatum",
    "Utträdesorsak",
    "Fackförbund",
    "Yrke",
    "Språk",
    "Skyddad identitet",
]
# How long the register still shows somebody who left, with day and reason.
SHOWN_AFTER_LEAVING = timedelta(days=45)


def file_days(today):
    """Return the days of the year on which a file comes, one a month; the last is today."""
    days = [today]
    while len(days) <= MONTHS:
        last_of_month = days[-1].replace(day=1) - timedelta(days=1)
        days.append(last_of_month.replace(day=min(today.day, SHORTEST)))
    return days[::-1]


def register_file(people, day):
    """Return the export as bytes: semicolons, UTF-8 with a mark, a title row above the headings."""
    years = range(day.year - 2, day.year + 1)
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow([f"Medlemslista {day:%Y-%m-%d}"])
    rows.writerow([])
    rows.writerow([*HEADINGS, *(f"Avgift {year}" for year in years)])
    for person in people:
        if _stands(person, day):
            rows.writerow(_row(person, day, years))
    return text.getvalue().encode("utf-8-sig")


def _stands(person, day):
    """Tell whether the register lists the person; one leaver in six is gone without a word."""
    if person.is_member(day):
        return True
    left = person.left_on is not None and person.joined_on <= day
    recent = left and person.left_on > day - SHOWN_AFTER_LEAVING
    return recent and person.number % 6 != 0


def _row(person, day, years):
    street, postal_code, city = person.lives(day)
    has_left = person.left_on is not None and person.left_on <= day
    return [
        person.number,
        person.last_name,
        person.first_name,
        f"{person.born_on:%Y-%m-%d}",
        "Kvinna" if person.sex == "K" else "Man",
        person.email,
        person.phone,
        street,
        postal_code,
        city,
        f"{person.joined_on:%Y-%m-%d}",
        f"{person.left_on:%Y-%m-%d}" if has_left else "",
        person.left_why if has_left else "",
        person.union,
        person.trade,
        person.language,
        "Ja" if person.protected else "",
        *(_paid(person, year, day) for year in years),
    ]


def _paid(person, year, day):
    paid_on = person.paid.get(year)
    return f"{paid_on:%Y-%m-%d}" if paid_on and paid_on <= day else ""
