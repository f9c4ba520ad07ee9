"""Who was tried enough for now: never more than three times in two weeks, whatever the call."""

from collections import defaultdict

from krets.welcome.calls import moments
from krets.welcome.calls.models import Attempt


def tries_of(ids, at):
    """Return {person id: [moment, …]}: the unanswered tries that count, oldest first."""
    tries = Attempt.objects.standing().unanswered()
    tries = tries.filter(person__in=ids, at__gte=moments.lately(at)).order_by("at", "pk")
    found = defaultdict(list)
    for person_id, tried_at in tries.values_list("person", "at"):
        found[person_id].append(tried_at)
    return dict(found)


def tired(ids, at):
    """Return {person id: when to try again} of those who are not to be tried now."""
    return {
        person_id: moments.two_weeks_after(tried[-moments.TRIES])
        for person_id, tried in tries_of(ids, at).items()
        if len(tried) >= moments.TRIES
    }
