"""Which of the waiting rows are laid ready, and what is read of them."""

from django.db.models import Q

from krets.register.imports.models import ImportMissing, ImportRow

Kind = ImportRow.Kind

READ = {
    ImportRow: (
        *("pk", "number", "kind", "meant", "person_id", "revision"),
        *("values", "changes", "note", "marks", "answer"),
    ),
    ImportMissing: ("pk", "person_id", "reason", "died_on", "answered_by_id"),
}
WANTED_ROWS = Q(kind__in=(Kind.NEW, Kind.CHANGED, Kind.NEAR))
# Of these only the answers are kept: whom they mean is known.
SKIPPED_ROWS = Q(kind=Kind.REJECTED, person__isnull=False) & ~Q(meant__in=("", Kind.NEAR))
