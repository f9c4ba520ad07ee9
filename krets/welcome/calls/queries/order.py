"""In which order calls are made: as Today shows the to-dos that ask for them."""

from django.db.models import Case, Exists, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from krets.rhythm.routines.queries import all_routines
from krets.welcome.calls.queries.asked import asking

ORDER = ("asked_due_on", "asked_rank", "asked_fact_on", "asked_by", "pk")


def as_on_today(calls):
    """Return the calls with what `ORDER` orders by: due day, new members before others, then age.

    Of several to-dos about one person the latest stands for all, as on Today. A call that no to-do
    asks for has its own day.
    """
    asks = asking().open()
    latest = asks.order_by("-pk")
    new_members = asks.filter(routine__in=[each.key for each in all_routines() if each.welcome])
    is_latest = new_members.filter(pk=OuterRef("asked_by"))
    return calls.annotate(
        asked_by=Subquery(latest.values("pk")[:1]),
        asked_due_on=Coalesce(Subquery(latest.values("due_on")[:1]), "due_on"),
        asked_fact_on=Coalesce(Subquery(latest.values("fact_on")[:1]), TruncDate("made_at")),
        asked_rank=Case(When(Exists(is_latest), then=Value(0)), default=Value(1)),
    )
