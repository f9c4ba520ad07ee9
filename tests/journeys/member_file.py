"""A member file as an old register writes it: title rows, semicolons, cp1252, and faults in it."""

from datetime import timedelta

from krets.demo.cast import cast
from krets.demo.files import register_file
from krets.demo.people import invent

HEADINGS = "Medlemsnr;Efternamn;Förnamn;Födelseår;E-postadress;Mobil;Gatuadress;Postnr;Ort;Inträde"
SETTLED = [
    ("Åström", "Gösta", 1948),
    ("Öberg", "Märta", 1955),
    ("Älvebring", "Per-Åke", 1961),
    ("Nguyen", "Thi", 1979),
    ("Lindqvist", "Anna-Karin", 1983),
    ("Haddad", "Samir", 1990),
    ("Järvinen", "Päivi", 1969),
    ("Strömbäck", "Ingegerd", 1944),
]
NEWCOMER = "Amina"
NUMBER = "070-174 06 21"
JOINED_DAYS_AGO = 2
GOOD, LEFT_OUT = len(SETTLED) + 2, 2


def member_file(today):
    """Return the file: nine settled members, one who joined this week, and three faults.

    A row says not whose it is, one is born in 2091, and one has an e-mail address that cannot be.
    """
    rows = [
        _row(number, last, first, born, f"medlem{number}@example.org")
        for number, (last, first, born) in enumerate(SETTLED, start=1001)
    ]
    joined_on = today - timedelta(days=JOINED_DAYS_AGO)
    rows.insert(3, ";;;1972;namnlos@example.org;;;;;2014-03-01")
    rows.insert(5, _row(1022, "Framtid", "Sven", 2091, "sven@example.org"))
    rows.append(_row(1023, "Palm", "Eva", 1958, "eva.palm(at)example"))
    rows.append(_row(1024, "Yusuf", NEWCOMER, 1996, "amina@example.org", NUMBER, joined_on))
    head = ["Framtidspartiet", f"Medlemslista {today:%Y-%m-%d}", "", HEADINGS]
    return "\r\n".join([*head, *rows, ""]).encode("cp1252")


def _row(number, last, first, born, email, phone="", joined_on="2014-03-01"):
    phone = phone or f"070-174 {number % 100:02} 30"
    address = f"Storgatan {number % 100};123 45;Björkvik"
    return f"{number};{last};{first};{born};{email};{phone};{address};{joined_on}"


def next_file(today, *, changed_every=9, gone=5):
    """Return a file for the demo with all there can be.

    Rows are new, changed, missing, near to somebody, and left out.
    """
    people = cast(invent(120, seed=1, today=today), today=today)
    head, blank, headings, *rows = register_file(people, today).decode("utf-8-sig").splitlines()
    changed = [
        row.replace("070-174", "070-175") if place % changed_every == 0 else row
        for place, row in enumerate(rows)
    ]
    born = today - timedelta(days=9000)
    ylva = f"{born};Kvinna;ylva@example.org;070-174 06 77"
    _number, last_name, *details = rows[0].split(";")
    more = [
        f"99001;Zetterberg;Ylva;{ylva};Nygatan 1;12345;Björkvik;{today}",
        ";".join(["", f"{last_name}h", *details]),
        f"99002;Framtid;Sven;2091-01-01;Man;;;Nygatan 3;12345;Björkvik;{today}",
        f"99003;Palm;Eva;{born};Kvinna;eva.palm(at)example;;Nygatan 4;12345;Björkvik;{today}",
    ]
    return "\r\n".join([head, blank, headings, *changed[gone:], *more]).encode()


def send_file(siv, file, sign):
    """Bring in a file, and wait for the sign that it was read."""
    siv.page.goto("/bjorkvik/register/imports/new/")
    siv.page.set_input_files(
        "input[type=file]", {"name": "medlemmar.csv", "mimeType": "text/csv", "buffer": file}
    )
    siv.page.locator("#form button.button--main").click()
    siv.page.wait_for_selector(sign, state="attached")
