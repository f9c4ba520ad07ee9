"""How fast a member file comes in, and how long anybody else must wait meanwhile.

    python benchmarks/import_.py [--rows 100000] [--kinds csv,xlsx]

For each kind of file, into an empty register and into a full one: reading alone, preview and
saving in rows a second, the memory of the reading process, the time of the one transaction that
saves, and the longest wait of another process that writes all the while. Against them stand
reading the file raw, and a bare executemany of as many rows. Rows a second of processor time
(cpu) are told too: they hold on a machine that has other things to do.
"""

import argparse
import csv
import random
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import common

HEAD = (
    *("Medlemsnr", "Förnamn", "Efternamn", "Födelsedatum", "Kön", "E-post", "Mobil", "Adress"),
    *("Postnr", "Ort", "Medlem sedan", "Förening", "2025", "2026"),
)
FIRST = [
    "Anna",
    "Erik",
    "Maria",
    "Lars",
    "Karin",
    "Åsa",
    "Öjvind",
    "Amina",
    "Tuan",
    "Elsa",
    "Björn",
    "Siv",
    "Omar",
    "Lena",
    "Göran",
    "Fatima",
]
LAST = [
    "Andersson",
    "Öberg",
    "Åkesson",
    "Lindqvist",
    "Nguyen",
    "Yusuf",
    "Holm",
    "Karimi",
    "Berg",
    "Ek",
    "Sandström",
    "Wallin",
]
DAYS = 27_000
STREETS = [
    "Storgatan",
    "Kvarngatan",
    "Strandvägen",
    "Prästgården",
    "Sjögatan",
    "Ekvägen",
    "Björkallén",
]
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def rows_of(count, *, seed=1):
    """Yield the cells of so many invented members.

    About four share each birth date, but never a first name too: no two are to be asked about.
    """
    chance = random.Random(seed)
    for number in range(count):
        first = FIRST[(number + 5 * (number // DAYS)) % len(FIRST)]
        last = chance.choice(LAST) + chance.choice(["", "", " Berg"])
        born = date(1935, 1, 1) + timedelta(days=number % DAYS)
        joined = date(2005, 1, 1) + timedelta(days=chance.randrange(7_000))
        yield (
            str(100_000 + number),
            first.upper() if number % 10 == 0 else first,
            last.upper() if number % 10 == 0 else last,
            born.isoformat(),
            chance.choice("KM"),
            _address(first, last, number) if number % 12 else "",
            f"070-{100 + number // 10_000:03d} {number // 100 % 100:02d} {number % 100:02d}",
            f"{chance.choice(STREETS)} {chance.randrange(120)}",
            f"{chance.randrange(100, 999)} {chance.randrange(10, 99)}",
            "Björkvik",
            joined.isoformat(),
            "Björkvik",
            "X" if number % 5 else "",
            "2026-01-15" if number % 3 else "",
        )


def _address(first, last, number):
    name = f"{first}.{last}{number}".replace(" ", "").lower()
    return name.translate(str.maketrans("åäö", "aao")) + "@example.org"


def write_csv(path, count):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEAD, *rows_of(count)])


def write_xlsx(path, count):
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Medlemmar")
        sheet.write_row(0, 0, HEAD)
        for at, cells in enumerate(rows_of(count), start=1):
            sheet.write_row(at, 0, cells)


WRITERS = {"csv": write_csv, "xlsx": write_xlsx}


def association(number):
    """Make an association with nobody in it."""
    from krets.register.models import Organisation, Unit

    organisation, _ = Organisation.objects.get_or_create(name="Measure", created_at=AT)
    party, _ = Unit.objects.get_or_create(
        kind="party",
        slug="measure",
        defaults={"organisation": organisation, "name": "Measure", "created_at": AT},
    )
    return Unit.objects.create(
        organisation=organisation,
        parent=party,
        kind="association",
        name="Björkvik",
        slug=f"bjorkvik{number}",
        created_at=AT,
    )


def read_raw(path):
    """Read every row and do nothing with it; return (seconds, peak memory of the reader in MB)."""
    from krets.kit.tables.reader import read

    start = time.perf_counter()
    with read(path) as table, Memory(table._process.pid) as memory:  # noqa: SLF001 -- measured from outside
        for _batch in table.rows():
            pass
    return time.perf_counter() - start, memory.peak


class Memory:
    """Watches how much memory a process holds."""

    def __init__(self, pid):
        self.pid, self.peak, self._stop = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_exception):
        self._stop.set()
        self._thread.join()

    def _watch(self):
        while not self._stop.wait(0.02):
            try:
                pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
            except (OSError, IndexError):
                return
            self.peak = max(self.peak, pages * 4096 / 2**20)


