"""What can be asked of member files and of the rows that wait."""

from django.db.models import Exists, F, OuterRef, Subquery

from krets.register.imports.known import PHONES
from krets.register.imports.models import (
    Import,
    ImportedPerson,
    ImportHabit,
    ImportMissing,
    ImportPart,
    ImportRow,
)
from krets.register.members.models import Membership

Kind = ImportRow.Kind
_NAME = ("first_name", "last_name", "register_number", "trail_key", "unit_id")
_BESIDE = (
    *_NAME,
    *("born_on", "born_year", "email", "phone", "phone_home", "phone_work"),
    *("street", "postal_code", "city"),
)


def newest(unit):
    """Return the unit's imports, the latest first, with who brought them in."""
    return (
        Import.objects.of(unit)
        .defer("columns", "wanted", "sheets", "warnings")
        .order_by("-uploaded_at", "-pk")
    )


def last_applied(unit):
    """Return the unit's latest applied import, or None."""
    return Import.objects.of(unit).applied().order_by("-applied_at", "-pk").first()


def waiting(unit):
    """Return the imports that Krets works on or that wait for an answer, the latest first."""
    return newest(unit).filter(applied_at=None, cancelled_at=None)


def habit(unit):
    """Return what the association's headings meant the last time, {heading: target}."""
    return dict(ImportHabit.objects.of(unit).values_list("columns", flat=True).first() or {})


def rows_of(importing, kind):
    """Return the staged rows of a kind, in the file's order; protected people stand apart."""
    rows = _with_names(importing).filter(kind=kind).open_to_all()
    return rows.order_by("number", "pk")


def near(importing):
    """Return the rows that may mean somebody known, with what is known of them."""
    columns = [f"person__{name}" for name in _BESIDE]
    rows = ImportRow.objects.filter(importing=importing, kind=Kind.NEAR).open_to_all()
    rows = rows.select_related("person").only(*_OWN, *columns)
    return rows.annotate(since=_since("person_id")).order_by("number", "pk")


def twins_of(rows):
    """Return {number: row} of the earlier rows that rows about nobody known may repeat.

    No statement where there are none. Two rows of one person with protected details stand apart.
    """
    rows = [row for row in rows if row.person_id is None and row.twin]
    if not rows:
        return {}
    numbers = {row.twin for row in rows}
    earlier = ImportRow.objects.filter(
        importing_id=rows[0].importing_id, kind__in=(Kind.NEW, Kind.NEAR), number__in=numbers
    )
    return {row.number: row for row in earlier.only("number", "values")}


def rejected(importing):
    """Return the rows that were left out, in the file's order."""
    rows = ImportRow.objects.filter(importing=importing, kind=Kind.REJECTED)
    return rows.order_by("number", "pk")


def warned(importing):
    """Return the rows in which something could not be read."""
    return _with_names(importing).filter(warned=True).open_to_all().order_by("number", "pk")


def read_over(importing):
    """Return the rows that are read, with names, for one that was just put right."""
    return _with_names(importing).exclude(kind=Kind.REJECTED).open_to_all().order_by("number", "pk")


def told_faults(importing):
    """Return the rows in which something could not be read, protected people among them."""
    return ImportRow.objects.filter(importing=importing, warned=True).order_by("number", "pk")


def corrections(importing):
    """Return the rows that concern a correction made here."""
    return _with_names(importing).filter(corrected=True).open_to_all().order_by("number", "pk")


def gone(importing):
    """Return the rows that name somebody who has left or died here, with the day of it."""
    rows = _with_names(importing).filter(gone=True).open_to_all()
    mine = Membership.objects.filter(person_id=OuterRef("person_id")).latest_first()
    rows = rows.annotate(
        left_on=Subquery(mine.values("left_on")[:1]), deceased_on=F("person__deceased_on")
    )
    return rows.order_by("number", "pk")


def protected(importing):
    """Return the rows about people with protected details, for those who may see them."""
    rows = _with_names(importing).filter(protected=True).exclude(kind=Kind.REJECTED)
    return rows.order_by("number", "pk")


def may_be_named():
    """Return the condition that a row may mean somebody missing, as far as it was answered."""
    maybe = ImportRow.objects.filter(
        importing=OuterRef("importing"), kind=Kind.NEAR, person_id=OuterRef("person_id")
    )
    return Exists(maybe.exclude(answer=ImportRow.Answer.NOT_SAME))


def missing(importing):
    """Return the members whom the file does not name, by name. Somebody a row may mean waits."""
    people = ImportMissing.objects.filter(importing=importing).exclude(may_be_named())
    people = people.open_to_all()
    return (
        people.select_related("person")
        .only("importing_id", "answer", "reason", *(f"person__{name}" for name in _NAME))
        .annotate(since=_since("person_id"))
        .order_by(F("person__sort_key"), "pk")
    )


def missing_count(importing):
    """Return how many members the file does not name, as far as is known by now."""
    return missing(importing).count() if importing.missing_count or importing.near_count else 0


def answered(importing):
    """Return the rows that may mean somebody known, as far as that has been answered."""
    rows = ImportRow.objects.filter(importing=importing, kind=Kind.NEAR).exclude(answer="")
    phones = [f"person__{name}" for name in PHONES]
    return rows.select_related("person").only(*_OWN, *phones).order_by("pk")


def saying_left(importing):
    """Return how many of those missing have been said to have left."""
    return missing(importing).filter(answer=ImportMissing.Answer.LEFT).count()


def has_file(importing):
    """Return whether the raw file still lies here."""
    return ImportPart.objects.filter(importing=importing).exists()


def touched(unit_id, import_id, how=None):
    """Return the ids of the people an applied import was about, in order."""
    people = ImportedPerson.objects.filter(unit_id=unit_id, importing_id=import_id)
    people = people.filter(how=how) if how else people
    return people.order_by("person_id").values_list("person_id", flat=True)


_OWN = (
    "importing_id",
    "number",
    "kind",
    "values",
    "changes",
    "marks",
    "reason",
    "detail",
    "answer",
)


def _with_names(importing):
    columns = [f"person__{name}" for name in _NAME]
    rows = ImportRow.objects.filter(importing=importing).select_related("person")
    return rows.only(*_OWN, *columns)


def _since(person):
    """The day the person's latest membership began."""
    mine = Membership.objects.filter(person_id=OuterRef(person)).latest_first()
    return Subquery(mine.values("joined_on")[:1])
