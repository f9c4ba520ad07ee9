"""In which order calls are made: what is agreed for today from its hour on, then as on Today."""

from datetime import timedelta

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from krets.register.members.models import Membership
from krets.rhythm.routines.queries import all_routines
from krets.welcome.calls import moments
from krets.welcome.calls.models import Draft
from krets.welcome.calls.models.calls import is_reachable, is_too_late, tries_lately
from krets.welcome.calls.queries.asked import asking
from krets.welcome.calls.queries.begun import has_answers

NOW, RESTING, UNREACHABLE, TOO_LATE, LATER = range(5)
ORDER = (
    "asked_of_many",
    "asked_due_on",
    "asked_rank",
    F("asked_newest").desc(nulls_last=True),
    "asked_fact_on",
    F("asked_since").asc(nulls_last=True),
    "asked_by",
    "pk",
)
_MADE_ON = TruncDate("made_at")
# What somebody is waiting for at an hour of today goes before all that may be made at any time.
AGREED_FIRST = F("agreed_at").asc(nulls_last=True)


def too_late_to_ring(viewer, at):
    """Return the condition on to-dos that whom they concern may not be rung any more today.

    What the viewer has begun to report is none of them: that talk has been had.
    """
    begun = _drafts_of(viewer).filter(call__person=OuterRef("person"))
    return is_too_late(at) & ~Exists(begun)


def in_turn(calls, at, *, begun, put_off, first=()):
    """Return the calls as somebody's list has them, each with its `heap`: what to do now first.

    Reports that they have begun (`begun_of`) come before the others of the heap, then what is
    agreed for today, by the hour. What they have put off (`put_off_by`) waits for its day. `first`
    are names that order before everything else.
    """
    is_begun, is_put_off = Q(pk__in=begun), Q(person__in=list(put_off))
    waits = Q(not_before__gt=at) | Q(tries__gte=moments.TRIES) | is_put_off
    heap = Case(
        When(rested_at__isnull=False, then=Value(RESTING)),
        When(is_begun, then=Value(NOW)),
        When(~is_reachable(), then=Value(UNREACHABLE)),
        When(waits, then=Value(LATER)),
        When(is_too_late(at), then=Value(TOO_LATE)),
        default=Value(NOW),
    )
    placed = calls.alias(tries=tries_lately(at)).annotate(
        heap=heap,
        is_begun=Case(When(is_begun, then=Value(1)), default=Value(0)),
        agreed_at=agreed_at(at, ~is_put_off),
    )
    # Where none is begun there is nothing to order by: a mere number would be a column's place.
    begun_first = ["-is_begun"] if begun else []
    return as_on_today(placed).order_by(*first, "heap", *begun_first, AGREED_FIRST, *ORDER)


def agreed_at(at, *conditions):
    """Return the moment of today for which a call is agreed, None where there is none.

    It is one only where all the conditions hold. What only comes back today, after a try without
    an answer, does so as the day begins.
    """
    today = timezone.localdate(at)
    is_agreed = Q(
        not_before__gt=moments.start_of(today),
        not_before__lt=moments.start_of(today + timedelta(days=1)),
    )
    when = When(Q(is_agreed, *conditions), then=F("not_before"))
    return Case(when, default=None, output_field=DateTimeField())


def begun_of(viewer):
    """Return the keys of the calls that the viewer has begun to tell of. One statement."""
    return {
        each.call_id for each in _drafts_of(viewer).only("call", "answers") if has_answers(each)
    }


def as_on_today(rows, *, due_on="due_on", fact_on=_MADE_ON):
    """Return the rows with what `ORDER` orders by: due day, new members before others, then age.

    Rows are calls, or what else has a unit and a person. Of several to-dos about one person the
    latest stands for all, as on Today. Of those asked about the same on one day whoever has been a
    member longest stands first. A call that no to-do asks for has its own day: `due_on`, `fact_on`.
    """
    latest = asking().open().order_by("-pk")
    members = Membership.objects.filter(person=OuterRef("person")).current()
    of_many = Q(asked_routine__in=[each.key for each in all_routines() if each.bulk])
    is_latest = Q(asked_routine__in=[each.key for each in all_routines() if each.welcome])
    return rows.alias(asked_routine=Subquery(latest.values("routine")[:1])).annotate(
        asked_by=Subquery(latest.values("pk")[:1]),
        asked_due_on=Coalesce(Subquery(latest.values("due_on")[:1]), due_on),
        asked_fact_on=Coalesce(Subquery(latest.values("fact_on")[:1]), fact_on),
        asked_of_many=Case(When(of_many, then=Value(1)), default=Value(0)),
        asked_rank=Case(When(is_latest, then=Value(0)), default=Value(1)),
        # Of new members whose day is the same the newest stands first.
        asked_newest=Case(When(is_latest, then=F("asked_fact_on")), default=None),
        asked_since=Case(
            When(of_many, then=Subquery(members.values("joined_on")[:1])), default=None
        ),
    )


def _drafts_of(viewer):
    return Draft.objects.of(viewer.unit).filter(by__in=viewer.person_ids, revision__gt=0)
