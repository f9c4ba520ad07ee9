"""In which order calls are made: as Today shows the to-dos that ask for them."""

from django.db.models import Case, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from krets.rhythm.routines.queries import all_routines
from krets.welcome.calls.models import Draft
from krets.welcome.calls.models.calls import is_too_late
from krets.welcome.calls.queries.asked import asking

ORDER = (
    "asked_due_on",
    "asked_rank",
    F("asked_newest").desc(nulls_last=True),
    "asked_fact_on",
    "asked_by",
    "pk",
)


def too_late_to_ring(viewer, at):
    """Return the condition on to-dos that whom they concern may not be rung any more today.

    What the viewer has begun to report is none of them: that talk has been had.
    """
    begun = Draft.objects.filter(
        call__person=OuterRef("person"), by__in=viewer.person_ids, revision__gt=0
    )
    return is_too_late(at) & ~Exists(begun)


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
        # Of new members whose day is the same the newest stands first.
        asked_newest=Case(When(asked_rank=0, then=F("asked_fact_on")), default=None),
    )
