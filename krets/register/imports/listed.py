"""The rows that a preview lists as new and as changed, as far as was answered by now."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from krets.register.imports.models import TWIN, ImportRow
from krets.register.imports.queries import with_names

Kind, Answer = ImportRow.Kind, ImportRow.Answer


def new(importing):
    """Return the rows of new members, in the file's order; protected people stand apart.

    Those of whom somebody said that they are two people are among them.
    """
    return _listed(importing, Q(kind=Kind.NEW) | Q(kind=Kind.NEAR, answer=Answer.NOT_SAME))


def changed(importing):
    """Return the rows that change somebody known, also where somebody said that it is the same."""
    told = ~Q(changes={}) | Q(marked__contains='"joins"')
    same = Q(kind=Kind.NEAR, answer=Answer.SAME) & told & ~Q(marked__contains=f'"{TWIN}:')
    return _listed(importing, Q(kind=Kind.CHANGED) | same)


def _listed(importing, wanted):
    rows = with_names(importing).annotate(marked=Cast("marks", TextField()))
    return rows.filter(wanted).open_to_all().order_by("number", "pk")