class Knocking:
    """Another process that writes a little all the while, and tells its longest wait."""

    def __enter__(self):
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--knock"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._process.stdout.readline()
        return self

    def __exit__(self, *_exception):
        out, _ = self._process.communicate("stop\n")
        self.longest = float(out.strip().splitlines()[-1])


def knock():
    """Write and read until told to stop; print the longest wait in seconds."""
    import django

    django.setup()
    from krets.register.models import Organisation

    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()
    Organisation.objects.update(name="Measure")
    print("ready", flush=True)
    longest = 0.0
    while not stop.wait(0.01):
        start = time.perf_counter()
        Organisation.objects.update(name="Measure")
        longest = max(longest, time.perf_counter() - start)
    print(longest)


def measure(path, count, number):
    """Bring the file in twice: into an empty register, and into the one it made full."""
    from krets.register.imports import commands, run
    from krets.register.imports.commands import saving

    unit = association(number)
    locked = []
    save = saving.save

    def timed_save(*args, **kwargs):
        start, spent = time.perf_counter(), time.process_time()
        try:
            return save(*args, **kwargs)
        finally:
            locked.append((time.perf_counter() - start, time.process_time() - spent))

    saving.save = timed_save
    figures = {}
    for register in ("empty", "full"):
        with Knocking() as others:
            start, spent = time.perf_counter(), time.process_time()
            importing = run.look(unit, path, by=None, at=AT)
            previewed, previewing = time.perf_counter() - start, time.process_time() - spent
        with Knocking() as while_saving:
            start, spent = time.perf_counter(), time.process_time()
            commands.ask_to_apply(importing, sure=True, enqueued=False, by=None, at=AT)
            commands.apply(importing, at=AT)
            applied, applying = time.perf_counter() - start, time.process_time() - spent
        counts = (importing.new_count, importing.changed_count, importing.unchanged_count)
        assert counts == ((count, 0, 0) if register == "empty" else (0, 0, count)), counts
        figures[register] = {
            "preview_rows_per_s": round(count / previewed),
            "apply_rows_per_s": round(count / applied),
            "preview_rows_per_cpu_s": round(count / previewing),
            "apply_rows_per_cpu_s": round(count / applying),
            "locked_s": round(locked[-1][0], 2),
            "locked_cpu_s": round(locked[-1][1], 2),
            "longest_wait_preview_s": round(others.longest, 2),
            "longest_wait_apply_s": round(while_saving.longest, 2),
        }
    saving.save = save
    return figures


def bare_insert(count):
    """Return the rows a second of a bare executemany of as many cells, for comparison."""
    from django.db import connection, transaction

    marks = ", ".join(["%s"] * len(HEAD))
    columns = ", ".join(f"c{at} text" for at in range(len(HEAD)))
    rows = list(rows_of(count))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare_rows ({columns})")
        start = time.perf_counter()
        with transaction.atomic():
            cursor.executemany(f"INSERT INTO bare_rows VALUES ({marks})", rows)  # noqa: S608 -- our own
        taken = time.perf_counter() - start
        cursor.execute("DROP TABLE bare_rows")
    return round(count / taken)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--kinds", default="csv,xlsx")
    parser.add_argument("--knock", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.knock:
        knock()
        return
    folder = common.begin("import")
    told, result = [], {"rows": options.rows}
    result["bare_executemany_rows_per_s"] = bare_insert(options.rows)
    for number, kind in enumerate(options.kinds.split(",")):
        path = folder / f"members.{kind}"
        WRITERS[kind](path, options.rows)
        seconds, memory = read_raw(path)
        figures = measure(path, options.rows, number)
        figures["read_rows_per_s"] = round(options.rows / seconds)
        figures["reader_mb"] = round(memory)
        result[kind] = figures
        for register in ("empty", "full"):
            each = figures[register]
            told.append(
                [kind, register, figures["read_rows_per_s"], *each.values(), figures["reader_mb"]]
            )
    common.table(
        [
            *("file", "register", "read rows/s", "preview rows/s", "save rows/s"),
            *("preview rows/cpu s", "save rows/cpu s", "locked s", "locked cpu s"),
            *("wait, preview s", "wait, saving s", "reader MB"),
        ],
        told,
    )
    common.tell("import", result)


if __name__ == "__main__":
    main()
