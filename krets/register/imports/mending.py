"""Which of the skipped rows are still to be put right: not those for which there is nothing to do.

Nothing is to be done about a sum, a second row of the same person or one who is gone for good, nor
about a row that is skipped because it was answered so in an earlier file.
"""

from django.db.models import Exists, OuterRef, Q

from krets.register.imports import queries
from krets.register.imports.models import ImportFault

_NOTHING_TO_DO = ("double", "total", "left_long_ago", "deceased_unknown")


def is_settled():
    """Return the condition that there is nothing to put right in a skipped row.

    It needs the row's faults. Once they are gone with a saved file, so are the rows it held for.
    """
    mine = {"importing": OuterRef("importing"), "number": OuterRef("number")}
    skipping = ImportFault.objects.filter(**mine).skipping()
    as_before = Exists(skipping.filter(again=True)) & ~Exists(skipping.filter(again=False))
    return Q(reason__in=_NOTHING_TO_DO) | as_before


def to_mend(importing):
    """Return the skipped rows that are to be put right, in the file's order."""
    return queries.rejected(importing).exclude(is_settled())
