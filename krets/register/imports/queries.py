"""What can be asked of member files and of the rows that wait."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber

from krets.register.imports.known import PHONES
from krets.register.imports.missing import MissingFigures, figures_of
from krets.register.imports.models import (
    Import,
    ImportedPerson,
    ImportFault,
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
    """Return the imports that Krets works on or that wait for an answer, the latest first.

    One that could not be read waits only until the next file has come.
    """
    later = Import.objects.of(unit).filter(uploaded_at__gt=OuterRef("uploaded_at"))
    waiting = newest(unit).filter(applied_at=None, cancelled_at=None)
    return waiting.exclude(Q(failed_at__isnull=False) & Exists(later))


def habit(unit):
    """Return what the association's headings meant the last time, {heading: target}."""
    return dict(ImportHabit.objects.of(unit).values_list("columns", flat=True).first() or {})


def near(importing):
    """Return the rows that may mean somebody known, with what is known of them."""
    return _beside(importing).open_to_all()


def near_protected(importing):
    """Return those about people with protected details, for those who may see them."""
    return _beside(importing).filter(protected=True)


def _beside(importing):
    columns = [f"person__{name}" for name in _BESIDE]
    rows = ImportRow.objects.filter(importing=importing, kind=Kind.NEAR)
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
        importing_id=rows[0].importing_id,
        kind__in=(Kind.NEW, Kind.NEAR, Kind.REJECTED),
        number__in=numbers,
    )
    return {row.number: row for row in earlier.only("number", "values")}


def rejected(importing):
    """Return the rows that were left out, in the file's order."""
    columns = [f"person__{name}" for name in _NAME]
    rows = ImportRow.objects.filter(importing=importing, kind=Kind.REJECTED)
    rows = rows.select_related("person").only(*_OWN, "note", *columns)
    return rows.order_by("number", "pk")


def warned(importing):
    """Return the rows in which something could not be read, and which are used all the same."""
    rows = with_names(importing).filter(warned=True).exclude(kind=Kind.REJECTED)
    return rows.open_to_all().order_by("number", "pk")


def fault_groups(importing):
    """Return each kind of fault in each column and how it was answered, {…, count}."""
    faults = ImportFault.objects.filter(importing=importing).asked().open_to_all()
    kinds = faults.order_by().values("target", "code", "grave", "answer")
    return kinds.annotate(count=Count("pk")).order_by(
        "-grave", "-count", "target", "code", "answer"
    )


def faults(importing):
    """Return the faults that are asked about, those of a kind together."""
    asked = ImportFault.objects.filter(importing=importing).asked().open_to_all()
    return asked.order_by("-grave", "target", "code", "answer", "number")


def first_faults(importing, most, most_again):
    """Return the first faults of each kind, and the first of those answered in an earlier file.

    Each has `count`: how many there are of its kind.
    """
    kind = ["again", "target", "code", "answer"]
    mine = ImportFault.objects.filter(importing=importing).open_to_all()
    mine = mine.annotate(
        place=Window(RowNumber(), partition_by=kind, order_by=["number"]),
        count=Window(Count("pk"), partition_by=kind),
    )
    shown = Q(again=False, place__lte=most) | Q(again=True, place__lte=most_again)
    return mine.filter(shown).order_by("number", "target", "code")


def answered_before(importing):
    """Return the faults to which the answer from an earlier file was used again."""
    again = ImportFault.objects.filter(importing=importing, again=True).open_to_all()
    return again.order_by("number", "target", "code")


def rows_with(importing, faults):
    """Return {number: row} of the rows that faults stand in, with names; no statement for none.

    A row that is skipped for a fault tells in which column: `skipped_for`.
    """
    numbers = {fault.number for fault in faults}
    if not numbers:
        return {}
    mine = ImportFault.objects.filter(importing=importing, number=OuterRef("number"))
    first = mine.skipping().order_by("target", "code").values("target")[:1]
    rows = with_names(importing).filter(number__in=numbers)
    return {row.number: row for row in rows.annotate(skipped_for=Subquery(first))}


def read_over(importing):
    """Return the rows that are read, with names, for one that was just put right."""
    return with_names(importing).exclude(kind=Kind.REJECTED).open_to_all().order_by("number", "pk")


def told_faults(importing):
    """Return the rows in which something could not be read, protected people among them."""
    rows = ImportRow.objects.filter(importing=importing, warned=True).exclude(kind=Kind.REJECTED)
    return rows.order_by("number", "pk")


def noted(importing):
    """Return the rows with something to tell: kept, corrected or gone, with the day they left."""
    told = Q(kept=True) | Q(corrected=True) | Q(gone=True)
    rows = with_names(importing).filter(told).open_to_all()
    mine = Membership.objects.filter(person_id=OuterRef("person_id")).latest_first()
    rows = rows.annotate(
        left_on=Subquery(mine.values("left_on")[:1]),
        deceased_on=F("person__deceased_on"),
        day_known=F("person__deceased_day_known"),
    )
    return rows.order_by("number", "pk")


def kept(importing):
    """Return the rows that have not got what was corrected here."""
    return noted(importing).filter(kept=True)


def corrections(importing):
    """Return the rows that concern a correction made here."""
    return noted(importing).filter(corrected=True)


def gone(importing):
    """Return the rows that name somebody who has left or died here, with the day of it."""
    return noted(importing).filter(gone=True)


def protected(importing):
    """Return the rows about people with protected details, for those who may see them."""
    # Of whom a row is nearly is asked apart: who it is about is not known yet.
    rows = with_names(importing).filter(protected=True)
    rows = rows.exclude(kind__in=(Kind.REJECTED, Kind.NEAR))
    return rows.order_by("number", "pk")


def may_be_named():
    """Return the condition that a row may mean somebody missing, as far as it was answered."""
    maybe = ImportRow.objects.filter(
        importing=OuterRef("importing"), kind=Kind.NEAR, person_id=OuterRef("person_id")
    )
    return Exists(maybe.exclude(answer=ImportRow.Answer.NOT_SAME))


def all_missing(importing):
    """Return whom the file does not name, those whom a row may mean or few may see aside."""
    return _unnamed(importing).open_to_all()


def missing(importing):
    """Return the members whom the file does not name, by name. Somebody a row may mean waits."""
    return _with_days(all_missing(importing))


def missing_protected(importing):
    """Return those with protected details among them, for those who may see them."""
    return _with_days(_unnamed(importing).filter(protected=True))


def missing_figures(importing):
    """Return the MissingFigures of a preview, as far as is known by now."""
    if not (importing.missing_count or importing.near_count):
        return MissingFigures()
    return figures_of(_unnamed(importing))


def answered(importing):
    """Return the rows that may mean somebody known, as far as that has been answered.

    Those about people with protected details are all among them, for they are counted apart.
    """
    rows = ImportRow.objects.filter(importing=importing, kind=Kind.NEAR)
    rows = rows.exclude(answer="", protected=False)
    phones = [f"person__{name}" for name in PHONES]
    return rows.select_related("person").only(*_OWN, *phones).order_by("pk")


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
    "meant",
    "protected",
    "kept",
    "corrected",
    "gone",
    "values",
    "changes",
    "marks",
    "reason",
    "detail",
    "answer",
)


def with_names(importing):
    """Return the staged rows with the names of whom they are about."""
    columns = [f"person__{name}" for name in _NAME]
    rows = ImportRow.objects.filter(importing=importing).select_related("person")
    return rows.only(*_OWN, *columns)


def _unnamed(importing):
    return ImportMissing.objects.filter(importing=importing, by_hand=False).exclude(may_be_named())


def _with_days(missing):
    """Add the people's names, and the day from which they are members."""
    columns = [f"person__{name}" for name in _NAME]
    missing = missing.select_related("person").only(
        "importing_id", "protected", "answer", "reason", "died_on", *columns
    )
    missing = missing.annotate(since=_since("person_id"))
    return missing.order_by(F("person__sort_key"), "pk")


def _since(person):
    """The day the person's latest membership began."""
    mine = Membership.objects.filter(person_id=OuterRef(person)).latest_first()
    return Subquery(mine.values("joined_on")[:1])
